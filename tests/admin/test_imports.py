import io
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from companies.exchange.progress import no_bar
from companies.exchange.table_read import MAX_BYTES
from companies.importing import job, progress, work
from companies.models import Claim, ImportRun, Revision
from tests.admin.conftest import address
from tests.factories import ClaimFactory, ImportRowFactory, ImportRunFactory
from tests.import_files import CLAIM, a_run, acme, as_csv, checked

pytestmark = pytest.mark.django_db

PAGES = {
    "claim": "claims",
    "company": "companies",
    "source": "sources",
    "technology": "technologies",
}
EDITOR = ("publish_claim", "view_claim", "change_claim", "add_claim")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The work of a process, without one."""
    monkeypatch.setattr(job, "start", lambda run, attempt: work.work(run, attempt, no_bar))


@pytest.fixture
def never(monkeypatch):
    """A process that doesn't come."""
    started = []
    monkeypatch.setattr(job, "start", lambda *numbers: started.append(numbers))
    return started


def upload(client, content, name="claims.csv", page="claim", **given):
    data = {"file": SimpleUploadedFile(name, content), "reason": "The autumn survey.", **given}
    return client.post(address(f"{page}_import"), data)


def page_of(client, run, **query):
    return client.get(address("claim_import_run", run.pk), query)


def text_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def press(client, button, run, **data):
    response = client.post(address(f"claim_import_{button}", run.pk), data, follow=True)
    return [str(message) for message in response.context["messages"]]


class TestTheWay:
    def test_from_the_list_to_the_history(self, admin_client):
        acme()
        html = admin_client.get(address("claim_changelist")).content.decode()
        assert f'href="{address("claim_import")}"' in html
        answer = upload(admin_client, as_csv(CLAIM))
        run = ImportRun.objects.get()
        assert answer["Location"] == address("claim_import_run", run.pk)
        assert (run.editor_name, run.reason) == ("admin", "The autumn survey.")
        assert not Claim.objects.exists()
        assert "1 new and 0 changed will be written" in text_of(page_of(admin_client, run))
        assert press(admin_client, "confirm", run, digest=run.digest) == []
        assert "Imported: 1 new, 0 changed" in text_of(page_of(admin_client, run))
        revision = Revision.objects.get(name="acme-01")
        assert (revision.editor_name, revision.reason) == ("admin", "The autumn survey.")

    @pytest.mark.parametrize("page", ["usecase", "quote", "decision"])
    def test_of_a_kind_of_claims_is_that_of_all_claims(self, admin_client, page):
        html = admin_client.get(address(f"{page}_changelist")).content.decode()
        assert f'href="{address("claim_import")}"' in html

    @pytest.mark.parametrize(("page", "nouns"), PAGES.items())
    def test_every_table_has_its_form(self, admin_client, page, nouns):
        response = admin_client.get(address(f"{page}_import"))
        assert f"Import {nouns}" in text_of(response)
        upload(admin_client, b"nonsense\n1\n", page=page)
        assert ImportRun.objects.get().kind == nouns

    def test_lists_that_have_no_import_offer_none(self, admin_client):
        for page in ("domain", "companylist"):
            assert "import/" not in admin_client.get(address(f"{page}_changelist")).content.decode()

    def test_an_upload_that_changes_nothing_has_nothing_to_confirm(self, admin_client):
        run = ImportRunFactory(unchanged_count=3)
        page = page_of(admin_client, run)
        assert "there is nothing to import" in text_of(page)
        assert address("claim_import_confirm", run.pk) not in page.content.decode()


