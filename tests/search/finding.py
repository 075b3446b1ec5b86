"""What a visitor finds, for the tests of what the search is kept in."""

from companies.search import Facet
from companies.search.lookup import look_up
from companies.search.rowids import entry


def found(text, **narrowed):
    """The entries with all of the words, as subject and id; nothing found by other words."""
    results = look_up(text, {Facet(facet): value for facet, value in narrowed.items()})
    return set() if results.corrected else {entry(match.rowid) for match in results.matches}
