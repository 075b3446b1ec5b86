import io

import pytest
from PIL import Image

from companies.charts.lettering import Font
from companies.charts.raster import png

TEXT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50">'
    '<rect width="200" height="50" fill="#fff"/>'
    '<text x="5" y="35" font-size="30" font-family="{family}">{words}</text></svg>'
)


def ink(data):
    """How many pixels are not white."""
    picture = Image.open(io.BytesIO(data)).convert("L")
    return sum(picture.histogram()[:200])


def test_a_drawing_becomes_a_png_of_its_size():
    picture = Image.open(io.BytesIO(png(TEXT.format(family="serif", words=""))))
    assert (picture.format, picture.size) == ("PNG", (200, 50))


@pytest.mark.parametrize("family", [*(f"'{font}'" for font in Font), "serif", "unknown"])
@pytest.mark.parametrize("words", ["Netflix", "Ελλάδα", "Привет"])
def test_words_leave_ink_without_a_font_of_the_machine(family, words):
    assert ink(png(TEXT.format(family=family, words=words))) > 200


def test_the_two_fonts_differ():
    sans, serif = (png(TEXT.format(family=f"'{font}'", words="Rag")) for font in Font)
    assert sans != serif


@pytest.mark.parametrize("words", ["株式会社", "شركة", "🚀"])
def test_other_scripts_leave_ink_whatever_the_machine_has(words):
    assert ink(png(TEXT.format(family="serif", words=words))) > 50
