"""What stands for a company that has no logo: one or two letters on one of a few colours."""

from __future__ import annotations

import re
import unicodedata
import zlib

# How many classes `monogram-0`, `monogram-1` … the stylesheet has a colour for.
COLOURS = 12

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_WORDS = re.compile(r"[^\W_]+")
# Where a capital begins a new word within one, as in PayPal.
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


def initials(name: str) -> str:
    """The first letters of two words, or the first two of one: `JC`, `PP`, `Ne`, `37`.

    What stands in brackets is another name and doesn't count. A name of signs alone keeps its
    first one; an empty name has none.
    """
    composed = unicodedata.normalize("NFC", name)
    words = _WORDS.findall(_IN_BRACKETS.sub(" ", composed)) or _WORDS.findall(composed)
    if not words:
        return composed.strip()[:1]
    parts = words if len(words) > 1 else _HUMP.split(words[0])
    if len(parts) > 1:
        return "".join(part[0].upper() for part in parts[:2])
    return parts[0][:1].upper() + parts[0][1:2]


def colour(slug: str) -> int:
    """The same number for the same slug on every machine and in every year."""
    return zlib.crc32(slug.encode()) % COLOURS
