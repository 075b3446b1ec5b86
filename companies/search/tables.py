"""What both databases have in common: documents and names as rows of two tables."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from companies.models import SearchDocument, SearchName
from companies.search.engine import Engine, Found, FoundName, Match
from companies.search.marks import head_mark
from companies.search.query import Query, Term
from companies.search.rowids import name_rowids

# Below the number of variables that SQLite takes.
BATCH = 500


class TableEngine(Engine):
    def write(self, documents: Sequence[SearchDocument], names: Sequence[SearchName]) -> None:
        # In order, because FTS5 ends a segment of its index where a number is below the last one.
        documents, names = sorted(documents, key=_rowid), sorted(names, key=_rowid)
        # What is replaced may have had more names; and FTS5 has no upsert.
        self.remove(document.rowid for document in documents)
        self._insert(documents)
        self._insert(names)

    def _insert(self, rows: Sequence[Any]) -> None:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)

    def remove(self, rowids: Iterable[int]) -> None:
        for batch in _batches(rowids):
            SearchDocument.objects.filter(rowid__in=batch)._raw_delete("default")
            if names := _names_of(batch):
                SearchName.objects.filter(rowid__in=names)._raw_delete("default")

    def stored(self, rowids: Sequence[int]) -> tuple[dict[int, SearchDocument], list[SearchName]]:
        documents: dict[int, SearchDocument] = {}
        names: list[SearchName] = []
        for batch in _batches(rowids):
            documents |= SearchDocument.objects.in_bulk(batch)
            names += SearchName.objects.filter(rowid__in=_names_of(batch))
        return documents, names

    def stored_rowids(self, first: int, after: int, limit: int) -> list[int]:
        rows = SearchDocument.objects.filter(rowid__gte=first, rowid__lt=after).order_by("rowid")
        return list(rows.values_list("rowid", flat=True)[:limit])

    def count(self) -> int:
        return SearchDocument.objects.count()

    def find(self, query: Query, limit: int) -> Found:
        """Two questions at most: whoever finds more than the limit asks for the better ones."""
        found = self._matches(query, limit + 1)
        if len(found) <= limit:
            return Found(found, is_cut=False)
        best = self._matches(query, limit, in_head=True) if query.terms else []
        known = {match.rowid for match in best}
        others = (match for match in found if match.rowid not in known)
        return Found([*best, *islice(others, limit - len(best))], is_cut=True)

    def has(self, query: Query) -> bool:
        return bool(self._matches(query, 1))

    def _matches(self, query: Query, limit: int, *, in_head: bool = False) -> list[Match]:
        with connection.cursor() as cursor:
            condition, parameters = self._condition(query, in_head)
            cursor.execute(
                "SELECT rowid, names, links, marks FROM companies_searchdocument "  # noqa: S608
                f"WHERE {condition} ORDER BY rowid LIMIT %s",
                [*parameters, limit],
            )
            return [Match(*row) for row in cursor.fetchall()]

    @abstractmethod
    def _condition(self, query: Query, in_head: bool) -> tuple[str, list[str]]:
        """Of the WHERE clause, with its parameters."""


def head_marks(terms: Iterable[Term]) -> list[Term]:
    """The terms as marks; one after another they don't stand there."""
    return [
        Term((head_mark(stem),), (head_mark(folded),), term.is_beginning)
        for term in terms
        for stem, folded in zip(term.stems, term.folded, strict=True)
    ]


def outside_head(terms: Iterable[Term]) -> list[Term]:
    """The terms of which the marks say too little: words that stand one after another.

    Of the others nothing is asked twice. PostgreSQL's planner would take both for chances of their
    own, expect next to nothing, and read all of very much.
    """
    return [term for term in terms if len(term.stems) > 1]


def names_in(rows: Iterable[Any]) -> list[FoundName]:
    return [FoundName(*row) for row in rows]


def _rowid(row: SearchDocument | SearchName) -> int:
    return row.rowid


def _batches(rowids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(rowids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _names_of(documents: Iterable[int]) -> list[int]:
    """Every number that a name of theirs may have: FTS5 finds many numbers fast, but no ranges."""
    return [number for document in documents for number in name_rowids(document)]
