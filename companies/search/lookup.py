"""One search: what was found, in its order, and how it divides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from companies.search import relaxing, spelling
from companies.search.engine import Found, Match, engine
from companies.search.marks import Facet, facet_marks, mark, value_of
from companies.search.query import Query, parse
from companies.search.ranking import ranked

# As many are put in order and counted; a common word of a large catalogue is in far more.
LIMIT = 1000


@dataclass(frozen=True)
class Results:
    """`matches` are the best first, at most LIMIT; `is_cut` tells that there are more."""

    query: Query
    matches: list[Match]
    is_cut: bool = False
    # What was looked for instead: with words of names for misspelt ones, and of a question that
    # nothing has all words of, as many as anything has.
    corrected: str = ""
    # Nothing has the last word, but these have words that begin with it.
    is_beginning: bool = False

    def counts(self) -> dict[Facet, list[tuple[str, int]]]:
        """Of each facet, the values and how many matches have them, the most frequent first."""
        counted = Counter(one for match in self.matches for one in facet_marks(match.marks))
        found: dict[Facet, list[tuple[str, int]]] = {facet: [] for facet in Facet}
        # By value, so that equals stand in the same order each time.
        for one, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            facet, value = value_of(one)
            found[facet].append((value, count))
        return found


def look_up(text: str, narrowed: Mapping[Facet, object]) -> Results:
    """What has all words of the text and is what it is narrowed to.

    A few queries, whatever the text: one or two, and more only where nothing is found.
    """
    query = parse(text, tuple(mark(facet, value) for facet, value in narrowed.items()))
    # A text of signs only asks for something, which nothing has.
    if query.is_empty or (text.strip() and not query.terms):
        return Results(query, [])
    found = engine().find(query, LIMIT)
    if found.matches or not query.terms:
        return _results(query, found)
    beginning = query.as_beginning
    begun = engine().find(beginning, LIMIT)
    if begun.matches:
        return _results(beginning, begun, is_beginning=True)
    better = spelling.corrected(query)
    if better:
        meant = engine().find(better, LIMIT)
        if meant.matches:
            return _results(better, meant, corrected=spelling.in_words(better))
    if fewer := relaxing.relaxed(better or query):
        found = engine().find(fewer, LIMIT)
        return _results(fewer, found, corrected=spelling.in_words(fewer))
    return Results(query, [])


def _results(
    query: Query, found: Found, *, corrected: str = "", is_beginning: bool = False
) -> Results:
    matches = ranked(found.matches, query)
    return Results(query, matches, found.is_cut, corrected, is_beginning)
