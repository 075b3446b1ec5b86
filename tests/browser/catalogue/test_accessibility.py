"""axe-core finds nothing against WCAG 2.2 AA on any kind of page, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.catalogue.addresses import SMALL_PAGES

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


def test_axe_finds_nothing_on_any_kind_of_page_in_light_or_dark(page):
    found = {}
    for name, address in SMALL_PAGES.items():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found[name] = violations(page, EVERYTHING)
        page.emulate_media(color_scheme="dark")
        found[name] += violations(page, COLOURS)
    assert {name: broken for name, broken in found.items() if broken} == {}


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


def test_axe_would_find_something(page):
    page.goto("/claims/netflix-01/")
    page.evaluate(
        "document.querySelector('h1').style.color = getComputedStyle(document.body).backgroundColor"
    )
    page.evaluate("document.documentElement.removeAttribute('lang')")
    found = {violation.split(":")[0] for violation in violations(page, EVERYTHING)}
    assert found == {"color-contrast", "html-has-lang"}