class TestTheForm:
    @pytest.mark.parametrize(
        ("content", "given", "message"),
        [
            (b"", {}, "The submitted file is empty."),
            (b"x", {"name": "claims.ods"}, "The name of the file must end in .csv, .xlsx"),
            (b"x" * (MAX_BYTES + 1), {}, "The file is larger than 20 MB: split it"),
            (b"x", {"reason": ""}, "This field is required."),
            (b"x", {"reason": "x" * 301}, "at most 300 characters"),
            (b"x", {"reason": "a\0b"}, "Null characters are not allowed."),
        ],
    )
    def test_says_what_it_cannot_take(self, admin_client, content, given, message):
        response = upload(admin_client, content, **given)
        assert response.status_code == 200
        assert message in text_of(response)
        assert not ImportRun.objects.exists()

    def test_without_a_file_says_so(self, admin_client):
        response = admin_client.post(address("claim_import"), {"reason": "x"})
        assert "This field is required." in text_of(response)

    def test_keeps_a_strange_name_as_text(self, admin_client):
        upload(admin_client, b"x", "<b>\N{BELL}&.csv")
        run = ImportRun.objects.get()
        html = page_of(admin_client, run).content.decode()
        assert "&lt;b&gt;" in html
        assert "<b>" not in html.replace("<body", "")

    def test_lists_the_last_imports_of_its_kind(self, admin_client):
        for _ in range(11):
            ImportRunFactory(file_name="mine.csv")
        ImportRunFactory(kind="sources", file_name="other.csv")
        html = admin_client.get(address("claim_import")).content.decode()
        assert html.count("mine.csv") == 10
        assert "other.csv" not in html


class TestThePreview:
    def test_shows_problems_with_their_columns_and_no_way_to_confirm(self, admin_client):
        acme()
        run = checked(as_csv(CLAIM, CLAIM | {"key": "acme-02", "figure.value": "1,000"}))
        page = page_of(admin_client, run)
        assert "1 row can't be imported, so none can." in text_of(page)
        assert "3 acme-02 Error figure.value “1,000” is not a number" in text_of(page)
        assert address("claim_import_confirm", run.pk) not in page.content.decode()

    def test_shows_what_differs_word_by_word(self, admin_client):
        ClaimFactory(company=acme(), key="acme-01", title="Back end on Python", note="Old.")
        run = checked(b"key,title,note\nacme-01,Back end on Java,\n")
        html = page_of(admin_client, run).content.decode()
        assert re.search(r"<del>\s*Python</del>\s*<ins>\s*Java</ins>", html)
        assert "<del>Old.</del>" in html

    def test_shows_markup_as_text(self, admin_client):
        acme()
        run = checked(as_csv(CLAIM | {"text": "<script>x</script>", "note": "<b>"}))
        html = page_of(admin_client, run).content.decode()
        assert "&lt;script&gt;x&lt;/script&gt;" in html
        assert "<script>x" not in html

    def test_leaves_out_what_stays_the_same_until_asked(self, admin_client):
        run = ImportRunFactory(new_count=1, unchanged_count=1)
        ImportRowFactory(run=run, name="new-one")
        ImportRowFactory(run=run, name="same-one", outcome="unchanged")
        assert "same-one" not in text_of(page_of(admin_client, run))
        assert "same-one" in text_of(page_of(admin_client, run, outcome="unchanged"))
        everything = text_of(page_of(admin_client, run, outcome="all"))
        assert "same-one" in everything
        assert "new-one" in everything

    def test_has_fifty_rows_on_a_page(self, admin_client):
        run = ImportRunFactory(new_count=51)
        for number in range(51):
            ImportRowFactory(run=run, number=number + 2, name=f"acme-{number:03d}")
        first, second = (text_of(page_of(admin_client, run, page=page)) for page in (1, 2))
        assert "acme-049" in first
        assert "acme-050" not in first
        assert "acme-050" in second
        assert "Page 2 of 2" in second

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"page": "2"}, 404),
            ({"page": "0"}, 400),
            ({"page": "x"}, 400),
            ({"page": "9" * 30}, 400),
            ({"outcome": "x"}, 400),
            ({"outcome": "a\0"}, 400),
        ],
    )
    def test_of_another_address_is_none(self, admin_client, query, status):
        assert page_of(admin_client, ImportRunFactory(), **query).status_code == status

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same_with_one_and_with_three_rows(
        self, admin_client, django_assert_num_queries, number
    ):
        run = ImportRunFactory(new_count=number)
        for _ in range(number):
            ImportRowFactory(run=run)
        # The session, the user, the run and its rows.
        with django_assert_num_queries(4):
            page_of(admin_client, run)

    @pytest.mark.parametrize("number", [1, 3])
    def test_and_the_form_with_one_and_with_three_runs(
        self, admin_client, django_assert_num_queries, number
    ):
        for _ in range(number):
            ImportRunFactory()
        with django_assert_num_queries(3):
            admin_client.get(address("claim_import"))


