"""A file that holds one kind of entries, as entries to check: CSV, XLSX, YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from companies.exchange import row_list, table_read
from companies.exchange.entry import Entry, RowPlace, RowProblem
from companies.exchange.flat_rows import (
    MAX_COLUMNS,
    CellError,
    Column,
    column,
    nest,
)
from companies.exchange.problem import Problem
from companies.exchange.table_kind import KINDS, TableKind
from companies.exchange.table_read import (
    MAX_BYTES,
    MAX_CELL,
    MAX_NUMBER,
    MAX_ROWS,
    SPLIT,
    FormulaError,
)
from companies.exchange.yaml_document import Document, UnreadableError

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
}
_MOST_HEADER_PROBLEMS = 50


def format_of(file_name: str) -> str:
    """By the ending of its name; raises UnreadableError for another."""
    _, dot, ending = file_name.lower().rpartition(".")
    format = FORMATS.get(f".{ending}" if dot else "")
    if not format:
        raise UnreadableError(
            "must end in .csv, .xlsx, .yaml or .json, so that its format is known"
        )
    return format


def count(content: bytes, format: str) -> int:
    """Roughly how many entries the file has; 0 if that is known only once it is read."""
    return table_read.count(content, format) if format in ("csv", "xlsx") else 0


def read_entries(kind: TableKind, format: str, file: str, content: bytes) -> Iterator[Entry]:
    """Every entry in the file. Raises UnreadableError if it can't be taken at all.

    If the columns of a table are wrong, the only entry is its header, with what is wrong.
    """
    if not content.strip():
        raise UnreadableError("is empty")
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"is larger than {MAX_BYTES // 1_000_000} MB: {SPLIT}")
    if format == "yaml":
        yield from _limited(row_list.yaml_entries(kind, file, content))
    elif format == "json":
        yield from _limited(row_list.json_entries(kind, file, content))
    else:
        yield from _table_entries(kind, format, file, content)


def _limited(entries: Iterator[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if entry.number > MAX_ROWS:
            raise UnreadableError(_too_many())
        yield entry


def _too_many() -> str:
    return f"has more than {MAX_ROWS:,} rows: {SPLIT}"


# ----------------------------------------------------------------------------------- tables


def _table_entries(kind: TableKind, format: str, file: str, content: bytes) -> Iterator[Entry]:
    rows = _rows(kind, format, content)
    if table_read.count(content, format) > MAX_ROWS:
        # Before the first of them is checked, and not an hour's work later.
        filled = sum(any(map(str.strip, cells)) for _number, cells in _rows(kind, format, content))
        if filled > MAX_ROWS + 1:
            raise UnreadableError(_too_many())
    document = Document(file)
    columns, problems = _columns(kind, next(rows, (1, []))[1], RowPlace(document, (), "", (), 1))
    if problems:
        yield Entry(1, None, RowPlace(document, (), "", (), 1), problems)
        return
    found = False
    for number, cells in rows:
        if number > MAX_NUMBER:
            raise UnreadableError(f"goes on to row {number:,}: remove the empty rows")
        if any(map(str.strip, cells)):
            found = True
            yield _table_entry(kind, document, number, cells, columns)
    if not found:
        raise UnreadableError("has a header, but no rows below it")


def _rows(kind: TableKind, format: str, content: bytes) -> table_read.Rows:
    if format == "xlsx":
        return table_read.read_xlsx(content)
    return table_read.read_csv(content, lambda name: _is_column(kind, name))


def _is_column(kind: TableKind, name: str) -> bool:
    try:
        column(kind.table_type, name)
    except CellError:
        return False
    return True


def _columns(
    kind: TableKind, cells: list[str], place: RowPlace
) -> tuple[dict[int, Column], list[Problem]]:
    """The columns by where they stand, and what is wrong with the header."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise UnreadableError("must name its columns in the first row, and that row is empty")
    if len(names) > MAX_COLUMNS:
        raise UnreadableError(f"has more than {MAX_COLUMNS:,} columns")
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for position, name in enumerate(names):
        if not name:
            # Judged below, by whether anything stands there.
            continue
        if name in seen:
            problems.append(_of_column(place, name, "is the name of two columns"))
        seen.setdefault(name, position)
        try:
            columns[position] = column(kind.table_type, name)
        except CellError as error:
            problems.append(_of_column(place, name, str(error)))
    if len(columns) < sum(map(bool, names)) and (other := _other_kind(kind, names)):
        raise UnreadableError(f"holds {other}, not {kind.nouns}: import it there")
    problems = problems[:_MOST_HEADER_PROBLEMS]
    identifying = {kind.name, "company"} if kind.name == "key" else {kind.name}
    if not identifying & seen.keys():
        reason = "is missing: it says which entry a row is"
        problems.append(_of_column(place, kind.name, reason))
    return columns, problems


def _of_column(place: RowPlace, name: str, reason: str) -> Problem:
    return RowProblem(place.document.file, reason, 0, "", name, place.number)


def _other_kind(kind: TableKind, names: list[str]) -> str:
    others = [other for other in KINDS.values() if other is not kind]
    fitting = (one.nouns for one in others if all(_is_column(one, name) for name in names if name))
    return next(fitting, "")


def _table_entry(
    kind: TableKind,
    document: Document,
    number: int,
    cells: list[str],
    columns: dict[int, Column],
) -> Entry:
    problems: list[tuple[str, str]] = []
    filled: list[tuple[Column, Any]] = []
    for position, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            continue
        one = columns.get(position)
        if one is None:
            problems.append(("", f"“{text[:40]}” stands in a column without a name"))
            continue
        try:
            if isinstance(cell, FormulaError):
                raise CellError(f"holds {text}: the formula in this cell failed")
            filled.append((one, _value(one, text)))
        except CellError as error:
            problems.append((one.name, str(error)))
    nested = nest(filled)
    name = nested.values.get(kind.name, "")
    place = RowPlace(document, (), name, (), number, nested.positions)
    return Entry(
        number,
        nested.values,
        place,
        [RowProblem(document.file, reason, 0, name, at, number) for at, reason in problems],
        frozenset(str(one.path[0]) for one in columns.values()),
    )


def _value(one: Column, text: str) -> Any:
    if len(text) > MAX_CELL:
        raise CellError(f"has {len(text):,} characters; a cell may have {MAX_CELL:,}")
    return one.value(text)
