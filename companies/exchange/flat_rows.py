"""Rows of the exchange format as rows of a table, and back, by the schema alone.

A column is called by the path of its field, lists numbered from 1: `figure.value`,
`technologies.1.role`, `aliases.2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin

from companies.exchange.problem import did_you_mean
from companies.exchange.schema import Row
from companies.exchange.yaml_document import Location

Cell = str | int | Decimal | None

MAX_COLUMNS = 1_000
MAX_LIST = 100
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_NUMBER = 40
_POSITION = re.compile("[1-9][0-9]*")


class CellError(Exception):
    """A cell that is not what its column takes."""


@dataclass(frozen=True)
class Column:
    """`path` leads to the field within the row; positions in lists count from 0."""

    path: Location
    is_number: bool = False

    @property
    def name(self) -> str:
        return name_of(self.path)

    def value(self, text: str) -> Cell:
        """What the schema takes for the text of a cell. Raises CellError."""
        if not self.is_number:
            return text
        if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text.strip()):
            advice = "write it plainly, as 148000000 or 2.5, without separators, units and signs"
            raise CellError(f"“{text[:_LONGEST_NUMBER]}” is not a number: {advice}")
        return Decimal(text.strip())


def name_of(path: Location) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


# ------------------------------------------------------------------------------ the schema


@dataclass(frozen=True)
class Field:
    """One field of a row: a single value, a group of fields, or a list of either."""

    name: str
    group: type[Row] | None
    is_list: bool
    is_number: bool
    # What the format leaves out, and a table says: an empty status would be read as none.
    silent: str


@cache
def fields(row_type: type[Row]) -> dict[str, Field]:
    """Without the rows that are tables of their own: a company's claims."""
    return {
        name: _field(name, info.annotation, info.default)
        for name, info in row_type.model_fields.items()
        if name != "claims"
    }


def _field(name: str, annotation: Any, default: Any) -> Field:
    is_list = get_origin(annotation) is list
    inner = [*_inner(annotation)]
    group = next((one for one in inner if isinstance(one, type) and issubclass(one, Row)), None)
    silent = default if isinstance(default, str) else ""
    return Field(name, group, is_list, group is None and Decimal in inner, silent)


def _inner(annotation: Any) -> Iterator[Any]:
    arguments = get_args(annotation)
    if not arguments:
        yield annotation
    for argument in arguments:
        yield from _inner(argument)


# -------------------------------------------------------------------------------- to a table


def lengths(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The longest of each list, by the name of its field."""
    found: dict[str, int] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, list):
                found[name] = max(found.get(name, 0), len(value))
    return found


def columns(row_type: type[Row], longest: Mapping[str, int]) -> list[Column]:
    """Every column of a table whose lists are at most so long, in the order of the schema."""
    found: list[Column] = []
    for field in fields(row_type).values():
        starts: list[Location] = [(field.name,)]
        if field.is_list:
            starts = [(field.name, index) for index in range(longest.get(field.name, 0))]
        for start in starts:
            if field.group:
                found += [
                    Column((*start, part.name), part.is_number)
                    for part in fields(field.group).values()
                ]
            else:
                found.append(Column(start, field.is_number))
    return found


def flatten(row_type: type[Row], row: Mapping[str, Any]) -> dict[str, Cell]:
    """The row's values by the names of their columns; absent ones are left out."""
    cells: dict[str, Cell] = {}
    for field in fields(row_type).values():
        value = row.get(field.name, field.silent)
        for start, one in _places(field, value):
            if not field.group:
                cells[name_of(start)] = one
            elif isinstance(one, Mapping):
                cells |= {name_of((*start, part)): within for part, within in one.items()}
    return {name: cell for name, cell in cells.items() if cell not in ("", None)}


def _places(field: Field, value: Any) -> Iterator[tuple[Location, Any]]:
    if not field.is_list:
        yield (field.name,), value
        return
    for index, one in enumerate(value or ()):
        yield (field.name, index), one


# ------------------------------------------------------------------------------ from a table


def column(row_type: type[Row], name: str) -> Column:
    """The column of that name. Raises CellError, in words, if the format has none."""
    path = _path(row_type, name.split("."))
    if path is None:
        raise CellError(f"there is no such column{did_you_mean(name, _similar(row_type, name))}")
    if isinstance(path, str):
        raise CellError(path)
    return path


def _path(row_type: type[Row], parts: list[str]) -> Column | str | None:
    field = fields(row_type).get(parts[0])
    if field is None:
        return None
    rest, path = parts[1:], [field.name]
    start: Location = tuple(path)
    if field.is_list:
        if not rest or not _POSITION.fullmatch(rest[0]):
            return f"is a list: number its columns, {_example(field)}"
        if len(rest[0]) > len(str(MAX_LIST)) or int(rest[0]) > MAX_LIST:
            return f"lists may have {MAX_LIST} entries"
        start, rest = (field.name, int(rest[0]) - 1), rest[1:]
    if field.group:
        within = fields(field.group).get(rest[0]) if len(rest) == 1 else None
        if within is None:
            return None if rest else f"is a group of fields: {_example(field)} and so on"
        return Column((*start, within.name), within.is_number)
    return None if rest else Column(start, field.is_number)


def _example(field: Field) -> str:
    start: Location = (field.name, 0) if field.is_list else (field.name,)
    return name_of((*start, next(iter(fields(field.group)))) if field.group else start)


def _similar(row_type: type[Row], name: str) -> list[str]:
    """The names that the columns would have with the positions of this one."""
    position = next((part for part in name.split(".") if _POSITION.fullmatch(part)), "1")
    known = columns(row_type, dict.fromkeys(fields(row_type), 1))
    return [one.name.replace(".1", f".{position[:3]}") for one in known]


@dataclass(frozen=True)
class Nested:
    """A row in the exchange shape, and which position of the table each entry of a list had."""

    values: dict[str, Any]
    positions: dict[str, list[int]]


def nest(cells: Iterable[tuple[Column, Any]]) -> Nested:
    """The row that these filled cells make; lists close up over what is empty."""
    values: dict[str, Any] = {}
    lists: dict[str, dict[int, Any]] = {}
    for one, value in cells:
        name, *rest = one.path
        if rest and isinstance(rest[0], int):
            entries = lists.setdefault(str(name), {})
            if len(rest) == 1:
                entries[rest[0]] = value
            else:
                entries.setdefault(rest[0], {})[rest[1]] = value
        elif rest:
            values.setdefault(str(name), {})[rest[0]] = value
        else:
            values[str(name)] = value
    positions = {name: sorted(entries) for name, entries in lists.items()}
    values |= {name: [lists[name][at] for at in order] for name, order in positions.items()}
    return Nested(values, positions)
