from urllib.parse import urlencode

import pytest
from django.contrib.admin.models import LogEntry

from companies.models import Status
from tests.admin.conftest import address
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory


def act(client, page, action, rows, **query):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    data |= {"reason": "The source was corrected."}
    url = f"{address(f'{page}_changelist')}?{urlencode(query)}"
    response = client.post(url, data, follow=True)
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("claim", ClaimFactory),
        ("usecase", ClaimFactory),
        ("company", CompanyFactory),
        ("companylist", CompanyListFactory),
    ],
)
def test_publish_and_withdraw_change_status_date_and_log(admin_client, page, make):
    row = make(status=Status.DRAFT)
    before = row.updated
    act(admin_client, page, "publish", [row])
    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    assert row.updated > before
    act(admin_client, page, "withdraw", [row])
    row.refresh_from_db()
    assert row.status == Status.WITHDRAWN
    assert LogEntry.objects.filter(object_id=str(row.pk)).count() == 2


def test_the_message_counts_changed_and_unchanged(admin_client):
    company = CompanyFactory()
    rows = [
        ClaimFactory(company=company, status=Status.DRAFT),
        ClaimFactory(company=company, status=Status.IN_REVIEW),
        ClaimFactory(company=company),
    ]
    assert act(admin_client, "claim", "publish", rows) == [
        "2 claims published.",
        "1 claim already published before.",
    ]


def test_the_message_counts_right_in_a_list_that_the_change_empties(admin_client):
    rows = [ClaimFactory(status=Status.DRAFT), ClaimFactory(status=Status.DRAFT)]
    messages = act(admin_client, "claim", "publish", rows, status__exact="draft")
    assert messages == ["2 claims published."]


def test_publishing_a_claim_of_an_unpublished_company_warns(admin_client):
    claim = ClaimFactory(status=Status.DRAFT, company=CompanyFactory(name="Acme", status="draft"))
    messages = act(admin_client, "claim", "publish", [claim])
    assert "aren't published: Acme." in messages[1]


def test_a_warning_names_five_companies_and_counts_the_rest(admin_client):
    claims = [
        ClaimFactory(company=CompanyFactory(name=f"Acme {n}", status="draft")) for n in range(7)
    ]
    messages = act(admin_client, "claim", "publish", claims)
    assert messages[1].endswith("Acme 0, Acme 1, Acme 2, Acme 3, Acme 4 and 2 more.")


def test_who_may_only_look_is_offered_no_action(client_with):
    claim = ClaimFactory(status=Status.DRAFT)
    client = client_with("view_claim")
    act(client, "claim", "publish", [claim])
    claim.refresh_from_db()
    assert claim.status == Status.DRAFT
