"""The pages for who sees or moves differently: zoom, wider text, less motion, colours of their own,
and no picture at all."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue.addresses import SMALL_PAGES
from tests.browser.catalogue.contrast import contrast
from tests.browser.catalogue.test_pages import TOO_WIDE

pytestmark = pytest.mark.django_db

MAIN_PAGES = [SMALL_PAGES[name] for name in ("home", "companies", "profile", "comparison of two")]
# Words that their own box cuts off. What is only for screen readers is meant to be cut.
CUT = """
() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const clips = (overflow) => overflow === "hidden" || overflow === "clip";
  const hasWords = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!hasWords || element.closest(".sr-only, svg, select")) return false;
  if (!element.checkVisibility()) return false;
  return clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1
    || clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
}).map((element) => element.outerHTML.slice(0, 200))
"""
# The least that WCAG 1.4.12 says a page has to bear.
WIDER_TEXT = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""


@pytest.fixture
def options():
    # A style is put into the page, which the policy is there to forbid.
    return {"bypass_csp": True}


def test_nothing_is_cut_at_twice_the_size_or_with_wider_text(browser, catalogue_server):
    """A window of 1280 pixels zoomed to 200 % is one of 640, each as large as four."""
    context = browser.new_context(
        base_url=catalogue_server,
        viewport={"width": 640, "height": 400},
        device_scale_factor=2,
        bypass_csp=True,
    )
    page, found = context.new_page(), {}
    for name, address in SMALL_PAGES.items():
        if "/admin/" in address:
            continue
        page.goto(address)
        found[name, "zoomed"] = page.evaluate(TOO_WIDE) + page.evaluate(CUT)
        page.add_style_tag(content=WIDER_TEXT)
        found[name, "wider text"] = page.evaluate(TOO_WIDE) + page.evaluate(CUT)
    context.close()
    assert {place: cut for place, cut in found.items() if cut} == {}


def test_words_that_are_cut_would_be_noticed(page):
    page.goto("/")
    page.add_style_tag(content="h1 { height: 5px; overflow: hidden }")
    assert len(page.evaluate(CUT)) == 1


MOVING = """
() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
  return style.scrollBehavior === "smooth" || lasts(style.transitionDuration)
    || (style.animationName !== "none" && lasts(style.animationDuration));
}).map((element) => element.localName)
"""


def test_nothing_moves_by_itself_for_who_wants_less_motion(page):
    page.emulate_media(reduced_motion="no-preference")
    page.goto("/")
    assert "html" in page.evaluate(MOVING)
    page.emulate_media(reduced_motion="reduce")
    for address in MAIN_PAGES:
        page.goto(address)
        assert (address, page.evaluate(MOVING)) == (address, [])


# The colours that carry a mark or a bar, and of what is behind them.
INK = """
() => {
  const found = [];
  const style = (element, pseudo) => getComputedStyle(element, pseudo);
  for (const mark of document.querySelectorAll(".grade")) {
    found.push(["grade", style(mark, "::before").borderTopColor]);
  }
  for (const bar of document.querySelectorAll(".bar .part")) found.push(["bar", style(bar).fill]);
  for (const rest of document.querySelectorAll(".bar .rest, .bar .before")) {
    found.push(["rest", style(rest).stroke]);
  }
  for (const mark of document.querySelectorAll(".lane circle, .lane rect")) {
    found.push(["lane", style(mark).fill]);
  }
  return [found, style(document.body).backgroundColor];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_bars_are_seen_in_colours_of_the_readers_own(page, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/companies/meta/")
    found, paper = page.evaluate(INK)
    assert {kind for kind, _colour in found} >= {"grade", "bar", "rest", "lane"}
    faint = {(kind, colour) for kind, colour in found if contrast(colour, paper) < 3}
    assert faint == set()
    # No colour of ours is left: all are the system's own.
    own = page.evaluate("getComputedStyle(document.body).color")
    assert {colour for _kind, colour in found} == {own}


def test_a_screen_reader_is_told_the_parts_of_a_page(page):
    for address in MAIN_PAGES:
        page.goto(address)
        for role in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(role)).to_have_count(1)
        expect(page.get_by_role("navigation", name="Main")).to_have_count(1)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        levels = page.locator("h1, h2, h3, h4").evaluate_all(
            "(heads) => heads.map((head) => Number(head.localName[1]))"
        )
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


# Roles that are nothing without a name, as Chromium's own tree has them.
NAMED = {"link", "button", "checkbox", "combobox", "searchbox", "textbox", "heading", "table"}
NAMED |= {"region", "navigation", "rowheader"}


@pytest.mark.parametrize("address", MAIN_PAGES)
def test_everything_that_a_screen_reader_stops_at_has_a_name(page, address):
    page.goto(address)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    named = {
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node["ignored"]
    }
    assert {role for role, name in named if role in NAMED and not name} == set()
    assert {"link", "button", "heading"} <= {role for role, name in named if name}


def test_a_screen_reader_is_told_whose_cell_tick_and_button_it_is(page):
    page.goto("/companies/")
    table = page.get_by_role("table", name="Companies and what they run on")
    expect(table.get_by_role("columnheader", name="Company")).to_have_count(1)
    row = table.get_by_role("row").filter(has=page.get_by_role("link", name="Netflix", exact=True))
    expect(row.get_by_role("rowheader", name=re.compile("^Netflix"))).to_have_count(1)
    tick = row.get_by_role("checkbox", name="Compare Netflix", exact=True)
    tick.check()
    tray = page.get_by_role("form", name="Comparison")
    expect(tray.get_by_role("status")).to_have_text("1 of 5 chosen")
    removes = tray.get_by_role("button", name="Remove Netflix from the comparison")
    expect(removes).to_have_count(1)
    page.goto("/compare/netflix-vs-spotify/")
    table = page.get_by_role("table", name="Comparison, one column per company")
    expect(table.get_by_role("columnheader", name=re.compile("^Spotify"))).to_have_count(1)
    founded = table.get_by_role("row", name=re.compile("^Founded"))
    expect(founded.get_by_role("rowheader", name="Founded")).to_have_count(1)
    expect(founded.get_by_role("cell")).to_have_count(2)
    page.goto("/companies/meta/")
    bars = page.get_by_role("table", name=re.compile("Basis.*Scope.*Source")).first
    expect(bars.get_by_role("rowheader").first).not_to_be_empty()
    expect(bars.get_by_role("columnheader").first).to_have_text("Technology")
