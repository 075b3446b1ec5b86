"""Language and appearance, by links that need no script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

BACKGROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(251, 250, 247)", "rgb(20, 23, 26)"


@pytest.fixture(params=["with script", "without script"])
def options(request):
    return {"locale": "de-DE", "java_script_enabled": request.param == "with script"}


@pytest.fixture
def page(context):
    # That of the other tests looks for violations by a script of its own.
    page = context.new_page()
    yield page
    page.close()


def test_a_german_browser_gets_german_until_a_link_says_otherwise(page):
    page.goto("/companies/")
    assert page.locator("html").get_attribute("lang") == "de"
    expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.get_by_role("link", name="Domains").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Einsatzgebiete")
    page.goto("/changes/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Was sich geändert hat")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_light_and_dark_are_chosen_against_the_system_and_given_back(page, system):
    own, other = ("hell", "dunkel") if system == "light" else ("dunkel", "hell")
    colours = {"hell": LIGHT, "dunkel": DARK}
    page.emulate_media(color_scheme=system)
    page.goto("/domains/")
    assert page.evaluate(BACKGROUND) == colours[own]
    switch = page.get_by_role("navigation", name="Sprache und Darstellung")
    switch.get_by_role("link", name=other).click()
    page.wait_for_url("**/domains/?theme=*")
    page.goto("/companies/")
    assert page.evaluate(BACKGROUND) == colours[other]
    switch.get_by_role("link", name="System").click()
    page.wait_for_url("**/companies/?theme=system")
    page.goto("/domains/")
    assert page.evaluate(BACKGROUND) == colours[own]


def test_paper_is_light_whatever_was_chosen(page):
    page.goto("/domains/?theme=dark")
    assert page.evaluate(BACKGROUND) == DARK
    page.emulate_media(media="print")
    surface = "getComputedStyle(document.documentElement).getPropertyValue('--surface')"
    assert page.evaluate(surface) == "#ffffff"
