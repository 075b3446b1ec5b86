"""Which name somebody may have meant: words that nothing has, held against words of names."""

from __future__ import annotations

from dataclasses import replace

from companies.search.engine import engine
from companies.search.query import Query, Term
from companies.search.words import similarity, stem

# Candidates of the engine that are compared letter by letter.
_CANDIDATES = 40
_SHORTEST = 3
# Wrong letters that a word of so many letters may have.
_LONG, _FEW, _MANY = 6, 1, 2
# Each word costs questions.
_MOST_WORDS = 4


def corrected(query: Query) -> Query | None:
    """The query with words of names for those that nothing has; None where there is none like it.

    A phrase is left as it is: whoever quotes it means just that.
    """
    terms, changed = [], 0
    for term in query.terms:
        better = _better(term) if changed < _MOST_WORDS else None
        terms.append(better or term)
        changed += better is not None
    return replace(query, terms=tuple(terms)) if changed else None


def in_words(query: Query) -> str:
    """A query as somebody could have typed it."""
    return " ".join(
        f'"{" ".join(term.folded)}"' if len(term.folded) > 1 else term.folded[0]
        for term in query.terms
    )


def _better(term: Term) -> Term | None:
    if len(term.folded) > 1 or len(term.folded[0]) < _SHORTEST:
        return None
    if engine().has(Query((term,))):
        return None
    word = _closest(term.folded[0])
    return Term((stem(word),), (word,)) if word else None


def _closest(word: str) -> str | None:
    candidates = {
        other
        for found in engine().names_like(word, _CANDIDATES)
        for other in found.words.split()
        if len(other) >= _SHORTEST
    }
    allowed = _MANY if len(word) >= _LONG else _FEW
    close = [(distance(word, other), other) for other in candidates]
    best = min(
        (one for one in close if one[0] <= allowed),
        key=lambda one: (one[0], -similarity(word, one[1]), one[1]),
        default=None,
    )
    return best[1] if best else None


def distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong, or have changed places with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, sign in enumerate(other, 1):
            steps = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != sign))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == sign:
                steps = min(steps, before[column - 2] + 1)
            line.append(steps)
        before, last = last, line
    return last[-1]
