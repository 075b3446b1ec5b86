"""Pages in a language that is written from right to left, for which no translation is needed."""

import pytest

from tests.browser.catalogue.addresses import SMALL_PAGES
from tests.browser.catalogue.test_pages import TOO_WIDE

pytestmark = pytest.mark.django_db

WIDTHS = (320, 1280)
# Turned around, what is too wide sticks out on the left.
TOO_FAR_LEFT = """
() => [...document.querySelectorAll("main, main > *, .masthead, .colophon")]
  .filter((element) => element.getBoundingClientRect().left < -0.5)
  .map((element) => element.outerHTML.slice(0, 200))
"""
PLACES = """
() => Object.fromEntries(["brand", "masthead nav"].map((name) => {
  const box = document.querySelector(`.${name}`).getBoundingClientRect();
  return [name, [box.left, box.right]];
}))
"""


@pytest.fixture
def options():
    return {"locale": "ar"}


@pytest.fixture(autouse=True)
def arabic(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]


def test_no_kind_of_page_scrolls_sideways(page):
    found = {}
    for name, address in SMALL_PAGES.items():
        if address.startswith("/admin/"):
            continue
        page.goto(address)
        html = page.locator("html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[name, width] = page.evaluate(TOO_WIDE) + page.evaluate(TOO_FAR_LEFT)
    assert {place: wide for place, wide in found.items() if wide} == {}


def test_the_masthead_begins_on_the_right(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/companies/")
    places = page.evaluate(PLACES)
    assert places["brand"][0] > places["masthead nav"][1]
    page.goto("/companies/?language=en")
    places = page.evaluate(PLACES)
    assert places["brand"][1] < places["masthead nav"][0]


def test_numbers_stand_at_the_end_of_their_column(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/technologies/")
    number = page.locator("td.number").first
    assert number.evaluate("(cell) => getComputedStyle(cell).textAlign") == "end"
    box, row = number.bounding_box(), page.locator("tbody tr").first.bounding_box()
    assert box["x"] == pytest.approx(row["x"], abs=1)
