"""Full text by FTS5, which is part of SQLite."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from companies.search.documents import trigram_words
from companies.search.engine import FoundName
from companies.search.query import Query, Term
from companies.search.tables import TableEngine, head_marks, names_in, outside_head

# Trigrams of a misspelt word that are looked for: the rarest tell most.
_RAREST = 5


class SqliteEngine(TableEngine):
    def _condition(self, query: Query, in_head: bool) -> tuple[str, list[str]]:
        terms = list(query.terms)
        if in_head:
            terms = outside_head(terms) + head_marks(terms)
        parts = [*map(_expression, terms), *map(_quoted, query.marks)]
        return "companies_searchdocument MATCH %s", [" AND ".join(parts)]

    def names_beginning(
        self, words: Sequence[str], among: tuple[int, int], limit: int
    ) -> list[FoundName]:
        parts = [*map(_quoted, words[:-1]), f"{_quoted(words[-1])} *"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, name, words FROM companies_searchname "
                "WHERE companies_searchname MATCH %s AND rowid >= %s AND rowid < %s "
                "ORDER BY rowid LIMIT %s",
                [f"words : ({' AND '.join(parts)})", *among, limit],
            )
            return names_in(cursor.fetchall())

    def names_like(self, word: str, limit: int) -> list[FoundName]:
        trigrams = self._rarest(trigram_words([word]))
        if not trigrams:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid, name, words FROM companies_searchname "
                "WHERE companies_searchname MATCH %s ORDER BY rank LIMIT %s",
                [f"trigrams : ({' OR '.join(map(_quoted, trigrams))})", limit],
            )
            return names_in(cursor.fetchall())

    def _rarest(self, trigrams: Sequence[str]) -> list[str]:
        """Those that any name has, the rarest first: a common one leads to every tenth name."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term FROM companies_searchtrigram "  # noqa: S608 - placeholders only
                f"WHERE col = 'trigrams' AND term IN ({', '.join(['%s'] * len(trigrams))}) "
                "ORDER BY doc LIMIT %s",
                [*trigrams, _RAREST],
            )
            return [term for (term,) in cursor.fetchall()]


def _expression(term: Term) -> str:
    """In FTS5's language, in which whatever is quoted is a word or several in a row."""
    if not term.is_beginning:
        return _quoted(" ".join(term.stems))
    whole, begun = (_quoted(" ".join(words)) for words in (term.stems, term.folded))
    return f"({whole} OR {begun} *)"


def _quoted(words: str) -> str:
    return f'"{words}"'
