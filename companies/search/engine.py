"""What looks things up. The databases' own full text by default; another one by SEARCH_ENGINE."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from companies.models import SearchDocument, SearchName
from companies.search.query import Query

BY_VENDOR = {
    "sqlite": "companies.search.sqlite.SqliteEngine",
    "postgresql": "companies.search.postgresql.PostgresqlEngine",
}


class Match(NamedTuple):
    """A document that was found, with what it takes to rank and count it."""

    rowid: int
    names: str
    links: str
    marks: str


class Found(NamedTuple):
    matches: list[Match]
    # There are more than were asked for.
    is_cut: bool


class FoundName(NamedTuple):
    rowid: int
    name: str
    words: str


class Engine(ABC):
    """The documents of what is published, and the names of it.

    Everything is called within the transaction of the change, and `write` replaces what has the
    same number. An engine outside the database does what it is told at the end of the transaction.
    """

    @abstractmethod
    def write(self, documents: Sequence[SearchDocument], names: Sequence[SearchName]) -> None: ...

    @abstractmethod
    def remove(self, rowids: Iterable[int]) -> None:
        """Documents with all their names; those that aren't there already are no error."""

    @abstractmethod
    def stored(self, rowids: Sequence[int]) -> tuple[dict[int, SearchDocument], list[SearchName]]:
        """Those of the documents that are there, by their number, and the names of them."""

    @abstractmethod
    def stored_rowids(self, first: int, after: int, limit: int) -> list[int]:
        """The lowest numbers of documents from `first` on and before `after`."""

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def find(self, query: Query, limit: int) -> Found:
        """At most so many documents with everything the query asks for, those that have its words
        in their names and links first, and else in the order of their numbers."""

    @abstractmethod
    def has(self, query: Query) -> bool:
        """Whether anything would be found."""

    @abstractmethod
    def names_beginning(
        self, words: Sequence[str], among: tuple[int, int], limit: int
    ) -> list[FoundName]:
        """Names, numbered from `among[0]` on and before `among[1]`, that have all of the words, the
        last of which may go on."""

    @abstractmethod
    def names_like(self, word: str, limit: int) -> list[FoundName]:
        """Names with a word that looks like this one, the likeliest first as far as it knows."""


def engine() -> Engine:
    return _engine(settings.SEARCH_ENGINE or BY_VENDOR[connection.vendor])


@lru_cache
def _engine(path: str) -> Engine:
    """Raises ImproperlyConfigured where there is no such engine."""
    try:
        made = import_string(path)()
    except ImportError as error:
        raise ImproperlyConfigured(f"SEARCH_ENGINE is {path!r}: {error}.") from error
    if not isinstance(made, Engine):
        raise ImproperlyConfigured(f"SEARCH_ENGINE is {path!r}, which is no search engine.")
    return made
