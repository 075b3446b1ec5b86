"""The order of what was found, the same whatever found it.

A word in a name weighs more than one in what an entry is tied to, and that more than one in a text.
A short name that has it weighs more than a long one, and a company or technology that is called so
most of all. Equals keep their order: companies, technologies, claims; of claims the newest first.
"""

from __future__ import annotations

from collections.abc import Iterable

from companies.models import Subject
from companies.search.engine import Match
from companies.search.marks import Facet, mark
from companies.search.query import Query, Term
from companies.search.rowids import documents_of

IN_NAME, IN_LINKS, IN_TEXT = 10.0, 3.0, 1.0
# For companies and technologies, whose names are what most people type.
CALLED_SO, BEGINS_SO = 10.0, 10.0
_YEAR = mark(Facet.YEAR, "")
_FIRST_CLAIM, _ = documents_of(Subject.CLAIM)


def ranked(matches: Iterable[Match], query: Query) -> list[Match]:
    asked = _asked(query)
    return sorted(matches, key=lambda match: _key(match, query.terms, asked))


def best(matches: Iterable[Match], query: Query) -> float:
    """How well the best of the matches has the words; 0 where there is none."""
    asked = _asked(query)
    return max((_score(match, query.terms, asked) for match in matches), default=0.0)


def place(match: Match, query: Query) -> tuple[float, int, int]:
    """By which it stands where it does, whatever else was found; no two have the same."""
    return _key(match, query.terms, _asked(query))


def _asked(query: Query) -> list[str]:
    return [stem for term in query.terms for stem in term.stems]


def _key(match: Match, terms: tuple[Term, ...], asked: list[str]) -> tuple[float, int, int]:
    score = _score(match, terms, asked) if terms else 0.0
    if match.rowid < _FIRST_CLAIM:
        return -score, -1, match.rowid
    # The newest year first, whatever year it is now.
    return -score, 10_000 - _year(match.marks), match.rowid


def _score(match: Match, terms: tuple[Term, ...], asked: list[str]) -> float:
    names = match.names.split()
    links = match.links.split()
    score = sum(_of_term(term, names, links) for term in terms)
    if match.rowid >= _FIRST_CLAIM or not all(_has(names, term) for term in terms):
        return score
    return score + CALLED_SO + (BEGINS_SO if names[: len(asked)] == asked else 0.0)


def _of_term(term: Term, names: list[str], links: list[str]) -> float:
    if _has(names, term):
        return IN_NAME / (1 + len(names) / 10)
    return IN_LINKS if _has(links, term) else IN_TEXT


def _has(words: list[str], term: Term) -> bool:
    if not all(stem in words for stem in term.stems):
        return term.is_beginning and any(word.startswith(term.folded[-1]) for word in words)
    return True


def _year(marks: str) -> int:
    at = marks.find(_YEAR)
    return int(marks[at + len(_YEAR) :].split(" ", 1)[0]) if at >= 0 else 0
