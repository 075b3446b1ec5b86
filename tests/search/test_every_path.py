"""Every path by which an entry changes: what visitors see afterwards is what the search finds."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from companies.exchange.load import load
from companies.exchange.revisions import record_missing
from companies.models import (
    Revision,
    SearchDocument,
    Status,
    Subject,
)
from tests.admin.conftest import address
from tests.admin.posting import company_data, data_of, seen
from tests.exchange.conftest import files  # noqa: F401 - fixture
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.import_files import as_csv, imported
from tests.search.desk import Desk
from tests.search.finding import found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_differs_at_the_end(db, differing):
    yield
    assert differing() == []


@pytest.fixture
def desk(files):  # noqa: F811
    return Desk(files)


def kept():
    return set(SearchDocument.objects.values_list("rowid", "names", "links", "text", "marks"))


def saved(client, page, row, data):
    """Post the page of an entry; of a new one without `row`."""
    place = f"{page}_change" if row else f"{page}_add"
    url = address(place, *([row.pk] if row else []))
    answer = client.post(url, {"reason": "They say so."} | data)
    assert answer.status_code == 302, answer.context["errors"]


PATHS = [
    *("rename_company", "rename_technology", "rename_domain", "raise_tier", "save_claim"),
    *("add_claim", "withdraw", "publish_draft", "withdraw_company", "delete", "delete_both"),
    *("import_claims", "load_catalogue", "revert", "accept", "merge_companies"),
    "merge_technologies",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_search_follows_what_editors_and_commands_do(desk, path, differing):
    do = desk.do(path)
    before = kept()
    do()
    assert kept() != before
    assert differing() == []


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", ["submit_for_review", "publish", "to_draft", "withdraw"])
@pytest.mark.parametrize("page", ["claim", "company"])
def test_every_action_of_a_list_hides_and_shows(admin_client, page, action, status):
    company = CompanyFactory(name="Acme", status=status if page == "company" else "published")
    claim = ClaimFactory(
        company=company,
        title="Mill",
        technologies=["Cobol"],
        status=status if page == "claim" else "published",
    )
    record_missing()
    row = company if page == "company" else claim
    data = {"action": action, "_selected_action": [row.pk], "reason": "Because."}
    admin_client.post(address(f"{page}_changelist"), data)
    row.refresh_from_db()
    is_public = row.status == Status.PUBLISHED
    assert is_public == (action == "publish")
    assert bool(found("mill")) == bool(found("cobol", kind="technology")) == is_public
    assert bool(found("acme", kind="company")) == (page == "claim" or is_public)


@pytest.mark.parametrize("button", ["_submit_for_review", "_publish", "_to_draft", "_withdraw"])
@pytest.mark.parametrize("status", Status)
def test_every_button_of_a_page_hides_and_shows(admin_client, button, status):
    claim = ClaimFactory(title="Mill", status=status)
    record_missing()
    data = data_of(claim, kind="use_case") | {button: "yes"}
    saved(admin_client, "usecase", claim, data)
    claim.refresh_from_db()
    assert bool(found("mill")) == (claim.status == Status.PUBLISHED) == (button == "_publish")


class TestDeletion:
    """What is named by nothing, by its page and by the action of the list."""

    @pytest.mark.parametrize("way", ["page", "list"])
    @pytest.mark.parametrize(
        ("page", "make"),
        [
            ("company", CompanyFactory),
            ("technology", TechnologyFactory),
            ("domain", DomainFactory),
            ("source", SourceFactory),
            ("claim", ClaimFactory),
        ],
    )
    def test_leaves_nothing_that_is_found(self, admin_client, page, make, way):
        row = make(title="Mill") if page in ("claim", "source") else make(name="Mill")
        record_missing()
        data = {"post": "yes", "reason": "It was wrong."}
        if way == "page":
            admin_client.post(address(f"{page}_delete", row.pk), data)
        else:
            data |= {"action": "delete_selected", "_selected_action": [row.pk]}
            admin_client.post(address(f"{page}_changelist"), data)
        assert not type(row).objects.filter(pk=row.pk).exists()
        assert found("mill") == set()


class TestFiles:
    def test_tables_of_every_kind(self, desk):
        imported(
            as_csv({"slug": "cobol", "name": "Algol", "kind": "language"}), kind="technologies"
        )
        imported(as_csv({"slug": "acme", "name": "Zenith", "kind": "company"}), kind="companies")
        fields = ("url", "title", "publisher", "author", "kind")
        row = {name: getattr(desk.source, name) for name in fields}
        imported(as_csv({"key": "post", "tier": "measured", **row}), kind="sources")
        assert ("claim", desk.claim.pk) in found("algol zenith mill", evidence="measured")
        assert found("cobol") == set()

    def test_a_load_that_withdraws_what_is_in_no_file(self, desk):
        load(desk.files.write(), prune=True)
        assert found("kiln") == set()

    def test_a_load_with_other_names(self, desk, differing):
        load(desk.files.write())
        desk.files.acme["name"] = "Zenith"
        desk.files.acme["aliases"] = ["Roadrunner"]
        load(desk.files.write())
        assert len(found("zenith", kind="company")) == 1
        assert len(found("roadrunner")) > 1
        assert differing() == []


class TestWhatChangesNothing:
    """Nothing that an editor only looks at or tries is found."""

    def test_a_preview_of_a_draft(self, admin_client, desk):
        before = kept()
        url = reverse("admin:companies_claim_preview", args=[desk.draft.pk, "profile"])
        assert admin_client.get(url).status_code == 200
        assert kept() == before

    def test_a_dry_load(self, desk):
        before = kept()
        load(desk.files.write(), dry_run=True)
        assert kept() == before

    def test_a_page_that_is_refused(self, admin_client, desk):
        before = kept()
        data = company_data(desk.company, name="", reason="Because.")
        assert (
            admin_client.post(address("company_change", desk.company.pk), data).status_code == 200
        )
        assert kept() == before


class TestGoingBack:
    @pytest.mark.parametrize(
        ("page", "path", "words"),
        [
            ("company", "rename_company", "acme"),
            ("technology", "rename_technology", "cobol"),
            ("domain", "rename_domain", "astronomy"),
            ("source", "raise_tier", "mill"),
        ],
    )
    def test_finds_what_it_found_before(self, admin_client, desk, page, path, words):
        row = getattr(desk, page)
        before = found(words), kept()
        desk.do(path)()
        assert kept() != before[1]
        first = Revision.objects.of(Subject(page), [row.pk]).first()
        url = address(f"{page}_change", row.pk).removesuffix("change/")
        admin_client.post(f"{url}revert/{first.pk}/", seen(row))
        assert (found(words), kept()) == before


def test_the_command_says_that_everything_is_right_after_all_of_it(desk, capsys):
    call_command("rebuild_search", no_progress=True)
    for path in ("save_claim", "rename_technology", "rename_company", "withdraw_second"):
        desk.do(path)()
    call_command("rebuild_search", "--check", no_progress=True)
    assert "everything is as it should be" in capsys.readouterr().out
