"""What somebody typed, as the words to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from companies.search.words import STOP_WORDS, words

MOST_TERMS = 12
_QUOTED = re.compile('["“”„]([^"“”„]*)["“”„]')


@dataclass(frozen=True)
class Term:
    """One word, or several that stand one after another because they were typed in quotes."""

    stems: tuple[str, ...]
    folded: tuple[str, ...]
    # Whether the word may go on, as in what somebody is still typing.
    is_beginning: bool = False


@dataclass(frozen=True)
class Query:
    """All of the terms have to be there; each mark as well, see `companies.search.marks`."""

    terms: tuple[Term, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.marks

    @property
    def as_beginning(self) -> Query:
        """The same with a last word that may go on."""
        last = self.terms[-1]
        return replace(self, terms=(*self.terms[:-1], replace(last, is_beginning=True)))


def parse(text: str, marks: tuple[str, ...] = ()) -> Query:
    """Any text is a question: signs only part words, and no sign or word is an operator.

    Words that are in every other sentence are left out, unless there is nothing else.
    """
    found = list(dict.fromkeys(_terms(text)))
    telling = [term for term in found if len(term.stems) > 1 or term.folded[0] not in STOP_WORDS]
    return Query(tuple((telling or found)[:MOST_TERMS]), marks)


def _terms(text: str) -> Iterator[Term]:
    at = 0
    for quoted in _QUOTED.finditer(text):
        yield from _single(text[at : quoted.start()])
        phrase = list(words(quoted[1]))[:MOST_TERMS]
        if phrase:
            yield Term(tuple(word.stem for word in phrase), tuple(word.folded for word in phrase))
        at = quoted.end()
    yield from _single(text[at:])


def _single(text: str) -> Iterator[Term]:
    for word in words(text):
        yield Term((word.stem,), (word.folded,))
