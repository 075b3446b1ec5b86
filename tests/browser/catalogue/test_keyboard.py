"""Done with the keys Tab, Space and Enter alone, and seen while it is done."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue.addresses import SMALL_PAGES
from tests.browser.catalogue.contrast import contrast

pytestmark = pytest.mark.django_db

# More stops than any page has that is walked through here.
PATIENCE = 300


@pytest.fixture
def options():
    # Scrolling is done at once, and needs no waiting for.
    return {"reduced_motion": "reduce"}


# Whether the element that has the focus can be seen: not beneath something that sticks, and ringed.
SEEN = """
() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  // Of what is taller than the window, the part within it.
  const boxes = [...element.getClientRects()].map((box) => ({
    left: Math.max(box.left, 0),
    right: Math.min(box.right, innerWidth),
    top: Math.max(box.top, 0),
    bottom: Math.min(box.bottom, innerHeight),
  }));
  const parts = [0.1, 0.3, 0.5, 0.7, 0.9];
  const isOnTop = boxes.some((box) => parts.some((x) => parts.some((y) => {
    const left = box.left + x * (box.right - box.left);
    const top = box.top + y * (box.bottom - box.top);
    return element.contains(document.elementFromPoint(left, top));
  })));
  const isRinged = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { isOnTop, isRinged, element: element.outerHTML.slice(0, 120) };
}
"""


def walk_to(page, target):
    """Presses Tab until `target` has the focus, which has to be seen at every stop."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        assert seen["isOnTop"], seen
        assert seen["isRinged"], seen
        if target.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"{PATIENCE} times Tab did not lead to {target}.")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
def test_from_the_choice_over_the_comparison_to_the_evidence(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/compare/?q=i")
    for name in ("Netflix", "Spotify"):
        walk_to(page, page.get_by_role("checkbox", name=re.compile(f"^{name} ")))
        page.keyboard.press("Space")
    walk_to(page, page.get_by_role("button", name="Compare", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/compare/netflix-vs-spotify/$"))
    claims = page.get_by_role("region", name="Comparison").locator("a[href^='/claims/']")
    walk_to(page, claims.first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claims/[a-z0-9-]+/$"))
    title = page.get_by_role("heading", level=1).inner_text()
    walk_to(page, page.get_by_role("main").locator("a[href^='/sources/']").first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sources/[a-z0-9-]+/$"))
    expect(page.get_by_text(title).first).to_be_visible()


def test_the_skip_link_leads_past_the_masthead_on_every_kind_of_page(page):
    for name, address in SMALL_PAGES.items():
        # Editors have a link of Django's, and the frame has nothing to skip.
        if "/admin/" in address or "/embed/" in address:
            continue
        page.goto(address)
        if page.locator("[autofocus]").count():
            # What has to be mended has the focus already.
            continue
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert (name, skip.inner_text()) == (name, "Skip to the content")
        assert page.evaluate(SEEN)["isOnTop"], name
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        page.keyboard.press("Tab")
        landed = "document.activeElement.closest('header.masthead') === null"
        assert page.evaluate(landed), name


# One element of each kind that can have the focus, with how it looks before and then.
RINGS = """
() => {
  const look = (element) => {
    const style = getComputedStyle(element);
    const { outlineStyle: ring, outlineWidth, outlineColor: colour } = style;
    return { ring, width: parseFloat(outlineWidth), colour };
  };
  const every = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']";
  const kinds = new Map();
  for (const element of document.querySelectorAll(every)) {
    if (!element.checkVisibility() || element.disabled) continue;
    const { localName, type, className, parentElement } = element;
    const kind = [localName, type, className, parentElement.className].join(" ");
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  return [...kinds].map(([kind, element]) => {
    document.activeElement.blur();
    const before = look(element);
    element.focus();
    return { kind, before, after: look(element), hasFocus: element === document.activeElement };
  });
}
"""
# The profile is one that offers code to embed its chart, which folds.
WITH_CONTROLS = [
    *(SMALL_PAGES[name] for name in ("companies", "choice for comparison", "comparison of two")),
    "/companies/meta/",
]


@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced colours"],
)
def test_every_kind_of_control_is_ringed_when_it_has_the_focus(page, media):
    page.emulate_media(**media)
    kinds = set()
    for address in WITH_CONTROLS:
        page.goto(address)
        page.keyboard.press("Tab")  # tells the browser that a keyboard is used
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        for control in page.evaluate(RINGS):
            after = control["after"]
            assert control["hasFocus"], control
            assert control["before"]["ring"] == "none", control
            assert after["ring"] != "none", control
            assert after["width"] >= 2, control
            assert contrast(after["colour"], paper) >= 3, control
            kinds.add(control["kind"].split(" ")[0])
    assert {"a", "button", "input", "select", "summary", "div"} <= kinds


def test_a_control_without_a_ring_would_be_noticed(page):
    page.goto("/")
    page.evaluate(
        "document.styleSheets[0].cssRules[0].styleSheet"
        ".insertRule('a:focus-visible { outline: none !important }', 0)"
    )
    page.keyboard.press("Tab")
    assert not page.evaluate(SEEN)["isRinged"]
