import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static", "css")
# Sides of the page, which are others where one writes from right to left.
SIDES = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right)|(?<!-)(left|right)|"
    r"(text-align|float|clear):\s*(left|right))\b\s*[:;]?"
)
PUBLIC = [path for path in sorted(CSS.glob("*.css")) if path.stem not in ("admin", "desk")]


def test_dark_is_the_same_by_choice_and_by_system():
    words = (CSS / "tokens.css").read_text()
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', words, re.DOTALL)[1]
    chosen = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', words, re.DOTALL)[1]
    assert system.split() == chosen.replace("color-scheme: dark;", "").split()
    light = re.search(r":root \{(.*?)\}", words, re.DOTALL)[1]
    assert {*re.findall(r"--[\w-]+", system)} == {*re.findall(r"(--[\w-]+): #", light)}


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_styles_name_no_side_of_the_page(path):
    words = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert [found[0] for found in SIDES.finditer(words)] == []
