"""Pages of a search, which stay where they are while entries are added."""

import pytest

from companies import search as searching
from companies.exchange.revisions import record_missing
from companies.models import Claim, Subject
from companies.search import lookup
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


def search(client, **query):
    answer = client.get("/api/v1/search", query)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def keys(client, **query):
    return [hit["key"] for hit in search(client, **query)["items"]]


@pytest.fixture
def many():
    for number in range(7):
        ClaimFactory(key=f"zebra-{number}", title="Zebra", as_of=str(2010 + number % 3))
    record_missing()


def walked(client, **query):
    address, pages = None, []
    while address or not pages:
        found = client.get(address).json() if address else search(client, **query)
        pages.append([hit["key"] for hit in found["items"]])
        address = found["next"]
    return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_the_pages_put_together_are_the_matches(client, many, limit):
    pages = walked(client, q="zebra", limit=limit)
    assert [key for page in pages for key in page] == keys(client, q="zebra")
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_what_is_added_before_moves_no_page(client, many):
    first = search(client, q="zebra", limit=3)
    ClaimFactory(key="zebra-new", title="Zebra", as_of="2020")
    record_missing()
    rest = walked(client, q="zebra", limit=3, cursor=first["next_cursor"])
    listed = [*(hit["key"] for hit in first["items"]), *(key for page in rest for key in page)]
    assert listed == [key for key in keys(client, q="zebra") if key != "zebra-new"]
    assert keys(client, q="zebra")[0] == "zebra-new"


def test_the_match_a_page_ended_with_may_be_gone(client, many):
    first = search(client, q="zebra", limit=3)
    whole = keys(client, q="zebra")
    gone = Claim.objects.get(key=first["items"][-1]["key"])
    searching.forget(Subject.CLAIM, [gone.pk])
    gone.delete()
    assert [hit["key"] for hit in client.get(first["next"]).json()["items"]] == whole[3:6]


def test_a_cursor_leads_nowhere_in_another_search(client, many):
    cursor = search(client, q="zebra", limit=3)["next_cursor"]
    for query in ({"q": "zebras"}, {"q": "zebra", "year": 2010}, {"year": 2010}):
        answer = client.get("/api/v1/search", {**query, "cursor": cursor})
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("#problem-bad-cursor")
    assert client.get("/api/v1/claims", {"cursor": cursor}).status_code == 400


def test_a_cursor_of_another_list_leads_nowhere_here(client, many):
    cursor = client.get("/api/v1/claims?limit=1").json()["next_cursor"]
    assert client.get("/api/v1/search", {"q": "zebra", "cursor": cursor}).status_code == 400


def test_beyond_the_bound_it_says_that_there_are_more(client, many, monkeypatch):
    monkeypatch.setattr(lookup, "LIMIT", 5)
    found = search(client, q="zebra", limit=3)
    assert (found["total"], found["is_cut"]) == (5, True)
    pages = walked(client, q="zebra", limit=3)
    assert [len(page) for page in pages] == [3, 2]


def test_chosen_members_come_with_what_names_the_hit(client, many):
    found = search(client, q="zebra", limit=1, fields="title,url")
    assert list(found["items"][0]) == ["subject", "key", "title", "url"]
    assert found["total"] == 7
