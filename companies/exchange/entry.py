"""One row of a file that holds one kind of entries, before its shape is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from companies.exchange.flat_rows import name_of
from companies.exchange.placed import Place
from companies.exchange.problem import Problem
from companies.exchange.yaml_document import Location


@dataclass(frozen=True)
class RowProblem(Problem):
    """`number` is that of the row or entry; `field` is the column."""

    number: int = 0


@dataclass(frozen=True)
class RowPlace(Place):
    """Row 12 of a table. `positions` are those that the entries of lists have in its columns."""

    number: int = 0
    positions: dict[str, list[int]] = field(default_factory=dict)

    def problem(self, field: Location, reason: str) -> Problem:
        name = name_of(self._in_columns(self.prefix + field))
        return RowProblem(self.document.file, reason, 0, self.name, name, self.number)

    def _in_columns(self, path: Location) -> Location:
        known = self.positions.get(str(path[0]), []) if path else []
        if len(path) > 1 and isinstance(path[1], int) and path[1] < len(known):
            return (path[0], known[path[1]], *path[2:])
        return path

    def __str__(self) -> str:
        return f"row {self.number}"


@dataclass(frozen=True)
class EntryPlace(Place):
    """The third entry of a list."""

    number: int = 0

    def problem(self, field: Location, reason: str) -> Problem:
        found = super().problem(field, reason)
        return RowProblem(found.file, found.reason, found.line, found.row, found.field, self.number)

    def __str__(self) -> str:
        return f"entry {self.number}"


@dataclass
class Entry:
    """`given` are the fields that the file has a column for; None: what is left out is empty."""

    number: int
    values: Any
    place: RowPlace | EntryPlace
    problems: list[Problem] = field(default_factory=list)
    given: frozenset[str] | None = None
