"""The search table: what visitors can find, as words. Written by `companies.search` alone.

On SQLite both tables are FTS5 tables, which know a `rowid` and texts only; on PostgreSQL they have
a text search vector besides that the database generates (migration 0009_search). Django sees what
is the same in both.
"""

from __future__ import annotations

from django.db import models


class SearchDocument(models.Model):
    """One published company, technology or claim.

    `names` are the words of its name or title, `links` those of what it is tied to, `text` those of
    what it says. `marks` are single words for what narrows a search, see `companies.search.marks`.
    """

    # Tells what it is of and stands for the order of equals, see `companies.search.rowids`.
    rowid = models.BigIntegerField(primary_key=True)
    names = models.TextField()
    links = models.TextField()
    text = models.TextField()
    marks = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.rowid}: {self.names}"


class SearchName(models.Model):
    """A name that can be suggested while it is typed, or meant by a misspelt word."""

    rowid = models.BigIntegerField(primary_key=True)
    name = models.TextField()
    # The same without case and accents.
    words = models.TextField()
    # Every three letters of the words in a row, in hexadecimal digits. SQLite has nothing like
    # pg_trgm that works before 3.34.
    trigrams = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
