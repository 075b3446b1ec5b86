"""Every kind of page in a real browser. The `page` fixture fails a test whose page breaks the
content security policy or throws an error."""

import pytest

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


def test_no_kind_of_page_scrolls_sideways_or_complains(page):
    complaints, found = [], {}
    page.on("console", lambda message: complaints.append(message.text))
    for name, (address, status) in PAGES.items():
        assert (name, page.goto(address).status) == (name, status)
        # A stylesheet that was refused or not found would leave nothing to break.
        assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
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


def test_row_labels_leave_room_for_a_company_on_a_narrow_screen(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/compare/netflix-vs-spotify/")
    frame = page.locator(".compare").bounding_box()["width"]
    label = page.locator('.compare tbody th[scope="row"]').first.bounding_box()["width"]
    assert label < frame / 2


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
    page.get_by_role("button", name="Add a company").focus()
    sections = page.get_by_role("navigation", name="Sections").get_by_role("link").count()
    for _ in range(sections + 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("compare")


def test_the_browser_would_complain_of_a_style_in_the_page(context):
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert page.evaluate("document.body.style.color") == ""
    assert "Content Security Policy" in "".join(complaints)
