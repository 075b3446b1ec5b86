"""What a comparison is on paper, and the link that a browser with scripts copies."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db

ARRANGED = "/compare/netflix-vs-spotify/?differences=on&order=spotify,netflix"


def test_the_link_is_copied_as_it_stands(page):
    page.goto(ARRANGED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Link to this view").input_value()
    assert copied.endswith(ARRANGED)


def test_a_link_that_the_browser_does_not_copy_is_selected(page):
    page.goto(ARRANGED)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("copy it by hand")).to_be_visible()
    selected = page.evaluate("document.activeElement.selectionEnd")
    assert selected == len(page.get_by_label("Link to this view").input_value())


ON_PAPER = """
() => {
  const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
  return {
    head: [style(".compare thead").display, style(".compare thead th").position],
    frame: [style(".compare").overflow, style(".compare").maxHeight],
    source: style(".entry > a[data-source]", "::after").content,
    address: document.querySelector(".entry > a[data-source]").dataset.source,
  };
}
"""


def test_on_paper_the_heads_come_again_and_entries_show_the_address_of_their_source(page):
    page.set_viewport_size({"width": 500, "height": 700})
    page.emulate_media(media="print")
    page.goto("/compare/netflix-vs-spotify/?folded=glance")
    paper = page.evaluate(ON_PAPER)
    assert paper["head"] == ["table-header-group", "static"]
    assert paper["frame"] == ["visible", "none"]
    assert paper["address"].startswith("http")
    assert paper["address"] in paper["source"] or "attr(data-source)" in paper["source"]
    for part in (".controls", ".moves", ".share button"):
        expect(page.locator(part).first).to_be_hidden()
    # Folded on the screen only.
    expect(page.get_by_role("rowheader", name="Founded")).to_be_visible()


# Whatever a card or a cell holds ends within it.
OUT_OF_THEIR_BOXES = """
() => [...document.querySelectorAll(".claim a, .gaps a, .compare td a")].filter((link) => {
  const box = link.closest(".claim, li, td").getBoundingClientRect();
  return [...link.getClientRects()].some((part) => part.right > box.right + 1);
}).map((link) => link.href)
"""
AFTER = "(link) => getComputedStyle(link, '::after').content"


@pytest.mark.parametrize(
    "address", ["/companies/netflix/", "/companies/meta/", "/compare/meta-vs-netflix-vs-spotify/"]
)
def test_on_paper_addresses_stay_within_their_card_or_cell(page, address):
    page.emulate_media(media="print")
    # A sheet of A4 between usual margins.
    page.set_viewport_size({"width": 680, "height": 1000})
    page.goto(address)
    link = page.locator(".evidence .original, .entry > a[data-source]").first
    assert link.evaluate(AFTER) not in ("none", "normal")
    assert page.evaluate(OUT_OF_THEIR_BOXES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_on_paper_marks_of_grades_keep_their_filling(page):
    page.emulate_media(media="print")
    page.goto("/companies/netflix/")
    adjusted = "(grade) => getComputedStyle(grade, '::before').printColorAdjust"
    assert page.locator("main .grade-primary").first.evaluate(adjusted) == "exact"


def test_on_paper_no_column_is_cut_off(page):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1040, "height": 720})
    page.goto("/compare/instagram-vs-meta-vs-netflix-vs-quora-vs-spotify/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1040