class TestARunAtWork:
    def test_shows_how_far_it_is_and_comes_again_by_itself(self, admin_client, never):
        upload(admin_client, as_csv(CLAIM))
        run = ImportRun.objects.get()
        assert never == [(run.pk, 1)]
        page = page_of(admin_client, run)
        assert '<meta http-equiv="refresh" content="2">' in page.content.decode()
        assert "Starting" in text_of(page)
        with progress.Reporting(run.pk, 1).bar("Checking", 40) as bar:
            bar._written = 0
            bar.update(10)
        page = page_of(admin_client, run)
        assert "Checking: 10 of about 40 rows" in text_of(page)
        assert '<progress id="import-progress" max="40" value="10">' in page.content.decode()

    def test_that_has_ended_does_not_come_again(self, admin_client):
        assert b"http-equiv" not in page_of(admin_client, ImportRunFactory()).content

    def test_whose_process_died_says_so_and_can_be_checked_again(self, admin_client, monkeypatch):
        acme()
        run = a_run(as_csv(CLAIM))
        monkeypatch.setattr(job, "has_died", lambda run: run.is_working)
        page = page_of(admin_client, run)
        assert "The process that worked on this import is gone" in text_of(page)
        assert b"http-equiv" not in page.content
        press(admin_client, "again", run)
        run.refresh_from_db()
        assert (run.state, run.attempt) == ("ready", 2)

    def test_is_not_started_twice(self, admin_client, never):
        run = a_run(as_csv(CLAIM))
        assert press(admin_client, "again", run) == [
            "Nothing was started: this import has moved on meanwhile."
        ]
        assert never == []

    def test_can_be_cancelled_while_it_checks(self, admin_client):
        run = a_run(as_csv(CLAIM))
        assert press(admin_client, "discard", run) == ["The import was discarded."]
        assert not ImportRun.objects.exists()

    def test_cannot_be_stopped_while_it_writes(self, admin_client):
        run = a_run(as_csv(CLAIM), state="loading")
        assert press(admin_client, "discard", run) == [
            "This import is being written and can't be stopped any more."
        ]
        assert ImportRun.objects.exists()


class TestAConfirmation:
    def test_of_something_else_than_was_shown_is_refused(self, admin_client):
        acme()
        run = checked(as_csv(CLAIM))
        for digest in ("", "0" * 64, "a\0"):
            assert press(admin_client, "confirm", run, digest=digest) == [
                "Nothing was started: this is not the preview that you confirmed."
            ]
        assert not Claim.objects.exists()

    def test_pressed_twice_starts_one_process(self, admin_client, never):
        acme()
        run = checked(as_csv(CLAIM))
        press(admin_client, "confirm", run, digest=run.digest)
        press(admin_client, "confirm", run, digest=run.digest)
        assert never == [(run.pk, 2)]

    def test_after_the_catalogue_changed_shows_the_new_preview(self, admin_client):
        acme()
        run = checked(as_csv(CLAIM))
        ClaimFactory(
            key="acme-01", company=Claim._meta.get_field("company").related_model.objects.get()
        )
        press(admin_client, "confirm", run, digest=run.digest)
        text = text_of(page_of(admin_client, run))
        assert "The catalogue has changed since the preview, so nothing was imported." in text
        assert "0 new and 1 changed will be written" in text


@pytest.mark.parametrize("number", ["0", "999", "9" * 30, "9" * 400])
def test_a_number_of_no_import_is_not_found(admin_client, number):
    for page in ("", "confirm/", "again/", "discard/"):
        where = f"{address('claim_import')}{number}/{page}"
        assert admin_client.post(where).status_code == 404


def test_the_name_of_whoever_uploaded_outlives_the_account(admin_client):
    user = User.objects.create_user("eve", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=EDITOR))
    run = ImportRunFactory(editor=user, editor_name="Eve")
    user.delete()
    assert "by Eve" in text_of(page_of(admin_client, run))


def test_an_upload_is_read_whole(admin_client):
    acme()
    upload(admin_client, io.BytesIO(as_csv(CLAIM)).getvalue())
    assert bytes(ImportRun.objects.get().upload) == as_csv(CLAIM)
