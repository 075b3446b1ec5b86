"""Full text by weighted vectors, misspelt names by pg_trgm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from companies.models import Subject
from companies.search.engine import FoundName, Match
from companies.search.query import Query, Term
from companies.search.rowids import documents_of
from companies.search.tables import BATCH, TableEngine, head_marks, names_in, outside_head

# How much of a misspelt word's trigrams a name has to have, as pg_trgm counts.
_LEAST = "0.25"
# Rows that are asked for, even where one would do: for a few the planner bets that they come soon,
# and reads all entries one after another where the words are rare.
_SOME = 1000
# Where the table is parted.
_FIRST_CLAIM = documents_of(Subject.CLAIM)[0] - 1


class PostgresqlEngine(TableEngine):
    def _insert(self, rows: Sequence[Any]) -> None:
        # Two transactions may write one new document: a technology's, with its first claims.
        if rows:
            columns = [field.name for field in rows[0]._meta.fields if not field.primary_key]
            type(rows[0])._default_manager.bulk_create(
                rows,
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=["rowid"],
                update_fields=columns,
            )

    def _matches(self, query: Query, limit: int, *, in_head: bool = False) -> list[Match]:
        """Of the entries and of the claims, each planned by how frequent the words are there."""
        condition, parameters = self._condition(query, in_head)
        parts = [
            "(SELECT rowid, names, links, marks FROM companies_searchdocument "  # noqa: S608
            f"WHERE {condition} AND rowid {side} %s ORDER BY rowid LIMIT %s)"
            for side in ("<", ">=")
        ]
        with connection.cursor() as cursor:
            most = max(limit, _SOME)
            cursor.execute(" UNION ALL ".join(parts), [*parameters, _FIRST_CLAIM, most] * 2)
            # In their order already, which SQL doesn't promise.
            return sorted(Match(*row) for row in cursor.fetchall())[:limit]

    def _condition(self, query: Query, in_head: bool) -> tuple[str, list[str]]:
        parts, parameters = [], []
        terms = outside_head(query.terms) if in_head else query.terms
        if terms:
            # By the parser that made the vector, so that both part a word alike.
            parts.append("to_tsquery('simple', %s)")
            parameters.append(" & ".join(map(_expression, terms)))
        marks = [*map(_quoted, query.marks)]
        if in_head:
            marks += map(_expression, head_marks(query.terms))
        if marks:
            parts.append("%s::tsquery")
            parameters.append(" & ".join(marks))
        return f"vector @@ ({' && '.join(parts)})", parameters

    def names_beginning(
        self, words: Sequence[str], among: tuple[int, int], limit: int
    ) -> list[FoundName]:
        parts = [*map(_quoted, words[:-1]), f"{_quoted(words[-1])}:*"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, name, words FROM companies_searchname "
                "WHERE vector @@ to_tsquery('simple', %s) AND rowid >= %s AND rowid < %s "
                "ORDER BY rowid LIMIT %s",
                [" & ".join(parts), *among, limit],
            )
            return names_in(cursor.fetchall())

    def names_like(self, word: str, limit: int) -> list[FoundName]:
        with transaction.atomic(), connection.cursor() as cursor:
            # For this question only: two letters that changed places leave little in common.
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [_LEAST]
            )
            cursor.execute(
                "SELECT rowid, name, words FROM companies_searchname "
                "WHERE %s <%% words ORDER BY word_similarity(%s, words) DESC, rowid LIMIT %s",
                [word, word, limit],
            )
            return names_in(cursor.fetchall())


def _expression(term: Term) -> str:
    """In the language of tsquery, in which whatever is quoted is a word."""
    whole = " <-> ".join(map(_quoted, term.stems))
    if not term.is_beginning:
        return f"({whole})"
    begun = " <-> ".join(map(_quoted, term.folded))
    return f"({whole} | {begun}:*)"


def _quoted(word: str) -> str:
    return f"'{word}'"
