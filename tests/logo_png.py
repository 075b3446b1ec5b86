"""Pictures as the site stores them."""

import io

from PIL import Image

from companies.logo_image import to_png


def picture(colour: str = "teal", format: str = "PNG", side: int = 8) -> bytes:
    """As somebody has it."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(file, format)
    return file.getvalue()


def logo_png(colour: str = "teal") -> bytes:
    """As a logo is stored."""
    upload = picture(colour)
    return to_png(io.BytesIO(upload), len(upload))
