"""Choosing what to compare, without JavaScript."""

import pytest

from companies.models import Status
from tests.factories import ClaimFactory, CompanyAliasFactory, CompanyFactory
from tests.views.reading import words

pytestmark = pytest.mark.django_db

PATH = "/compare/"


@pytest.fixture
def companies():
    return [CompanyFactory(slug=slug, name=slug.upper()) for slug in "abcdef"]


def ticked(response):
    return [company.slug for company in response.context["chosen"]]


def offered(response):
    return [company.slug for company in response.context["page"]]


def test_every_published_company_is_offered_with_its_number_of_claims(client, companies):
    ClaimFactory(company=companies[0])
    ClaimFactory(company=companies[0], status=Status.DRAFT)
    CompanyFactory(slug="hidden", status=Status.DRAFT)
    page = client.get(PATH)
    assert offered(page) == list("abcdef")
    assert "Chosen None yet." in words(page)
    assert "A 1 B 0" in words(page)


def test_ticked_companies_stay_ticked_while_searching(client, companies):
    CompanyAliasFactory(company=companies[3], name="Facebook")
    page = client.get(PATH, {"c": ["a", "b"], "q": "face"})
    assert ticked(page) == ["a", "b"]
    assert offered(page) == ["d"]
    body = page.content.decode()
    for slug in "ab":
        assert f'<input type="checkbox" name="c" value="{slug}" checked>' in body
    assert 'value="face"' in body


def test_a_ticked_company_is_not_offered_a_second_time(client, companies):
    assert offered(client.get(PATH, {"c": ["a", "b"]})) == list("cdef")


def test_a_search_that_finds_nobody_says_so_and_keeps_the_ticks(client, companies):
    page = client.get(PATH, {"c": "a", "q": "nobody"})
    assert "Matching “nobody” None found." in words(page)
    assert ticked(page) == ["a"]


@pytest.mark.parametrize("slugs", ["ba", "edcba"])
def test_two_to_five_ticked_lead_to_their_comparison(client, companies, slugs):
    moved = client.get(PATH, {"c": list(slugs), "show": "comparison"})
    assert moved.status_code == 302
    assert moved["Location"] == f"/compare/{'-vs-'.join(sorted(slugs))}/"
    assert client.get(moved["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"show": "comparison"}, "Tick at least 2 companies to compare."),
        ({"show": "comparison", "c": "a"}, "Tick at least 2 companies to compare."),
        ({"show": "comparison", "c": ["a", "a"]}, "Tick at least 2 companies to compare."),
        ({"show": "comparison", "c": list("abcdef")}, "6 are ticked; at most 5 fit side by side."),
        ({"c": list("abcdef")}, "6 are ticked; at most 5 fit side by side."),
        ({"c": "nobody"}, "There is no company with the address “nobody”."),
        ({"c": "\0"}, "There is no company with the address"),
        ({"show": "everything"}, "show: Select a valid choice. everything is not one of"),
        ({"page": "0"}, "page: Ensure this value is greater than or equal to 1."),
        ({"q": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(client, companies, query, message):
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)


def test_a_refusal_keeps_the_ticks_that_can_be_kept(client, companies):
    assert ticked(client.get(PATH, {"c": ["a", "nobody"], "show": "comparison"})) == ["a"]
    assert ticked(client.get(PATH, {"c": list("abcdef"), "show": "comparison"})) == list("abcdef")


def test_a_whole_page_of_ticks_is_counted_not_called_unknown(client):
    slugs = [CompanyFactory().slug for _ in range(30)]
    page = client.get(PATH, {"c": slugs, "show": "comparison"})
    assert page.status_code == 400
    assert "30 are ticked; at most 5 fit side by side." in words(page)


def test_an_unpublished_company_cannot_be_ticked(client, companies):
    CompanyFactory(slug="hidden", name="Hidden", status=Status.DRAFT)
    page = client.get(PATH, {"c": ["a", "hidden"], "show": "comparison"})
    assert page.status_code == 400
    assert "There is no company with the address “hidden”." in words(page)
    assert "Hidden" not in page.content.decode()


def test_further_pages_keep_the_ticks(client):
    for number in range(64):
        CompanyFactory(slug=f"company-{number:02}", name=f"Company {number:02}")
    query = {"c": ["company-05", "company-07"]}
    page = client.get(PATH, query)
    assert len(offered(page)) == 60
    assert '<button class="quiet" name="page" value="2">Next →</button>' in page.content.decode()
    second = client.get(PATH, query | {"page": 2})
    assert ticked(second) == ["company-05", "company-07"]
    assert offered(second) == ["company-62", "company-63"]
    assert 'name="page" value="1">← Previous</button>' in second.content.decode()


def test_a_page_past_the_last_says_how_many_there_are(client, companies):
    page = client.get(PATH, {"page": 3})
    assert page.status_code == 404
    assert "This list has 1 page; there is no page 3." in words(page)
