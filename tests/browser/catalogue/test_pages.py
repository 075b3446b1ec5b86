"""Every kind of page in a real browser. The `page` fixture fails a test whose page breaks the
content security policy or throws an error."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue.addresses import FIVE, PAGES

pytestmark = pytest.mark.django_db

WIDTHS = (320, 360, 768, 1280)
# Our own part of the page may be as wide as the window, and not a pixel wider.
TOO_WIDE = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5
  );
  return [root.scrollWidth, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 200))];
}
"""


# Of the public pages, whose stylesheet is made of parts, and of the desk.
STYLED = """
[...document.styleSheets].every((sheet) =>
  [...sheet.cssRules].every((rule) => !rule.styleSheet || rule.styleSheet.cssRules.length > 0)
  && sheet.cssRules.length > 0
)
"""


def test_no_kind_of_page_scrolls_sideways_or_complains(page):
    complaints, found = [], {}
    page.on("console", lambda message: complaints.append(message.text))
    for name, (address, status) in PAGES.items():
        assert (name, page.goto(address).status) == (name, status)
        # A stylesheet that was refused or not found would leave nothing to break.
        assert page.evaluate(STYLED), name
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[name, width] = page.evaluate(TOO_WIDE)
    assert {place: wide for place, wide in found.items() if wide} == {}
    # The browser itself remarks on a status above 399.
    assert [text for text in complaints if "the server responded with a status" not in text] == []


@pytest.fixture
def options():
    # Scrolling is done at once, and needs no waiting for.
    return {"reduced_motion": "reduce"}


NAMES_IN_SIGHT = """
() => [...document.querySelectorAll(".compare thead th")].map((head) => {
  const box = head.getBoundingClientRect();
  const frame = document.querySelector(".compare").getBoundingClientRect();
  const middle = Math.min((box.left + box.right) / 2, frame.right - 20);
  return head.contains(document.elementFromPoint(middle, (box.top + box.bottom) / 2));
})
"""


def test_company_names_stay_in_sight_while_a_wide_page_scrolls(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(FIVE)
    page.evaluate("document.querySelector('.compare tbody:nth-of-type(4)').scrollIntoView()")
    assert page.evaluate("scrollY") > 800
    assert page.evaluate(NAMES_IN_SIGHT) == [True] * 5


def test_company_names_and_row_labels_stay_in_sight_while_the_frame_scrolls(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/compare/netflix-vs-spotify/")
    frame = page.locator(".compare")
    frame.evaluate("(frame) => { frame.scrollIntoView(); frame.scrollTop = 900; }")
    assert frame.evaluate("(frame) => frame.scrollTop") > 800
    assert page.evaluate(NAMES_IN_SIGHT)[0] is True
    label = page.locator('.compare tbody th[scope="row"]').nth(8)
    left = label.bounding_box()["x"]
    frame.evaluate("(frame) => { frame.scrollLeft = 150; }")
    assert frame.evaluate("(frame) => frame.scrollLeft") > 100
    assert label.bounding_box()["x"] == pytest.approx(left, abs=1)
    assert page.evaluate("scrollX") == 0


# Where the column lies that the frame came to rest at, and how far its labels reach.
AT_REST = """
() => {
  const frame = document.querySelector(".compare");
  const start = frame.getBoundingClientRect().left;
  const left = (element) => element.getBoundingClientRect().left - start;
  const label = document.querySelector('.compare tbody th[scope="row"]');
  return {
    columns: [...label.parentElement.querySelectorAll("td")].map(left),
    beside: getComputedStyle(label).display === "table-cell" ? label.offsetWidth : 0,
    label: [left(label), label.offsetWidth, frame.clientWidth],
  };
}
"""


@pytest.mark.parametrize("width", [320, 360, 640, 768, 900])
def test_a_frame_that_scrolls_comes_to_rest_with_a_whole_company_beside_the_labels(page, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(FIVE)
    page.locator(".compare").evaluate("(frame) => { frame.scrollLeft = 200; }")
    page.wait_for_timeout(100)
    rest = page.evaluate(AT_REST)
    # The frame's border is one pixel wide, and columns may end on a half.
    assert any(abs(left - rest["beside"] - 1) < 1 for left in rest["columns"]), rest
    left, label, frame = rest["label"]
    assert left == pytest.approx(1, abs=0.5)
    assert label <= frame


def test_on_a_phone_the_label_is_a_line_above_the_cells_and_a_company_fills_the_frame(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(FIVE)
    frame = page.locator(".compare").bounding_box()
    label = page.locator('.compare tbody th[scope="row"]').first.bounding_box()
    cell = page.locator(".compare tbody td").first.bounding_box()
    assert label["width"] == pytest.approx(frame["width"], abs=3)
    assert cell["width"] > 0.8 * frame["width"]
    assert cell["y"] == pytest.approx(label["y"] + label["height"], abs=1)
    # The next company peeps out, so that one sees that there is more.
    assert cell["width"] < 0.95 * frame["width"]


# Scrolls until the tallest row began 200 pixels above whatever its label may stick to.
LABEL_OF_THE_TALLEST_ROW = """
() => {
  const frame = document.querySelector(".compare");
  const rows = [...frame.querySelectorAll("tr:has(> th[scope=row])")];
  const tallest = rows.reduce((one, other) => one.offsetHeight > other.offsetHeight ? one : other);
  const isFramed = frame.scrollHeight > frame.clientHeight;
  frame.scrollIntoView();
  const edge = isFramed ? frame.getBoundingClientRect().top : 0;
  const scroller = isFramed ? frame : document.documentElement;
  scroller.scrollTop += tallest.getBoundingClientRect().top - edge + 200;
  const label = tallest.querySelector("th > span").getBoundingClientRect();
  const seen = document.elementFromPoint(label.left + 5, label.top + label.height / 2);
  return {
    height: tallest.offsetHeight,
    above: edge - tallest.getBoundingClientRect().top,
    isSeen: tallest.querySelector("th").contains(seen),
  };
}
"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_label_of_a_row_taller_than_the_window_goes_along(page, width):
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(FIVE)
    row = page.evaluate(LABEL_OF_THE_TALLEST_ROW)
    assert row["height"] > 300
    assert row["above"] == pytest.approx(200, abs=1)
    assert row["isSeen"]


def test_a_comparison_is_a_table_to_screen_readers_at_every_width(page):
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto("/compare/netflix-vs-spotify/")
        frame = page.get_by_role("region", name="Comparison")
        expect(frame.get_by_role("table")).to_have_count(1)
        # By what is read out, which the letters of its monogram are no part of.
        expect(frame.get_by_role("columnheader").last).to_have_accessible_name(
            re.compile("^Spotify")
        )
        expect(frame.get_by_role("rowheader", name="Founded")).to_have_count(1)


def test_the_first_key_offers_to_skip_to_the_content(page):
    page.goto("/companies/netflix/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_comparison_that_is_wider_than_the_screen_is_reached_by_keyboard(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/compare/netflix-vs-spotify/")
    page.get_by_role("button", name="Add", exact=True).focus()
    links = page.get_by_role("navigation", name="Sections").get_by_role("link").count()
    for _ in range(links + 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("compare")


def test_the_browser_would_complain_of_a_style_in_the_page(context):
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert page.evaluate("document.body.style.color") == ""
    assert "Content Security Policy" in "".join(complaints)
