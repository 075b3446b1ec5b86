"""CSV and XLSX as numbered rows of cells, whatever the file holds, without keeping them all.

Nothing here knows the schema. Raises UnreadableError, in words, for what can't be taken at all.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from companies.cell_text import original
from companies.exchange.yaml_document import UnreadableError

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_CELL = 10_000
# Rows that hold nothing are passed over; this many of them are no accident.
MAX_NUMBER = 200_000
SPLIT = "split it, or load it from a directory with manage.py load_catalog"

# What is in an XLSX file is compressed; these are bytes when it isn't any more.
MAX_SHEET = 150_000_000
MAX_TEXTS = 40_000_000
MAX_PART = 5_000_000
MAX_PARTS = 500

_DELIMITERS = (",", ";", "\t")
_CHUNK = 1 << 16
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZIP = b"PK\x03\x04"
# The container of .xls, and of an .xlsx with a password.
_COMPOUND = b"\xd0\xcf\x11\xe0"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Rows = Iterator[tuple[int, list[str]]]


def read_csv(content: bytes, known: Callable[[str], bool]) -> Rows:
    """Rows as (number, cells); the delimiter is the one that gives the most `known` columns."""
    _refuse_other_kinds(content, "CSV")
    _refuse_other_encodings(content)
    delimiter = max(_DELIMITERS, key=lambda one: _known_columns(content, one, known))
    try:
        for number, cells in enumerate(_csv(content, delimiter), 1):
            yield number, [original(cell) for cell in cells]
    except csv.Error as error:
        raise UnreadableError(
            f"is not CSV after row {_number(content, delimiter)}: {error}"
        ) from None


def _csv(content: bytes, delimiter: str) -> Iterator[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    return csv.reader(text, delimiter=delimiter, strict=True)


def _number(content: bytes, delimiter: str) -> int:
    """How many rows can be read."""
    number = 0
    try:
        for _row in _csv(content, delimiter):
            number += 1
    except csv.Error:
        pass
    return number


def _known_columns(content: bytes, delimiter: str, known: Callable[[str], bool]) -> int:
    try:
        header = next(_csv(content, delimiter), [])
    except csv.Error:
        return 0
    return sum(known(name.strip()) for name in header[: MAX_PART // 1000])


def _refuse_other_kinds(content: bytes, format: str) -> None:
    if content.startswith(_ZIP):
        raise UnreadableError(f"is not {format} but looks like XLSX: give it the ending .xlsx")
    if content.startswith(_COMPOUND):
        raise UnreadableError(
            "is an old Excel file, or one with a password: save it as XLSX, without a password"
        )


def _refuse_other_encodings(content: bytes) -> None:
    if content.startswith(_UTF_16):
        raise UnreadableError("is UTF-16 text: save it as “CSV UTF-8”")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        line = content.count(b"\n", 0, start) + 1
        for line, text in enumerate(content[start:].split(b"\n"), line):  # noqa: B020, B007
            if not _is_utf_8(text):
                break
        raise UnreadableError("is not UTF-8 text: save it as “CSV UTF-8”", line) from None


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def count(content: bytes, format: str) -> int:
    """Roughly how many rows there are, to tell how far reading them has come."""
    if format == "csv":
        return max(content.count(b"\n"), content.count(b"\r"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(_row_tags(archive, part) for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return 0


def _row_tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    if not part.filename.startswith("xl/worksheets/") or part.file_size > MAX_SHEET:
        return 0
    found, rest = 0, b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            # A tag may lie on the border of two chunks.
            found += (rest + chunk).count(b"<row ")
            rest = chunk[-4:]
    return found


# ------------------------------------------------------------------------------------- XLSX


def read_xlsx(content: bytes) -> Rows:
    """The rows of the only sheet that holds any, as (number, cells).

    A formula counts as the value that the spreadsheet last computed. Numbers and dates that the
    spreadsheet took for such come back as one would type them: 2016, 2016-05-27.
    """
    if not content.startswith(_ZIP):
        _refuse_other_kinds(content, "XLSX")
        raise UnreadableError("is not an XLSX file; save it as one, or as CSV")
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if _has_cells(sheet)]
        if len(sheets) > 1:
            names = ", ".join(f"“{sheet.title}”" for sheet in sheets[:5])
            raise UnreadableError(f"has {len(sheets)} sheets with content ({names}): keep one")
        for sheet in sheets:
            for number, row in enumerate(sheet.iter_rows(), 1):
                yield number, [_typed(cell) for cell in row]
        book.close()
    except UnreadableError:
        raise
    # The library says in many ways that a file isn't what its name says.
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise UnreadableError(f"can't be read as XLSX: {reason}") from error


def _has_cells(sheet: Any) -> bool:
    # What a sheet says of its own size may be wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS)
    return any(value is not None for row in rows for value in row)


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(f"can't be read as XLSX: {error}") from None
    if len(parts) > MAX_PARTS:
        raise UnreadableError("holds more than a table: save the table alone, or as CSV")
    for part in parts:
        limit = MAX_PART
        if part.filename.startswith("xl/worksheets/"):
            limit = MAX_SHEET
        elif part.filename.lower().endswith("sharedstrings.xml"):
            limit = MAX_TEXTS
        if part.file_size > limit:
            reason = f"holds {part.filename[:80]!r} of {part.file_size // 1_000_000:,} MB"
            raise UnreadableError(f"{reason}, more than can be taken: {SPLIT}")
    if sum(part.file_size for part in parts) > MAX_SHEET + MAX_TEXTS:
        raise UnreadableError(f"unpacks to more than can be taken: {SPLIT}")


class FormulaError(str):
    """What a spreadsheet shows where a formula failed."""

    __slots__ = ()


def _typed(cell: Any) -> str:
    """What one would type into the cell."""
    value = "" if cell.value is None else cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        # Excel keeps 15 digits; what comes after is no number of the editor's.
        return f"{Decimal(f'{value:.15g}').normalize():f}"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    text = str(value)
    if cell.data_type == "e":
        return FormulaError(text)
    return original(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
