"""axe-core finds nothing against WCAG 2.2 AA on any kind of page, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.urls import resolve

from tests.browser.catalogue.addresses import PAGES, SMALL_PAGES
from tests.promises.small_site import NO_PAGES, URL_NAMES

pytestmark = pytest.mark.django_db

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# All that the colour scheme can change.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}

BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def options():
    # axe is put into the page as text, which the policy is there to forbid.
    return {"bypass_csp": True}


def violations(page, options):
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def violations_in_light_and_dark(page, addresses):
    """By name of the page, where there are any."""
    found = {}
    for name, address in addresses.items():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found[name] = violations(page, EVERYTHING)
        page.emulate_media(color_scheme="dark")
        found[name] += violations(page, COLOURS)
    return {name: broken for name, broken in found.items() if broken}


def test_axe_finds_nothing_on_any_kind_of_page_in_light_or_dark(page):
    assert violations_in_light_and_dark(page, SMALL_PAGES) == {}


def test_there_is_an_address_of_every_kind_of_page():
    for addresses in (SMALL_PAGES.values(), [address for address, _status in PAGES.values()]):
        paths = {address.partition("?")[0] for address in addresses} - {"/no-such-page/"}
        assert {resolve(path).view_name for path in paths} >= set(URL_NAMES) - NO_PAGES


# What no address of a site in order answers with.
FAILURES = ["400.html", "403.html", "403_csrf.html", "500.html", "locked_out.html"]


def test_axe_finds_nothing_on_a_page_that_says_what_failed(page):
    def answer(route):
        template = route.request.url.rpartition("/")[2]
        route.fulfill(
            body=render_to_string(template, {"minutes": 15}),
            content_type="text/html; charset=utf-8",
        )

    page.route("**/*.html", answer)
    addresses = {template: f"/{template}" for template in FAILURES}
    assert violations_in_light_and_dark(page, addresses) == {}
    assert page.locator("h1").count() == 1


def test_a_page_is_dark_for_who_wants_it_dark(page):
    page.goto("/")
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) != light


def test_axe_finds_nothing_on_a_narrow_screen(page):
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("companies", "profile", "comparison of two"):
        page.goto(SMALL_PAGES[name])
        assert (name, violations(page, EVERYTHING)) == (name, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_opens_in_the_masthead_and_the_search(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(SMALL_PAGES["profile"])
    page.get_by_role("button", name="Menu").click()
    assert violations(page, EVERYTHING) == []
    page.keyboard.press("Escape")
    page.get_by_role("combobox").press_sequentially("p")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page, EVERYTHING) == []
    page.goto("/search/?q=python&kind=use_case")
    page.locator("summary").click()
    assert violations(page, EVERYTHING) == []


def test_axe_would_find_something(page):
    page.goto("/claims/netflix-01/")
    page.evaluate(
        "document.querySelector('h1').style.color = getComputedStyle(document.body).backgroundColor"
    )
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = {violation.split(":")[0] for violation in violations(page, EVERYTHING)}
    assert found == {"color-contrast", "html-has-lang"}
