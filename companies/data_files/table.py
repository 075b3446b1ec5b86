"""What the columns of a file hold, in the terms of Frictionless Table Schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# In JSON it is a number of its own type; in CSV the text that Table Schema reads as one.
STRING, INTEGER, NUMBER, BOOLEAN, DATETIME, ANY = (
    "string",
    "integer",
    "number",
    "boolean",
    "datetime",
    "any",
)
URI = "uri"
# 2016-05-27T12:30:00+00:00
WITH_OFFSET = "%Y-%m-%dT%H:%M:%S%z"
PARTIAL_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


@dataclass(frozen=True)
class Column:
    """`required` columns are filled in every row; `values` are all that it can hold."""

    name: str
    about: str
    type: str = STRING
    format: str = ""
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""

    def field(self, *, is_key: bool = False) -> dict[str, Any]:
        field: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.format:
            field["format"] = self.format
        field["description"] = self.about
        constraints: dict[str, Any] = {}
        if self.required:
            constraints["required"] = True
        if is_key:
            constraints["unique"] = True
        if self.values:
            constraints["enum"] = list(self.values)
        if self.pattern:
            constraints["pattern"] = self.pattern
        return field | ({"constraints": constraints} if constraints else {})


@dataclass(frozen=True)
class Table:
    """Rows of one kind. `key` is the column that tells them apart, if one alone does."""

    title: str
    columns: tuple[Column, ...]
    key: str = ""

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def schema(self) -> dict[str, Any]:
        """The Table Schema."""
        schema: dict[str, Any] = {
            "fields": [column.field(is_key=column.name == self.key) for column in self.columns],
            "missingValues": [""],
        }
        return schema | ({"primaryKey": [self.key]} if self.key else {})


def undescribed(names: Iterable[str]) -> Table:
    """A table of which no more is known than what its columns are called."""
    return Table("Rows", tuple(Column(name, "", ANY) for name in names))
