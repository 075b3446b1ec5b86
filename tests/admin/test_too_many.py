"""What very many claims are found by isn't changed while somebody waits for the page."""

import pytest
import yaml

from companies import search
from companies.exchange.load import load
from companies.exchange.progress import no_bar
from companies.exchange.revisions import record_missing
from companies.models import Company, Domain, Revision, Role, Source, Status, Technology
from companies.search import look_up
from tests.admin.conftest import address
from tests.admin.posting import company_data, seen, source_data
from tests.factories import ClaimFactory, CompanyFactory, DomainFactory, TechnologyFactory
from tests.import_files import as_csv, imported

pytestmark = pytest.mark.django_db
MANY = "3 claims are found by what you change, and a page may change at most 2."


@pytest.fixture(autouse=True)
def _limit(monkeypatch):
    monkeypatch.setattr(search, "MOST_IN_REQUEST", 2)


@pytest.fixture(autouse=True)
def _the_search_is_right_at_the_end(db):
    yield
    assert search.differing(no_bar) == []


@pytest.fixture
def claims():
    company, domain = CompanyFactory(slug="acme", name="Acme"), DomainFactory(name="Astronomy")
    technology = TechnologyFactory(slug="cobol", name="Cobol")
    made = [
        ClaimFactory(company=company, domain=domain, technologies={technology: Role.USES})
        for _ in range(3)
    ]
    source = made[0].source
    type(made[0]).objects.update(source=source)
    record_missing()
    return made


def technology_data(technology, **changed):
    data = {"name": technology.name, "kind": technology.kind, "website": "", "summary": ""}
    return data | seen(technology) | {"reason": "They say so."} | changed


def domain_data(domain, **changed):
    return {"name": domain.name, "reason": "They say so."} | seen(domain) | changed


PAGES = [
    ("company", Company, company_data, {"name": "Zenith"}),
    ("company", Company, company_data, {"status": "withdrawn"}),
    ("technology", Technology, technology_data, {"name": "Algol"}),
    ("domain", Domain, domain_data, {"name": "Botany"}),
    ("source", Source, source_data, {"tier": "measured"}),
]


@pytest.mark.parametrize(("page", "model", "data", "changed"), PAGES)
def test_a_page_says_what_to_do_instead_and_keeps_what_was_typed(
    admin_client, claims, page, model, data, changed
):
    row = model.objects.order_by("pk").first()
    revisions = Revision.objects.count()
    sent = data(row, **{"reason": "They say so."} | changed)
    answer = admin_client.post(address(f"{page}_change", row.pk), sent)
    (said,) = answer.context["adminform"].form.non_field_errors()
    assert said.startswith(MANY)
    assert ("load_catalog" if page == "domain" else "Import it as a table") in said
    assert said.endswith("Nothing was saved; your entries are still below.")
    ((name, value),) = changed.items()
    assert answer.context["adminform"].form[name].value() == value
    assert getattr(model.objects.get(pk=row.pk), name) == getattr(row, name)
    assert Revision.objects.count() == revisions


def test_what_no_claim_is_found_by_is_saved(admin_client, claims):
    technology = Technology.objects.get()
    data = technology_data(technology, summary="A language.")
    assert admin_client.post(address("technology_change", technology.pk), data).status_code == 302
    assert look_up("language", {}).matches


def test_up_to_the_limit_it_is_saved(admin_client, claims, monkeypatch):
    monkeypatch.setattr(search, "MOST_IN_REQUEST", 3)
    technology = Technology.objects.get()
    data = technology_data(technology, name="Algol")
    assert admin_client.post(address("technology_change", technology.pk), data).status_code == 302
    assert len(look_up("algol", {}).matches) == 4


def test_a_list_action_changes_nothing(admin_client, claims):
    company = Company.objects.get()
    data = {"action": "withdraw", "_selected_action": [company.pk], "reason": "Because."}
    answer = admin_client.post(address("company_changelist"), data, follow=True)
    (said,) = map(str, answer.context["messages"])
    assert said.startswith(f"Nothing was changed. {MANY}")
    assert Company.objects.get().status == Status.PUBLISHED


def test_going_back_changes_nothing(admin_client, claims, monkeypatch):
    technology = Technology.objects.get()
    first = Revision.objects.of("technology", [technology.pk]).get()
    url = address("technology_change", technology.pk)
    monkeypatch.setattr(search, "MOST_IN_REQUEST", 3)
    admin_client.post(url, technology_data(technology, name="Algol"))
    monkeypatch.setattr(search, "MOST_IN_REQUEST", 2)
    back = f"{url.removesuffix('change/')}revert/{first.pk}/"
    answer = admin_client.post(back, seen(technology), follow=True)
    (said,) = [text for text in map(str, answer.context["messages"]) if "3 claims" in text]
    assert said.startswith(f"Nothing was changed. {MANY}")
    assert Technology.objects.get().name == "Algol"


class TestTheOtherWay:
    """What the sentences advise."""

    @pytest.mark.parametrize(
        ("kind", "row", "words"),
        [
            ("technologies", {"slug": "cobol", "name": "Algol", "kind": "language"}, "algol"),
            ("companies", {"slug": "acme", "name": "Zenith", "kind": "company"}, "zenith"),
        ],
    )
    def test_a_table_changes_it(self, claims, kind, row, words):
        run = imported(as_csv(row), kind=kind)
        assert run.state == "done", run.note
        assert len(look_up(words, {}).matches) == 4

    def test_a_file_of_domains_changes_them(self, claims, tmp_path):
        slug = Domain.objects.get().slug
        text = yaml.safe_dump([{"slug": slug, "name": "Botany"}])
        (tmp_path / "domains.yaml").write_text(text)
        load(tmp_path, bar=no_bar)
        assert len(look_up("botany", {}).matches) == 3
