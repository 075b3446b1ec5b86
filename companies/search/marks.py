"""Single words that say what a document is, so that a search is narrowed by its own index.

A word of a text has no low line, so that no text can claim to be one of these:

    _python              the word is in the name or among what the entry is tied to
    _kind_quote  _technology_12  _domain_3  _industry_4d65…  _evidence_primary  _year_2016
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

# Bytes of an industry, whose digits are a word. No column is as long, and no word of PostgreSQL's
# longer.
_LONGEST = 1000
_PLAIN = re.compile("[a-z0-9_]{0,80}")


class Facet(StrEnum):
    """What a search can be narrowed by; each value is the parameter in the address."""

    KIND = "kind"
    TECHNOLOGY = "technology"
    DOMAIN = "domain"
    INDUSTRY = "industry"
    EVIDENCE = "evidence"
    YEAR = "year"


def mark(facet: Facet, value: object) -> str:
    """Technologies and domains by their id; an industry, which may be any text, in digits.

    Whatever else somebody asks for becomes a word that no document has, instead of an error.
    """
    word = str(value)
    if facet == Facet.INDUSTRY or not _PLAIN.fullmatch(word):
        # Halves of a pair of characters, which nothing stored has, may be asked for.
        digits = word.encode(errors="surrogatepass")[:_LONGEST].hex()
        word = digits if facet == Facet.INDUSTRY else f"x{digits}"
    return f"_{facet}_{word}"


def head_mark(stem: str) -> str:
    return f"_{stem}"


def read(marks: str) -> dict[Facet, list[str]]:
    """The values of each facet, from all marks of a document."""
    found: dict[Facet, list[str]] = {}
    for one in facet_marks(marks):
        facet, value = value_of(one)
        found.setdefault(facet, []).append(value)
    return found


def facet_marks(marks: str) -> Iterator[str]:
    """Those that words may be narrowed by, which stand before those of the words."""
    for one in marks.split():
        if one.find("_", 1) < 0:
            return
        yield one


def value_of(mark: str) -> tuple[Facet, str]:
    _, facet, value = mark.split("_", 2)
    if facet == Facet.INDUSTRY:
        value = bytes.fromhex(value).decode(errors="surrogatepass")
    return Facet(facet), value
