"""How a picture is taken and kept."""

from __future__ import annotations

import sys
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from tests.process import ROOT

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64
WIDTH, HEIGHT = 1100, 760


def take(page: Page, name: str) -> None:
    """The top of the page, in few colours: a picture of text needs no more."""
    page.evaluate("scrollTo(0, 0)")
    picture = Image.open(BytesIO(page.screenshot()))
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB\n")
