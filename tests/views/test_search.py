import json
import re

import pytest

from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Role
from companies.search import lookup
from tests.factories import ClaimFactory, CompanyFactory, DomainFactory
from tests.views.reading import csv_rows, links

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    made = ClaimFactory(
        company=CompanyFactory(name="Acme", slug="acme", industry="Music & film"),
        title="Mill in Cobol",
        text="It grinds <b>flour</b> all day.",
        domain=DomainFactory(slug="mills", name="Mills"),
        technologies={"Cobol": Role.USES},
        source__tier="primary",
        as_of="2016",
    )
    record_missing()
    return made


def page(client, **query):
    return client.get("/search/", query)


def text(client, **query):
    return page(client, **query).content.decode()


def test_without_words_there_is_the_box_alone(client, claim):
    body = text(client)
    assert 'role="search"' in body
    assert "hits" not in body
    assert "format=csv" not in body


def test_what_was_found_is_marked_in_the_field_that_matched(client, claim):
    body = text(client, q="flour mills")
    assert "<mark>Mill</mark> in Cobol" in body
    assert "<dt>Statement</dt>" in body
    # What an entry says is text, never markup.
    assert "&lt;b&gt;<mark>flour</mark>&lt;/b&gt;" in body
    assert "1 entry matches." in body


def test_no_robot_keeps_a_page_of_results(client, claim):
    assert '<meta name="robots" content="noindex">' in text(client, q="mill")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "use_case"}, 1),
        ({"kind": "quote"}, 0),
        ({"technology": "cobol"}, 1),
        ({"domain": "mills"}, 1),
        ({"industry": "Music & film"}, 1),
        ({"evidence": "primary"}, 1),
        ({"evidence": "reported"}, 0),
        ({"year": "2016", "domain": "mills", "evidence": "primary"}, 1),
        ({"year": "2015"}, 0),
    ],
)
def test_a_search_is_narrowed_by_its_address(client, claim, query, found):
    technology = claim.claim_technologies.get().technology
    technology.slug = "cobol"
    technology.save()
    assert page(client, q="mill", **query).context["page"].paginator.count == found


def test_facets_link_to_the_narrower_and_the_wider_search_without_its_page(client, claim):
    context = page(client, q="mill", kind="use_case", page="1").context
    addresses = {
        division.facet: [value.address for value in division.values]
        for division in context["divisions"]
    }
    assert addresses["kind"] == ["/search/?q=mill"]
    assert addresses["year"] == ["/search/?q=mill&kind=use_case&year=2016"]
    assert addresses["industry"] == ["/search/?q=mill&kind=use_case&industry=Music+%26+film"]
    assert set(addresses) == {"kind", "technology", "domain", "industry", "evidence", "year"}


def test_the_words_keep_what_the_search_is_narrowed_to(client, claim):
    assert '<input type="hidden" name="year" value="2016"' in text(client, q="mill", year="2016")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a" * 10_000},
        {"q": "\0"},
        {"q": "mill", "technology": "no-such"},
        {"q": "mill", "technology": "\0"},
        {"q": "mill", "domain": "no-such"},
        {"q": "mill", "kind": "no-such"},
        {"q": "mill", "evidence": "best"},
        {"q": "mill", "year": "MMXVI"},
        {"q": "mill", "year": "9" * 30},
        {"q": "mill", "page": "0"},
        {"q": "mill", "format": "exe"},
    ],
)
def test_what_can_not_be_asked_is_said_on_a_page_that_keeps_the_words(client, claim, query):
    answer = page(client, **query)
    assert answer.status_code == 400
    body = answer.content.decode()
    assert 'class="errorlist"' in body
    # What no page can hold is shown as a sign that stands for it.
    assert query["q"].replace("\0", "\N{REPLACEMENT CHARACTER}") in body
    assert "\0" not in body


def test_a_page_after_the_last_is_not_there(client, claim):
    assert page(client, q="mill", page="2").status_code == 404


