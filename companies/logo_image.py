"""What an editor uploads as a logo, made into a small PNG that is ours from the first byte."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError

LARGEST_UPLOAD = 2 * 1024 * 1024
# Twice what pages show, for screens with small pixels.
SIDE = 256
# A picture of few bytes can unpack to gigabytes.
_LARGEST_PIXELS = 4096 * 4096
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def to_png(upload: BinaryIO, size: int) -> bytes:
    """A PNG of at most 256 × 256 pixels, without anything else the file carried.

    Reads PNG, JPEG, WebP and GIF; SVG is refused, because it can carry script. Raises
    ValidationError in words for an editor.
    """
    if size > LARGEST_UPLOAD:
        raise ValidationError("This file is larger than 2 MB.", code="too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=_FORMATS) as picture:
                if picture.width * picture.height > _LARGEST_PIXELS:
                    raise ValidationError("This picture has too many pixels.", code="too_large")
                drawn = picture.convert("RGBA")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
    ) as error:
        raise ValidationError(
            "This is not a picture that can be read: use PNG, JPEG, WebP or GIF.", code="unreadable"
        ) from error
    drawn.thumbnail((SIDE, SIDE))
    png = io.BytesIO()
    drawn.save(png, "PNG", optimize=True)
    return png.getvalue()
