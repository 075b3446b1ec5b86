"""What a first visit costs: requests, bytes and things that move. Measured at the site as it is in
production, since only there the files are compressed."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.served_site import served_site

PAGES = ["/", "/companies/netflix/", "/compare/netflix-vs-spotify/"]
# Besides the page itself: its stylesheet, its script and the icon.
MOST_REQUESTS = 3
MOST_BYTES = 60_000

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName);
    window.shifts.push([entry.value, ...moved]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served_site() as url:
        yield url


@pytest.fixture
def context(browser, address):
    context = browser.new_context(base_url=address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def visit(page):
    """Opens a page and waits until all has come that it asks for. Gives the requests by address:
    type, and bytes on the line."""
    found = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def asked(event):
        url = event["request"]["url"]
        found[event["requestId"]] = {"url": url, "type": event.get("type"), "bytes": None}

    def finished(event):
        found[event["requestId"]]["bytes"] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)

    def visit(path):
        page.goto(path, wait_until="networkidle")
        return list(found.values())

    return visit


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_needs_few_requests_and_bytes_and_no_font(page, visit, path):
    requests = visit(path)
    assert requests[0]["type"] == "Document"
    # A Chromium without a window may leave the icon out, which has to be counted all the same.
    icon = page.locator("link[rel=icon]").evaluate("(link) => link.href")
    others = {request["url"] for request in requests[1:]} | {icon}
    assert len(others) <= MOST_REQUESTS, others
    assert all(request["bytes"] for request in requests)
    assert sum(request["bytes"] for request in requests) < MOST_BYTES
    assert {request["type"] for request in requests} <= {
        "Document",
        "Stylesheet",
        "Script",
        "Image",
        "Other",
    }
    assert page.evaluate("document.fonts.size") == 0


def test_the_one_module_suggests_keeps_the_tray_and_folds(page, visit):
    """It is made of several when it is collected, which have to work in one scope as well."""
    modules = {request["url"] for request in visit("/") if request["type"] == "Script"}
    assert [re.sub(r"public\.\w{12}\.js$", "public.js", url) for url in modules] == [
        f"{page.url}static/js/public.js"
    ]
    page.get_by_role("combobox").press_sequentially("netf")
    page.get_by_role("option", name="Netflix").click()
    expect(page).to_have_url(re.compile("/companies/netflix/$"))
    tray = page.get_by_role("form", name="Comparison")
    expect(tray).to_be_hidden()
    page.get_by_role("main").locator("button[data-add]").click()
    expect(tray.get_by_role("listitem")).to_have_count(1)
    page.goto("/compare/netflix-vs-spotify/")
    page.get_by_role("link", name="Fold all").click()
    expect(page.locator("tbody:not(.folded)")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"folded="))


@pytest.mark.parametrize("words", ["a" * 10_000, "😀" * 10_000])
def test_a_question_of_ten_thousand_signs_is_refused_in_the_sites_own_words(page, words):
    # By the server too, which has a limit of its own on addresses.
    response = page.goto(f"/search/?q={quote(words)}")
    assert response.status == 400
    expect(page.get_by_text("at most 200 characters")).to_be_visible()
    answer = page.request.get(f"/api/v1/search?q={quote(words)}")
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_moves_while_a_page_comes(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
        assert (path, page.evaluate("window.shifts")) == (path, [])


def test_a_page_that_moves_would_be_noticed(page):
    page.add_init_script(SHIFTS)
    page.goto("/", wait_until="networkidle")
    page.evaluate(
        """() => new Promise((done) => {
          document.querySelector("main").before(document.querySelector("footer"));
          requestAnimationFrame(() => setTimeout(done, 100));
        })"""
    )
    assert page.evaluate("window.shifts.length") > 0
