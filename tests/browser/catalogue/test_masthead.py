"""The head of every page: its search box, reached from anywhere, and the navigation."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue.addresses import FIVE, SMALL_PAGES

pytestmark = pytest.mark.django_db

SOME = ["/companies/netflix/", FIVE, "/claims/netflix-01/", "/api/v1/docs", "/no-such-page/"]


@pytest.fixture
def options(request):
    german = {"locale": "de"} if "german" in request.node.name else {}
    return {"java_script_enabled": "without_script" not in request.node.name, **german}


def box(page):
    return page.get_by_role("combobox", name="Search companies, technologies and claims")


def suggested(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", SOME)
def test_by_keys_alone_from_any_page_to_a_technology(page, address, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address)
    for _ in range(10):
        page.keyboard.press("Tab")
        if box(page).evaluate("(element) => element === document.activeElement"):
            break
    expect(box(page)).to_be_focused()
    page.keyboard.type("pyth")
    expect(suggested(page).first).to_have_text("PythonTechnology")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/technologies/python/$"))


def test_what_is_suggested_is_heard_and_lies_over_the_page(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/companies/netflix/")
    said = page.locator("header [role=status]")
    box(page).press_sequentially("p")
    expect(said).to_have_text("Suggestions below: use the arrow keys")
    for option in suggested(page).all():
        assert option.evaluate(
            """(option) => {
              const { left, top, width, height } = option.getBoundingClientRect();
              return option.contains(document.elementFromPoint(left + width / 2, top + height / 2));
            }"""
        )
    box(page).fill("qqq")
    expect(said).to_have_text("No suggestions")
    expect(box(page)).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_list_first_and_empties_the_box_then(page):
    page.goto("/sources/")
    box(page).press_sequentially("pyth")
    expect(suggested(page)).to_have_count(1)
    box(page).press("Escape")
    expect(suggested(page)).to_have_count(0)
    expect(box(page)).to_have_value("pyth")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")


def test_a_choice_is_forgotten_as_soon_as_other_letters_are_typed(page):
    page.goto("/sources/")
    box(page).press_sequentially("pyth")
    expect(suggested(page)).to_have_count(1)
    box(page).press("ArrowDown")
    page.keyboard.type("on")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=python$"))


def test_from_any_page_to_what_was_found_without_script(page):
    for address in SOME:
        page.goto(address)
        page.get_by_label("Search companies, technologies and claims").fill("rust")
        page.get_by_role("search").get_by_role("button", name="Search").click()
        expect(page).to_have_url(re.compile(r"/search/\?q=rust$"))
        expect(page.locator(".hit").first).to_be_visible()


ASKING = """
() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return {
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    boxes: document.querySelectorAll("form[action='/search/']").length,
  };
}
"""


def test_each_page_has_one_box_that_searches_everything_and_no_id_twice(page):
    for name, address in SMALL_PAGES.items():
        if "/admin/" in address or "/embed/" in address:
            continue
        page.goto(address)
        assert (name, page.evaluate(ASKING)) == (name, {"twice": [], "boxes": 1})


# How many lines the masthead takes: what begins below the end of all before it begins a new one.
LINES = """
() => {
  const parts = ".brand, .menu, form, nav li";
  const boxes = [...document.querySelectorAll(".masthead :is(" + parts + ")")]
    .map((part) => part.getBoundingClientRect())
    .filter((box) => box.height > 0)
    .sort((one, other) => one.top - other.top);
  let lines = 0, end = -1;
  for (const box of boxes) {
    if (box.top >= end) lines += 1;
    end = Math.max(end, box.bottom);
  }
  return lines;
}
"""
MOST_LINES = {320: 2, 360: 2, 640: 2, 736: 2, 737: 2, 768: 2, 1280: 1, 1440: 1}


def lines(page, address):
    found = {}
    for width in MOST_LINES:
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(address)
        found[width] = page.evaluate(LINES)
    return found


@pytest.mark.parametrize("language", ["english", "german"])
def test_the_masthead_takes_two_lines_at_most_and_one_where_there_is_room(page, language):
    assert lines(page, "/companies/") == MOST_LINES
    # The first page has its box below.
    assert lines(page, "/") == dict.fromkeys(MOST_LINES, 1) | {737: 2, 768: 2}


@pytest.mark.parametrize("how", ["with_script", "without_script"])
def test_on_a_phone_the_navigation_is_behind_a_button(page, how):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/companies/netflix/")
    navigation = page.get_by_role("navigation", name="Main")
    button = page.get_by_role("button", name="Menu")
    expect(navigation).to_be_hidden()
    button.press("Enter")
    expect(navigation).to_be_visible()
    page.keyboard.press("Tab")
    expect(navigation.get_by_role("link", name="Companies")).to_be_focused()
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    navigation.get_by_role("link", name="Technologies").click()
    expect(page).to_have_url(re.compile("/technologies/$"))


@pytest.mark.parametrize("name", ["Stackfacts", "Technology profiles of Example Limited"])
def test_the_navigation_opens_below_its_button_however_long_the_name(page, settings, name):
    settings.SITE_NAME = name
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/companies/netflix/")
    button = page.get_by_role("button", name="Menu")
    button.click()
    box, opened = button.bounding_box(), page.get_by_role("navigation", name="Main").bounding_box()
    assert 0 <= opened["y"] - box["y"] - box["height"] < 10
    assert (opened["x"], opened["width"]) == (pytest.approx(14.4, abs=1), pytest.approx(291, abs=2))
    # It stands beside the name, which breaks.
    brand = page.locator(".brand").bounding_box()
    assert brand["y"] < box["y"] + box["height"] / 2 < brand["y"] + brand["height"]


def test_where_there_is_room_the_navigation_needs_no_button(page):
    page.set_viewport_size({"width": 768, "height": 740})
    page.goto("/companies/netflix/")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
