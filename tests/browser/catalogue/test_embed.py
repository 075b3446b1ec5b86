"""A chart as a picture, by itself and on other people's pages, light and dark."""

import io

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
