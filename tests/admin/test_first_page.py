import re

import pytest

from companies.attention import ITEMS
from companies.models import Proposal
from tests.admin.conftest import address
from tests.factories import ClaimFactory
from tests.needing_attention import AT_REST, NEEDING

PROPOSALS = "/admin/companies/proposal/"


def shown(client):
    """What the page says, by how loudly it says it."""
    attention = client.get("/admin/").context["attention"]
    return [item.what for item in attention.to_do], [item.what for item in attention.in_order]


@pytest.mark.parametrize("number", [1, 3])
def test_every_count_links_to_a_list_of_as_many_rows(admin_client, number):
    for _ in range(number):
        for make in (*NEEDING.values(), *AT_REST.values()):
            make()
    items = [*admin_client.get("/admin/").context["attention"].to_do]
    assert len(items) == len(ITEMS) - (number == 1) * 3
    for item in items:
        if item.url:
            assert admin_client.get(item.url).context["cl"].result_count == item.number, item


def test_what_has_work_stands_out_and_the_rest_is_said_quietly(admin_client):
    ClaimFactory(status="in_review")
    to_do, in_order = shown(admin_client)
    assert to_do == ["claim in review"]
    assert len(in_order) == len(ITEMS) - 1
    html = admin_client.get("/admin/").content.decode()
    link = r'<a href="/admin/companies/claim/\?attention=in_review"><strong>1</strong> claim in'
    assert re.search(link, html)
    assert "Read them against their source" in html
    quiet = '<li><a href="/admin/companies/claim/?attention=check_due">0 claims due for a check</a>'
    assert quiet in html
    assert "The last one is older" not in html


def test_with_nothing_to_do_it_says_so(admin_client):
    html = admin_client.get("/admin/").content.decode()
    assert "Nothing at the moment." in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_page_costs_four_queries(admin_client, django_assert_num_queries, number):
    for _ in range(number):
        for make in NEEDING.values():
            make()
    admin_client.get("/admin/")
    # Session, user, recent actions; and one for all the counts.
    with django_assert_num_queries(4):
        admin_client.get("/admin/")


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("view_claim", {"claims"}),
        ("change_claim", {"claims"}),
        ("view_company", {"companies"}),
        ("view_technology", {"technologies"}),
        ("view_source", {"sources"}),
        ("view_companylist", {"lists"}),
        ("view_proposal", {"proposals"}),
        ("view_usecase", set()),
        ("view_domain", set()),
        ("add_claim", set()),
    ],
)
def test_an_editor_is_shown_the_counts_of_lists_that_are_open_to_them(
    client_with, permission, words
):
    to_do, in_order = shown(client_with(permission))
    assert {what.split()[0] for what in (*to_do, *in_order)} == words


def test_who_may_look_at_nothing_gets_no_heading(client_with):
    html = client_with("view_domain").get("/admin/").content.decode()
    assert "What needs attention" not in html


def test_the_lists_stay_below(admin_client):
    html = admin_client.get("/admin/").content.decode()
    assert html.index("What needs attention") < html.index("Claims, by kind")


def test_the_page_of_the_catalogue_has_only_the_lists(admin_client):
    assert "What needs attention" not in admin_client.get("/admin/companies/").content.decode()


def test_open_proposals_lead_to_their_list(admin_client):
    NEEDING[Proposal, "open"]()
    to_do, _ = shown(admin_client)
    assert to_do == ["proposal waiting for a decision"]
    page = admin_client.get("/admin/").content.decode()
    assert f"{address('proposal_changelist')}?outcome__exact=open" in page
