"""Everything on a page of the admin that the search says, the rows of other tables included."""

import pytest

from companies import search
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY, record, record_missing
from companies.models import (
    ClaimKind,
    Status,
    Subject,
)
from tests.admin.conftest import address
from tests.admin.posting import company_data, data_of, new_source, rows, seen, source_data
from tests.admin.test_claim_form import KINDS
from tests.exchange.conftest import files  # noqa: F401 - fixture
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.search.finding import found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_differs_at_the_end(db, differing):
    yield
    assert differing() == []


def saved(client, page, row, data):
    """Post the page of an entry; of a new one without `row`."""
    place = f"{page}_change" if row else f"{page}_add"
    url = address(place, *([row.pk] if row else []))
    answer = client.post(url, {"reason": "They say so."} | data)
    assert answer.status_code == 302, answer.context["errors"]


@pytest.mark.parametrize(("form", "kind"), [(form, kind) for form, kind, _ in KINDS])
def test_each_kind_of_claim_is_found_once_saved(admin_client, form, kind):
    claim = ClaimFactory(kind=kind, title="Mill", shares={"Cobol": 60}, technologies=["Fortran"])
    record_missing()
    share, use = claim.shares.get(), claim.claim_technologies.get()
    data = data_of(claim, title="Windmill", status="published")
    data |= rows("shares", _one(share, technology=share.technology_id, percentage=60), saved=1)
    data |= rows("claim_technologies", _one(use, technology=use.technology_id, role="uses"), 1)
    saved(admin_client, form, claim, data)
    assert found("windmill", kind=kind) == found("windmill fortran") == {("claim", claim.pk)}


def _one(row, **fields):
    return [{"id": row.pk, "claim": row.claim_id, "qualifier": "exactly", **fields}]


class TestRows:
    """The rows on a page, which no revision of their own tells of."""

    @pytest.fixture
    def claim(self):
        claim = ClaimFactory(
            title="Mill", kind=ClaimKind.CODEBASE_SHARE, shares={"Cobol": 60}, technologies=["Ada"]
        )
        record_missing()
        return claim

    @pytest.mark.parametrize(("form", "model"), [("shares", "share"), ("technologies", "use")])
    def test_a_technology_that_leaves_is_not_found_any_more(self, admin_client, claim, form, model):
        share, use = claim.shares.get(), claim.claim_technologies.get()
        of_share = _one(share, technology=share.technology_id, percentage=60)
        of_use = _one(use, technology=use.technology_id, role="uses")
        (of_share if model == "share" else of_use)[0]["DELETE"] = "on"
        data = data_of(claim) | rows("shares", of_share, 1) | rows("claim_technologies", of_use, 1)
        saved(admin_client, "codebaseshareclaim", claim, data)
        gone, stays = ("cobol", "ada") if model == "share" else ("ada", "cobol")
        assert found(gone) == set()
        assert len(found(stays)) == 2

    def test_another_technology_in_the_same_row_takes_the_place(self, admin_client, claim):
        share, use = claim.shares.get(), claim.claim_technologies.get()
        other = TechnologyFactory(name="Fortran")
        data = data_of(claim)
        data |= rows("shares", _one(share, technology=other.pk, percentage=60), 1)
        data |= rows("claim_technologies", _one(use, technology=use.technology_id, role="uses"), 1)
        saved(admin_client, "codebaseshareclaim", claim, data)
        assert found("cobol") == set()
        assert found("fortran") == {("claim", claim.pk), ("technology", other.pk)}

    def test_a_citation_changes_the_grade_and_back(self, admin_client):
        claim = ClaimFactory(title="Mill", source__tier="secondary", source__publisher="One")
        other = SourceFactory(tier="secondary", publisher="Two")
        record_missing()
        new = {"id": "", "claim": claim.pk, "source": other.pk, "agreement": "agrees"}
        data = data_of(claim, kind="use_case") | rows("citations", [new])
        saved(admin_client, "usecase", claim, data)
        assert found("mill", evidence="corroborated") == {("claim", claim.pk)}
        gone = new | {"id": claim.citations.get().pk, "DELETE": "on"}
        data = data_of(claim, kind="use_case") | rows("citations", [gone], saved=1)
        saved(admin_client, "usecase", claim, data)
        assert found("mill", evidence="reported") == {("claim", claim.pk)}

    def test_an_alias_that_leaves_takes_its_claims_along(self, admin_client, claim):
        company = claim.company
        alias = CompanyAliasFactory(company=company, name="Roadrunner")
        record(Subject.COMPANY, [company.pk], NOBODY)
        assert len(found("roadrunner")) == 2
        gone = {"id": alias.pk, "company": company.pk, "name": "Roadrunner", "DELETE": "on"}
        data = company_data(company) | rows("aliases", [gone], saved=1)
        saved(admin_client, "company", company, data)
        assert found("roadrunner") == set()

    def test_a_source_described_on_the_page_gives_its_grade(self, admin_client):
        claim = ClaimFactory(title="Mill", source__tier="secondary")
        record_missing()
        data = data_of(claim, kind="use_case") | new_source() | {"source": ""}
        saved(admin_client, "usecase", claim, data)
        assert found("mill", evidence="primary") == {("claim", claim.pk)}


class TestColumns:
    """What is said of others in the document of a claim."""

    @pytest.fixture
    def claim(self):
        claim = ClaimFactory(
            title="Mill",
            domain=DomainFactory(name="Astronomy"),
            company__industry="Film",
            quotation="It grinds.",
            source__author="Grace Hopper",
            source__tier="secondary",
            source__publisher="One",
        )
        record_missing()
        return claim

    @pytest.mark.parametrize("industry", ["Music & film", ""])
    def test_a_companys_industry(self, admin_client, claim, industry):
        data = company_data(claim.company, industry=industry)
        saved(admin_client, "company", claim.company, data)
        assert found("mill", industry="Film") == set()
        expected = {("claim", claim.pk)} if industry else set()
        assert found("mill", industry="Music & film") == expected

    def test_a_sources_author_who_is_quoted(self, admin_client, claim):
        saved(admin_client, "source", claim.source, source_data(claim.source, author="Ada Byron"))
        assert (found("hopper"), found("byron")) == (set(), {("claim", claim.pk)})

    def test_the_publisher_of_a_further_source(self, admin_client, claim):
        cited = CitationFactory(
            claim=claim, source__tier="secondary", source__publisher="Two"
        ).source
        record_missing()
        search.rebuild(no_bar)
        assert found("mill", evidence="corroborated")
        saved(admin_client, "source", cited, source_data(cited, publisher="One"))
        assert found("mill", evidence="reported") == {("claim", claim.pk)}

    def test_a_claim_moved_to_another_company_and_domain(self, admin_client, claim):
        other = CompanyFactory(name="Zenith", industry="Music", status=Status.DRAFT)
        record_missing()
        data = data_of(claim, kind="use_case", company=other.pk, domain="")
        saved(admin_client, "usecase", claim, data)
        assert found("mill") == set()
        saved(admin_client, "company", other, company_data(other, status="published"))
        assert found("zenith mill", industry="Music") == {("claim", claim.pk)}
        assert found("astronomy") == set()

    def test_a_technologys_kind_and_summary(self, admin_client, claim):
        technology = TechnologyFactory(name="Cobol", kind="language")
        ClaimFactory(technologies={technology: "uses"})
        record_missing()
        data = {"name": "Cobol", "kind": "tool", "website": "", "summary": "Punched."}
        saved(admin_client, "technology", technology, data | seen(technology))
        assert found("cobol tool") == found("punched") == {("technology", technology.pk)}
