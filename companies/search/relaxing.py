"""A question of which nothing has all words, without those that stand in the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from companies.search import ranking
from companies.search.engine import engine
from companies.search.query import Query, Term

# Each set of words costs a question: four words have fourteen sets.
_MOST_WORDS = 4
# As many matches as it takes to tell which set finds the better ones.
_TRIED = 20


def relaxed(query: Query) -> Query | None:
    """As many of the words as anything has together; None where it has none, or is but one word.

    Words that name a company or technology stay rather than words of texts: of “discord leave go”
    “leave” goes. Of as many words those stay whose best match ranks highest.
    """
    if len(query.terms) < 2:  # noqa: PLR2004 - a question of one word has nothing to leave out
        return None
    weights = {term: _best(replace(query, terms=(term,)), 1) for term in query.terms}
    known = sorted((term for term in query.terms if weights[term]), key=lambda one: -weights[one])
    telling: list[Term] = [term for term in query.terms if term in known[:_MOST_WORDS]]
    for size in range(min(len(telling), len(query.terms) - 1), 0, -1):
        fewer = [replace(query, terms=kept) for kept in combinations(telling, size)]
        scored = [(_best(one, _TRIED), one) for one in fewer]
        score, best = max(scored, key=lambda pair: pair[0])
        if score:
            return best
    return None


def _best(query: Query, limit: int) -> float:
    return ranking.best(engine().find(query, limit).matches, query)
