"""Changes to the tray by plain forms, as a browser without scripts sends them."""

import pytest

from companies.models import Status
from tests.factories import ClaimFactory, CompanyFactory
from tests.views.reading import words

pytestmark = pytest.mark.django_db

PATH = "/compare/"
HERE = "/companies/?q=a"


def send(client, remembered="", **sent):
    """Where it leads, and what is remembered after it."""
    if remembered:
        client.cookies["compare"] = remembered
    response = client.get(PATH, {"back": HERE, **sent})
    assert response.status_code == 302
    return response["Location"], client.cookies["compare"].value if client.cookies else ""


@pytest.mark.parametrize(
    ("remembered", "sent", "kept"),
    [
        ("", {"c": ["a", "b"]}, "a.b"),
        # What this page doesn't show stays.
        ("x", {"c": ["a"]}, "x.a"),
        ("x.a", {"c": ["a", "b"], "was": ["a"]}, "x.a.b"),
        ("x.a", {"was": ["a"]}, "x"),
        ("a", {"was": ["a"]}, ""),
        # One company in three rows: one tick taken away is enough, one set as well.
        ("a.b", {"c": ["a", "a", "b"], "was": ["a", "a", "a", "b"]}, "b"),
        ("", {"c": ["a", "a"]}, "a"),
        # Another page has removed it meanwhile.
        ("b", {"c": ["a"], "was": ["a"]}, "b"),
        ("", {}, ""),
    ],
)
def test_ticks_are_kept_and_the_page_comes_back(client, remembered, sent, kept):
    address, now = send(client, remembered, tray="keep", **sent)
    assert (address, now) == (f"{HERE}#compare-tray", kept)


def test_a_company_is_added_and_removed_by_its_button_along_with_the_ticks(client):
    assert send(client, "a", add="b") == (f"{HERE}#compare-tray", "a.b")
    assert send(client, remove="a", c=["c"]) == (f"{HERE}#compare-tray", "b.c")


@pytest.mark.parametrize(
    ("remembered", "sent", "address", "kept"),
    [
        ("b", {"c": ["a"]}, "/compare/a-vs-b/", "b.a"),
        ("", {"c": list("edcba")}, "/compare/a-vs-b-vs-c-vs-d-vs-e/", "e.d.c.b.a"),
        ("", {}, "/compare/?show=comparison", ""),
        ("", {"c": ["a"]}, "/compare/?show=comparison&c=a", "a"),
        ("x", {"was": ["x"]}, "/compare/?show=comparison", ""),
    ],
)
def test_the_ticked_are_compared_or_more_are_asked_for(client, remembered, sent, address, kept):
    assert send(client, remembered, tray="compare", **sent) == (address, kept)


def test_one_company_leads_to_where_another_is_chosen_without_a_complaint(client):
    CompanyFactory(slug="a", name="A")
    address, _ = send(client, "a", tray="choose")
    assert address == "/compare/?c=a"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("wanted", ["compare", "keep"])
def test_more_than_fit_lead_to_the_choice_that_says_so_and_nothing_is_lost(client, wanted):
    for slug in "abcdef":
        CompanyFactory(slug=slug)
    address, kept = send(client, "a.b", tray=wanted, c=list("cdef"))
    # What was remembered stays until fewer are chosen.
    assert kept == "a.b"
    choice = client.get(address)
    assert choice.status_code == 400
    assert "6 are ticked; at most 5 fit side by side." in words(choice)
    assert sorted(company.slug for company in choice.context["chosen"]) == list("abcdef")


@pytest.mark.parametrize(
    "back",
    [
        "",
        "//example.org/",
        "/\\example.org/",
        "https://example.org/",
        "http:///example.org",
        "javascript:alert(1)",
        "companies/",
        "/companies/\r\nSet-Cookie: x=y",
        "/companies/#x",
        "\\\\example.org",
        " /companies/",
    ],
    ids=ascii,
)
def test_nobody_is_sent_elsewhere(client, back):
    assert send(client, c=["a"], tray="keep", back=back) == (PATH, "a")


def test_the_page_may_have_a_query_and_letters_of_any_alphabet(client):
    address, _ = send(client, c=["a"], tray="keep", back="/companies/?q=é&page=2")
    assert address == "/companies/?q=%C3%A9&page=2#compare-tray"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"tray": "x"}, "tray: Select a valid choice."),
        ({"tray": "keep", "c": "A B"}, "c: There is no company with the address “A B”."),
        ({"tray": "keep", "was": "a.b"}, "was: There is no company with the address “a.b”."),
        ({"add": "../x"}, "add: There is no company with the address “../x”."),
        ({"remove": "\0"}, "remove: There is no company with the address"),
        ({"tray": "keep", "back": "/\0"}, "back: Null characters are not allowed."),
        ({"add": "x" * 101}, "add: There is no company with the address"),
    ],
    ids=ascii,
)
def test_what_is_no_address_of_a_company_is_refused_in_words_and_changes_nothing(
    client, sent, message
):
    client.cookies["compare"] = "a"
    page = client.get(PATH, sent)
    assert page.status_code == 400
    assert message in words(page)
    assert not page.cookies


def test_what_is_compared_from_the_choice_is_remembered(client):
    for slug in "ab":
        CompanyFactory(slug=slug)
    client.cookies["compare"] = "x"
    moved = client.get(PATH, {"c": ["b", "a"], "show": "comparison", "q": ""})
    assert moved["Location"] == "/compare/a-vs-b/"
    assert client.cookies["compare"].value == "b.a"


def test_the_choice_starts_with_what_is_remembered_until_its_form_says_otherwise(client):
    CompanyFactory(slug="a")
    CompanyFactory(slug="hidden", status=Status.DRAFT)
    client.cookies["compare"] = "a.hidden"
    for query, chosen in (({}, ["a"]), ({"utm_source": "x"}, ["a"]), ({"q": ""}, [])):
        page = client.get(PATH, query)
        assert page.status_code == 200
        assert [company.slug for company in page.context["chosen"]] == chosen


def test_answers_that_depend_on_the_cookie_say_so_and_others_may_be_shared(client):
    claim = ClaimFactory()
    answers = {
        path: "Cookie" in client.get(path).headers.get("Vary", "")
        for path in (
            "/companies/",
            claim.company.get_absolute_url(),
            claim.get_absolute_url(),
            PATH,
            f"{PATH}?tray=keep&c=a",
            f"{PATH}?q=",
            "/technologies/",
            "/changes/",
            f"{claim.company.get_absolute_url()}?format=csv",
        )
    }
    # Pages are in the language and the theme of a cookie, too; files are not.
    assert list(answers.values()) == [True] * 8 + [False]
