"""A chart as a picture, by itself and on other people's pages, light and dark."""

import io
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image

pytestmark = pytest.mark.django_db

CHART = "/companies/meta/codebase.svg"
LIGHT, DARK = (255, 255, 255), (27, 31, 35)
# Inside the frame of the drawing, where there is no word.
PAPER = (10, 60)


def paper(shot):
    return Image.open(io.BytesIO(shot)).convert("RGB").getpixel(PAPER)


def test_a_chart_opened_by_itself_keeps_to_its_policy_and_is_styled(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(CHART)
    assert paper(page.screenshot()) == LIGHT
    page.emulate_media(color_scheme="dark")
    assert paper(page.screenshot()) == DARK
    assert complaints == []


@pytest.mark.parametrize(("scheme", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_a_chart_on_another_page_follows_the_scheme_of_its_reader(
    page, catalogue_server, scheme, colour
):
    page.emulate_media(color_scheme=scheme)
    page.set_content(
        '<meta name="color-scheme" content="light dark">'
        f'<img src="{catalogue_server}{CHART}" width="640" alt="">'
    )
    picture = page.locator("img")
    page.wait_for_function("document.querySelector('img').complete")
    assert picture.evaluate("(img) => img.naturalWidth") == 640
    assert paper(picture.screenshot()) == colour


# ------------------------------------------------------------------------------ a comparison

FRAME = "/compare/meta-vs-quora-vs-spotify/embed/"


class Blog(BaseHTTPRequestHandler):
    """Somebody else's page: on another port of this machine, since a browser refuses a page from
    anywhere else to look in here."""

    def __init__(self, frame: str, *args: object) -> None:
        self.frame = frame
        super().__init__(*args)

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        body = (
            '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
            f'<iframe src="{self.frame}" width="100%" height="600" title="A comparison"></iframe>'
        )
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def blog(catalogue_server) -> Iterator[str]:
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Blog, f"{catalogue_server}{FRAME}")
    ) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("scheme", "colour"), [("light", (251, 250, 247)), ("dark", (20, 23, 26))])
def test_a_comparison_in_the_frame_of_another_page_keeps_its_head_and_origin_in_sight(
    page, blog, scheme, colour
):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.emulate_media(color_scheme=scheme)
    page.goto(blog)
    frame = page.frame_locator("iframe")
    last = frame.locator("tbody tr").last
    last.scroll_into_view_if_needed()
    for part in (last, frame.get_by_role("columnheader", name="Quora"), frame.locator("footer a")):
        box, around = part.bounding_box(), page.locator("iframe").bounding_box()
        assert around["y"] <= box["y"] < around["y"] + around["height"]
    shot = page.locator("iframe").screenshot()
    assert Image.open(io.BytesIO(shot)).convert("RGB").getpixel((6, 300)) == colour
    assert page.context.cookies() == []
    assert complaints == []


def test_what_is_opened_in_the_frame_leaves_it_and_hands_nothing_over(page, blog):
    page.goto(blog)
    frame = page.frame_locator("iframe")
    for link in (frame.locator("footer a"), frame.locator(".entry a[href^='/claims/']").first):
        with page.expect_popup() as opened:
            link.click()
        opened.value.wait_for_load_state()
        assert opened.value.evaluate("window.opener") is None
        assert opened.value.locator("h1").count() == 1
        opened.value.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_a_frame_never_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(FRAME)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