def test_many_results_are_paged(client):
    for number in range(25):
        ClaimFactory(title=f"Zebra {number}")
    record_missing()
    first, second = (page(client, q="zebra", page=str(number)) for number in (1, 2))
    assert [len(one.context["hits"]) for one in (first, second)] == [20, 5]
    assert '<ol class="hits" start="21">' in second.content.decode()
    assert "25 entries match." in first.content.decode()


def test_a_page_says_so_when_only_the_best_are_counted(client, monkeypatch):
    monkeypatch.setattr(lookup, "LIMIT", 3)
    for _ in range(5):
        ClaimFactory(title="Zebra")
    record_missing()
    assert "More than 1000 entries match. Shown and counted are the best" in text(client, q="zebra")


def test_a_misspelt_name_is_put_right_and_the_page_says_so(client, claim):
    body = text(client, q="cobool")
    assert "This is what “cobol” finds." in body
    assert "<mark>Cobol</mark>" in body


def test_nothing_found_is_said_with_a_way_on(client, claim):
    body = text(client, q="xylophone", year="2016")
    assert "Nothing matches “xylophone”." in body
    assert 'href="?q=xylophone"' in body
    assert 'href="/search/?q=xylophone"' in body
    pages = set(links(page(client, q="xylophone")))
    assert pages >= {"/companies/", "/technologies/", "/domains/", "/quotes/", "/sources/"}


def test_what_a_search_is_narrowed_to_can_be_taken_back_one_by_one_or_as_a_whole(client, claim):
    answer = page(client, q="mill", kind="use_case", year="2016")
    narrowed = re.search(r'<ul class="narrowed".*?</ul>', answer.content.decode(), re.DOTALL)[0]
    assert re.findall(r'href="([^"]*)"', narrowed) == [
        "/search/?q=mill&amp;year=2016",
        "/search/?q=mill&amp;kind=use_case",
        "?q=mill",
    ]
    assert "Kind: <span>Use case</span>" in narrowed
    assert 'class="narrowed"' not in text(client, q="mill")


def test_a_question_of_which_nothing_has_all_words_is_answered_with_those_that_are_told(
    client, claim
):
    body = text(client, q="why did the acme mill leave cobol")
    assert (
        "Nothing has all the words of “why did the acme mill leave cobol”. "
        "This is what “acme mill cobol” finds." in body
    )
    assert "1 entry matches." in body


class TestFiles:
    def test_rows_say_what_matched_and_carry_their_citation(self, client, claim):
        (row,) = csv_rows(page(client, q="mill flour", format="csv"))
        assert (row["found"], row["kind"], row["key"]) == ("claim", "use_case", claim.key)
        assert row["matched"] == "title; text; domain"
        assert row["source_url"] == claim.source.url
        assert row["grade"] == "primary"
        assert row["url"] == f"http://testserver{claim.get_absolute_url()}"

    def test_companies_and_technologies_lead_to_their_pages(self, client, claim):
        rows = json.loads(page(client, q="acme", format="json").content)
        assert [(row["found"], row["company"]) for row in rows] == [
            ("company", "acme"),
            ("claim", "acme"),
        ]
        assert rows[0]["url"].endswith("/companies/acme/")

    def test_a_file_has_all_pages(self, client):
        for number in range(25):
            ClaimFactory(title=f"Zebra {number}", kind=ClaimKind.USE_CASE)
        record_missing()
        assert len(csv_rows(page(client, q="zebra", format="csv"))) == 25


class TestSuggestions:
    def test_names_come_with_their_kind_and_address(self, client, claim):
        answer = client.get("/search/suggestions/", {"q": "ac"})
        assert answer.json() == {
            "suggestions": [{"name": "Acme", "kind": "company", "url": "/companies/acme/"}]
        }
        assert answer["Cache-Control"] == "public, max-age=60"

    @pytest.mark.parametrize("typed", ["a" * 300, "\0"])
    def test_what_can_not_be_asked_is_said(self, client, typed):
        answer = client.get("/search/suggestions/", {"q": typed})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["q"]
