from decimal import Decimal

import pytest

from companies.exchange.snapshot import SHAPES, snapshots, subject_of
from companies.models import (
    Claim,
    ClaimKind,
    Company,
    CompanyList,
    Domain,
    Logo,
    Quote,
    Source,
    Subject,
    Technology,
)
from tests.exchange.small_catalogue import SMALL
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def test_every_subject_has_a_shape_of_its_own_model():
    assert {subject: shape.model for subject, shape in SHAPES.items()} == {
        Subject.COMPANY: Company,
        Subject.CLAIM: Claim,
        Subject.SOURCE: Source,
        Subject.TECHNOLOGY: Technology,
        Subject.DOMAIN: Domain,
        Subject.LIST: CompanyList,
    }
    for subject, shape in SHAPES.items():
        assert subject_of(shape.model) is subject


def test_a_proxy_is_of_the_subject_of_its_table():
    assert subject_of(Quote) is Subject.CLAIM


def contents(model):
    rows = model.objects.all()
    found = snapshots(subject_of(model), [row.pk for row in rows])
    assert {pk: one.record for pk, one in found.items()} == {row.pk: row for row in rows}
    return [one.content for one in found.values()]


def by_name(rows):
    return sorted(rows, key=lambda row: row.get("key") or row["slug"])


def test_an_entry_is_told_as_its_file_tells_it(loaded):
    files = [loaded[name] for name in loaded if name.startswith("companies/")]
    for model, rows in (
        (Claim, [{"company": "acme", **row} for row in SMALL["companies/acme.yaml"]["claims"]]),
        (Company, [{n: v for n, v in file.items() if n != "claims"} for file in files]),
        (Source, SMALL["sources.yaml"]),
        (Technology, SMALL["technologies.yaml"]),
        (Domain, SMALL["domains.yaml"]),
        (CompanyList, SMALL["lists.yaml"]),
    ):
        assert by_name(contents(model)) == by_name(rows)


def test_a_logo_is_told_by_its_name():
    logo = Logo.objects.keep(b"a picture")
    CompanyFactory(logo=logo)
    assert [content["logo"] for content in contents(Company)] == [logo.digest]


def test_a_number_is_exact_and_has_no_trailing_zeros():
    ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={"Python": 60.5, "Java": 0.125})
    ClaimFactory(kind=ClaimKind.KEY_FIGURE, figure_value=Decimal("99999999.999999"))
    ClaimFactory(kind=ClaimKind.KEY_FIGURE, figure_value=Decimal("1234567890000000.000000"))
    shares, fraction, whole = contents(Claim)
    assert [str(share["percentage"]) for share in shares["shares"]] == ["60.5", "0.125"]
    assert str(fraction["figure"]["value"]) == "99999999.999999"
    assert (whole["figure"]["value"], type(whole["figure"]["value"])) == (1234567890000000, int)


def test_what_is_not_there_is_left_out():
    assert snapshots(Subject.CLAIM, [1_000_000]) == {}
    assert snapshots(Subject.CLAIM, []) == {}


def test_unpublished_entries_are_there_too():
    ClaimFactory(status="draft", company__status="withdrawn")
    assert [content["status"] for content in contents(Claim)] == ["draft"]


def one_of_each():
    company = CompanyFactory(parent=CompanyFactory())
    CompanyAliasFactory(company=company)
    FormerSlugFactory(company=company)
    GapFactory(company=company, technology=TechnologyFactory(), source=SourceFactory())
    claim = ClaimFactory(
        company=company,
        domain=DomainFactory(),
        kind=ClaimKind.CODEBASE_SHARE,
        technologies=[TechnologyFactory()],
    )
    CitationFactory(claim=claim)
    CompanyListFactory(companies=[company, CompanyFactory()], source=SourceFactory())


@pytest.mark.parametrize("number", [1, 3])
def test_many_entries_take_as_many_queries_as_one(number, django_assert_num_queries):
    for _ in range(number):
        one_of_each()
    wanted = {
        Subject.COMPANY: 4,
        Subject.CLAIM: 4,
        Subject.SOURCE: 2,
        Subject.TECHNOLOGY: 2,
        Subject.DOMAIN: 1,
        Subject.LIST: 2,
    }
    for subject, queries in wanted.items():
        ids = list(SHAPES[subject].model.objects.values_list("pk", flat=True))
        with django_assert_num_queries(queries):
            assert len(snapshots(subject, ids)) == len(ids) >= number
