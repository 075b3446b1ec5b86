"""The database gives a save up, because another one holds what it needs: nothing is lost."""

import pytest
from django.db import OperationalError

from companies import search
from companies.admin import history, status
from companies.exchange.progress import no_bar
from companies.exchange.revisions import record_missing
from companies.models import Company, Revision, Status
from tests.admin.conftest import address
from tests.admin.posting import company_data
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db
BUSY = "Somebody else, or an import, is saving something that belongs to this. Try again."


@pytest.fixture
def company(monkeypatch):
    """Whatever is changed of it is given up when all of it has been written."""
    made = CompanyFactory(name="Acme", slug="acme")
    record_missing()

    def given_up(*_arguments):
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(history, "record", given_up)
    monkeypatch.setattr(history, "record_deletion", given_up)
    monkeypatch.setattr(status, "record", given_up)
    yield made
    assert Company.objects.get().name == "Acme"
    assert Company.objects.get().status == Status.PUBLISHED
    assert Revision.objects.count() == 1
    assert search.differing(no_bar) == []


def test_a_page_comes_back_with_what_was_typed(admin_client, company):
    data = company_data(company, name="Zenith", reason="They say so.")
    answer = admin_client.post(address("company_change", company.pk), data)
    form = answer.context["adminform"].form
    (said,) = form.non_field_errors()
    assert said == f"{BUSY} Nothing was saved; your entries are still below."
    assert form["name"].value() == "Zenith"


@pytest.mark.parametrize("action", ["withdraw", "delete_selected"])
def test_a_list_action_says_so(admin_client, company, action):
    data = {"action": action, "_selected_action": [company.pk], "reason": "Because.", "post": "y"}
    answer = admin_client.post(address("company_changelist"), data, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [f"Nothing was changed. {BUSY}"]


def test_a_deletion_says_so(admin_client, company):
    data = {"post": "yes", "reason": "Because."}
    answer = admin_client.post(address("company_delete", company.pk), data, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [f"Nothing was deleted. {BUSY}"]
