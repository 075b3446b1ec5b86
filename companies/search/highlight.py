"""Which words of a text were found, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from companies.search.query import Query
from companies.search.words import Word, words

# Characters of a long text that are shown around its first match.
_BEFORE, _AROUND = 70, 260


class Piece(NamedTuple):
    text: str
    is_match: bool = False


class Highlighter:
    def __init__(self, query: Query) -> None:
        self._stems = {stem for term in query.terms for stem in term.stems}
        self._beginnings = tuple(term.folded[-1] for term in query.terms if term.is_beginning)

    def pieces(self, text: str) -> list[Piece]:
        """The text in pieces, those that were found marked; none at all if nothing was."""
        found = list(self._found(text))
        return list(_parted(text, found)) if found else []

    def excerpt(self, text: str) -> list[Piece]:
        """The same of a part of a long text, around what was found first."""
        found = list(self._found(text))
        if not found:
            return []
        start = _at_blank(text, max(found[0].start - _BEFORE, 0))
        end = len(text) if len(text) - start <= _AROUND else _at_blank(text, start + _AROUND)
        end = max(end, found[0].end)
        pieces = list(_parted(text, [word for word in found if word.end <= end], start, end))
        before = [Piece("… ")] if start else []
        return [*before, *pieces, *([Piece(" …")] if end < len(text) else [])]

    def _found(self, text: str) -> Iterator[Word]:
        for word in words(text):
            is_whole = not self._stems.isdisjoint((word.stem, *word.others))
            if is_whole or (self._beginnings and word.folded.startswith(self._beginnings)):
                yield word


def _at_blank(text: str, at: int) -> int:
    """Not in the middle of a word: the place behind the last blank before."""
    return text.rfind(" ", 0, at) + 1 if at else 0


def _parted(text: str, found: list[Word], at: int = 0, end: int | None = None) -> Iterator[Piece]:
    for word in found:
        if word.start > at:
            yield Piece(text[at : word.start])
        yield Piece(text[word.start : word.end], is_match=True)
        at = word.end
    if rest := text[at:end].rstrip():
        yield Piece(rest)
