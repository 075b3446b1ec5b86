"""Finding companies, technologies and claims (docs/decisions/0018-own-search-table.md)."""

from companies.search.changes import Change, follow, following, forget
from companies.search.facets import KINDS, Address, Division, divided, offered
from companies.search.hits import Hit, hits, load
from companies.search.index import differing, is_complete, rebuild
from companies.search.lookup import LIMIT, Results, look_up
from companies.search.marks import Facet
from companies.search.query import MOST_TERMS
from companies.search.suggestion import Suggestion, suggestions

__all__ = [
    "KINDS",
    "LIMIT",
    "MOST_TERMS",
    "Address",
    "Change",
    "Division",
    "Facet",
    "Hit",
    "Results",
    "Suggestion",
    "differing",
    "divided",
    "follow",
    "following",
    "forget",
    "hits",
    "is_complete",
    "load",
    "look_up",
    "offered",
    "rebuild",
    "suggestions",
]
