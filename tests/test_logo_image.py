from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from companies import logo_image


def picture(format: str, size: tuple[int, int] = (600, 300), mode: str = "RGB") -> io.BytesIO:
    file = io.BytesIO()
    Image.new(mode, size, "teal").save(file, format)
    file.seek(0)
    return file


def refused(content: bytes, size: int | None = None) -> str | None:
    with pytest.raises(ValidationError) as refusal:
        logo_image.to_png(io.BytesIO(content), len(content) if size is None else size)
    return refusal.value.code


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_to_png_makes_a_small_png_of_every_accepted_format(format: str) -> None:
    png = logo_image.to_png(picture(format), 1000)
    with Image.open(io.BytesIO(png)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (256, 128))


def test_to_png_leaves_behind_what_the_file_carried_beside_the_picture() -> None:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    file.seek(0)
    assert b"a secret place" in file.getvalue()
    png = logo_image.to_png(file, 1000)
    assert b"secret" not in png
    assert b"script" not in png


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture("PNG").getvalue()[:60],
        picture("BMP").getvalue(),
    ],
)
def test_to_png_refuses_what_is_no_picture_of_an_accepted_format(content: bytes) -> None:
    assert refused(content) == "unreadable"


def test_to_png_refuses_a_file_over_two_megabytes_unread() -> None:
    assert refused(picture("PNG").getvalue(), size=2 * 1024 * 1024 + 1) == "too_large"


def test_to_png_refuses_a_small_file_that_unpacks_to_many_pixels() -> None:
    assert refused(picture("PNG", (5000, 4000), "1").getvalue()) == "too_large"


def test_to_png_refuses_a_decompression_bomb() -> None:
    assert refused(picture("PNG", (20_000, 10_000), "1").getvalue()) == "unreadable"
