"""Finding companies, technologies and claims (docs/decisions/0018-own-search-table.md)."""

from companies.search.changes import (
    MOST_IN_REQUEST,
    Change,
    TooManyError,
    follow,
    following,
    forget,
)
from companies.search.facets import KINDS, Address, Division, divided, offered
from companies.search.hits import Hit, hits, load
from companies.search.index import differing, is_complete, rebuild
from companies.search.lookup import LIMIT, Results, look_up
from companies.search.marks import Facet
from companies.search.query import MOST_TERMS
from companies.search.ranking import place
from companies.search.suggestion import Suggestion, suggestions

__all__ = [
    "KINDS",
    "LIMIT",
    "MOST_IN_REQUEST",
    "MOST_TERMS",
    "Address",
    "Change",
    "Division",
    "Facet",
    "Hit",
    "Results",
    "Suggestion",
    "TooManyError",
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
    "place",
    "rebuild",
    "suggestions",
]
