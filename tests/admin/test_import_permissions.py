"""Who gets at the pages of an import, and by which requests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from companies.exchange.progress import no_bar
from companies.importing import job, work
from companies.models import Claim, ImportRun
from tests.admin.conftest import address
from tests.factories import ImportRunFactory, UserFactory
from tests.import_files import CLAIM, acme, as_csv, checked

pytestmark = pytest.mark.django_db

EDITOR = ("publish_claim", "view_claim", "change_claim", "add_claim")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """The work of a process, without one."""
    monkeypatch.setattr(job, "start", lambda run, attempt: work.work(run, attempt, no_bar))


ROLES = [
    (EDITOR, 200),
    (EDITOR[1:], 403),
    (("publish_claim", "view_claim", "change_claim"), 403),
    (("publish_claim", "view_claim", "add_claim"), 403),
    (("publish_claim",), 403),
    (("view_claim",), 403),
    ((), 403),
]
ADDRESSES = ["import", "import_run", "import_confirm", "import_again", "import_discard"]


@pytest.mark.parametrize(("permissions", "status"), ROLES)
@pytest.mark.parametrize("page", ADDRESSES)
def test_only_an_editor_gets_at_any_page(client_with, permissions, status, page):
    acme()
    run = checked(as_csv(CLAIM))
    client = client_with(*permissions)
    where = address(f"claim_{page}", *([] if page == "import" else [run.pk]))
    if page in ("import", "import_run"):
        assert client.get(where).status_code == status
    posted = client.post(where, {"digest": run.digest}).status_code
    if page == "import_run":
        return
    assert posted == (403 if status == 403 else (200 if page == "import" else 302))
    if status == 403:
        run.refresh_from_db()
        assert run.state == "ready"
        assert not Claim.objects.exists()


def test_a_contributors_forged_upload_is_refused(client_with):
    data = {"file": SimpleUploadedFile("claims.csv", as_csv(CLAIM)), "reason": "Forged."}
    answer = client_with(*EDITOR[1:]).post(address("claim_import"), data)
    assert answer.status_code == 403
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("permissions", "is_offered"), [(EDITOR, True), (EDITOR[1:], False)])
def test_the_link_is_offered_to_those_who_may(client_with, permissions, is_offered):
    html = client_with(*permissions).get(address("claim_changelist")).content.decode()
    assert (address("claim_import") in html) == is_offered


def test_permission_for_one_table_is_none_for_another(client_with):
    client = client_with(*EDITOR)
    run = ImportRunFactory(kind="sources")
    assert client.get(address("source_import")).status_code == 403
    assert client.get(address("source_import_run", run.pk)).status_code == 403
    # Nor by the address of the table that one may import.
    assert client.get(address("claim_import_run", run.pk)).status_code == 404


@pytest.mark.parametrize("page", ADDRESSES)
def test_whoever_is_not_logged_in_is_asked_to(client, page):
    where = address(f"claim_{page}", *([] if page == "import" else [ImportRunFactory().pk]))
    assert client.post(where)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("page", ["import_confirm", "import_again", "import_discard"])
def test_an_address_that_changes_something_takes_no_get(admin_client, page):
    assert admin_client.get(address(f"claim_{page}", ImportRunFactory().pk)).status_code == 405


@pytest.mark.parametrize("page", ["import", "import_confirm", "import_again", "import_discard"])
def test_a_post_from_elsewhere_is_refused(page):
    user = UserFactory(is_superuser=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    run = ImportRunFactory()
    where = address(f"claim_{page}", *([] if page == "import" else [run.pk]))
    assert client.post(where, {"digest": run.digest}).status_code == 403
    assert ImportRun.objects.get().state == "ready"


def test_under_the_two_person_rule_another_editor_confirms(client_with, admin_client, settings):
    settings.TWO_PERSON_RULE = True
    acme()
    client = client_with(*EDITOR)
    data = {"file": SimpleUploadedFile("claims.csv", as_csv(CLAIM)), "reason": "The survey."}
    client.post(address("claim_import"), data)
    run = ImportRun.objects.get()
    confirm = address("claim_import_confirm", run.pk)
    page = client.get(address("claim_import_run", run.pk)).content.decode()
    assert "another editor has to confirm it" in page
    assert confirm not in page
    client.post(confirm, {"digest": run.digest})
    assert not Claim.objects.exists()
    assert confirm in admin_client.get(address("claim_import_run", run.pk)).content.decode()
    admin_client.post(confirm, {"digest": run.digest})
    assert Claim.objects.get().key == "acme-01"
