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


def leading_classes(path):
    """The classes that selectors of a stylesheet begin with."""
    words = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    selectors = ",".join(re.findall(r"([^{};]+)\{", words)).split(",")
    return {found[0] for text in selectors if (found := re.match(r"\.[\w-]+", text.strip()))}


def test_two_parts_of_the_public_stylesheet_mean_different_things_by_their_classes():
    """All parts are on every page: a class of one page's own would restyle another page's."""
    parts = [path for path in PUBLIC if path.stem not in ("public", "site", "tokens")]
    found = [(name, path.stem) for path in parts for name in leading_classes(path)]
    names = [name for name, _part in found]
    assert sorted({pair for pair in found if names.count(pair[0]) > 1}) == []
