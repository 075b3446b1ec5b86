"""How wide words are in the fonts that pictures are drawn with, and where to break or cut them.

The fonts hold Latin, Greek and Cyrillic. Whatever else a name is written in is drawn with a font of
the machine's, if it has one, and otherwise as empty boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from PIL import ImageFont

# Measured once at this size; widths grow with the size.
_MEASURED_AT = 100
_ELLIPSIS = "…"
# The last letter of the Cyrillic block, then where further letters and signs begin and end.
_LAST_COMMON_LETTER, _FIRST_SIGN, _LAST_SIGN = "\u052f", "\u1e00", "\u22ff"


class Font(StrEnum):
    """By the name that a drawing calls it."""

    SANS = "Inter"
    SERIF = "Source Serif 4"

    @property
    def file(self) -> Path:
        return Path(settings.BASE_DIR) / "static" / "vendor" / _FILES[self]


_FILES = {
    Font.SANS: "inter/Inter_400Regular.ttf",
    Font.SERIF: "source-serif-4/SourceSerif4_600SemiBold.ttf",
}


class Fitted(NamedTuple):
    size: int
    lines: list[str]


def printable(text: str) -> str:
    """In one line, and without the characters that no XML document may hold."""
    spaced = " ".join(text.split())
    return "".join(sign for sign in spaced if sign == " " or sign.isprintable())


def is_covered(text: str) -> bool:
    """Whether the fonts hold (nearly) all of it."""
    return all(sign <= _LAST_COMMON_LETTER or _FIRST_SIGN <= sign <= _LAST_SIGN for sign in text)


def width(words: str, size: int, font: Font = Font.SANS) -> float:
    """In the units of the drawing. A sign of Chinese, Japanese or Korean is as wide as high."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    narrow = "".join(sign for sign in words if unicodedata.east_asian_width(sign) not in "WF")
    return (_typeface(font).getlength(narrow) / _MEASURED_AT + wide) * size


def cut(words: str, size: int, room: float, font: Font = Font.SANS) -> str:
    """The words, or as many of their letters as fit before an ellipsis."""
    if width(words, size, font) <= room:
        return words
    kept = words
    while kept and width(f"{kept}{_ELLIPSIS}", size, font) > room:
        kept = kept[:-1].rstrip()
    return f"{kept}{_ELLIPSIS}"


def wrap(words: str, size: int, room: float, most: int, font: Font = Font.SANS) -> list[str]:
    """In at most so many lines, broken between words; what doesn't fit ends in an ellipsis."""
    lines: list[str] = []
    left = words.split()
    while left and len(lines) < most - 1:
        line = left.pop(0)
        while left and width(f"{line} {left[0]}", size, font) <= room:
            line += f" {left.pop(0)}"
        if width(line, size, font) > room:
            # A single word too long for a line goes on in the next.
            kept = _head(line, size, room, font)
            left.insert(0, line[len(kept) :])
            line = kept
        lines.append(line)
    if left:
        lines.append(_last_line(" ".join(left), size, room, font))
    return lines


def fit(words: str, sizes: Sequence[int], room: float, most: int, font: Font) -> Fitted:
    """In the largest of the sizes at which no word is broken or cut, or else in the smallest.

    One line in a smaller size is better than two in a larger one only down to the middle size.
    """
    for lines, allowed in ((1, sizes[: len(sizes) // 2 + 1]), (most, sizes)):
        for size in allowed:
            found = wrap(words, size, room, lines, font)
            if " ".join(found) == words:
                return Fitted(size, found)
    return Fitted(sizes[-1], wrap(words, sizes[-1], room, most, font))


def _last_line(words: str, size: int, room: float, font: Font) -> str:
    """Cut between words if more than half of the line is left so."""
    line = cut(words, size, room, font)
    if line == words:
        return line
    whole = line.removesuffix(_ELLIPSIS)
    if words[len(whole)] != " " and " " in whole:
        before = whole.rpartition(" ")[0].rstrip(",;:–—( ")
        if width(before, size, font) > room / 2:
            whole = before
    return f"{whole}{_ELLIPSIS}"


def _head(word: str, size: int, room: float, font: Font) -> str:
    kept = len(word)
    while kept > 1 and width(word[:kept], size, font) > room:
        kept -= 1
    return word[:kept]


@cache
def _typeface(font: Font) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.file, _MEASURED_AT)
