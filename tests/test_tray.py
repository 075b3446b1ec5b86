"""The cookie that remembers what a visitor has chosen to compare."""

import pytest
from django.http import HttpResponse

from companies.models import Status
from companies.tray import Tray, remember
from tests.factories import CompanyFactory


@pytest.mark.parametrize(
    ("cookie", "slugs"),
    [
        ("", ()),
        ("netflix", ("netflix",)),
        ("spotify.37signals.linux-kernel", ("spotify", "37signals", "linux-kernel")),
        ("a.b.c.d.e", ("a", "b", "c", "d", "e")),
    ],
)
def test_slugs_come_in_the_order_they_were_chosen_in(cookie, slugs):
    assert Tray(cookie).slugs == slugs


@pytest.mark.parametrize(
    "cookie",
    [
        "a.b.c.d.e.f",
        "a.a",
        "a..b",
        ".",
        "a.",
        "A",
        "a b",
        "a\n",
        "a\0",
        "é",
        "<script>",
        "../admin",
        "x" * 101,
        "a." * 10_000,
    ],
    ids=lambda cookie: ascii(cookie[:20]),
)
def test_a_cookie_that_is_not_of_our_making_counts_as_none(cookie):
    assert Tray(cookie).slugs == ()


@pytest.mark.django_db
def test_only_published_companies_are_in_the_tray_and_take_one_query(django_assert_num_queries):
    for slug in ("a", "b"):
        CompanyFactory(slug=slug)
    CompanyFactory(slug="hidden", status=Status.DRAFT)
    tray = Tray("b.hidden.nobody.a")
    with django_assert_num_queries(1):
        assert [company.slug for company in tray.companies] == ["b", "a"]
        assert tray.is_enough


def test_an_empty_tray_asks_the_database_nothing():
    # Without the mark of the database a query would fail.
    assert Tray("").companies == []
    assert not Tray("").is_enough


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_the_same_whoever_writes_it(settings, https):
    settings.SESSION_COOKIE_SECURE = https
    response = HttpResponse()
    remember(response, ["b", "a"])
    cookie = response.cookies["compare"]
    assert cookie.value == "b.a"
    # Forgotten when the browser is closed, and readable to the module.
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", "")
    assert (cookie["path"], cookie["samesite"], bool(cookie["secure"])) == ("/", "Lax", https)
    assert Tray().attributes == (
        "path=/; samesite=lax; secure" if https else "path=/; samesite=lax"
    )


def test_nothing_chosen_is_no_cookie():
    response = HttpResponse()
    remember(response, [])
    assert response.cookies["compare"]["max-age"] == 0
