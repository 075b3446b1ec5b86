"""Records as the bytes of a file, piece by piece: however many there are, few are in memory.

Whoever reads a file must see whether it is whole, even where the connection doesn't tell. When
the records break off by an error, the file therefore ends in a text that never closes: as JSON, as
NDJSON and as CSV it is not valid, and a person who opens it reads why. The error is then raised
on, so that the server breaks the connection off, too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from companies.cell_text import inert
from companies.records import Record

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ndjson": "application/x-ndjson; charset=utf-8",
}
NOT_WHOLE = b'\n"This file is not whole: the server failed while it was writing it. '
# Bytes, about: large enough to be sent and compressed well, small enough for any memory.
_PIECE = 32 * 1024


def lines(format: str, records: Iterable[Record], columns: Sequence[str]) -> Iterator[bytes]:
    """The file in pieces of some 32 KB. Every column is in a CSV; a record has no other."""
    try:
        yield from _pieces(_WRITERS[format](records, columns))
    except Exception:
        yield NOT_WHOLE
        raise


def _pieces(texts: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    length = 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if length > _PIECE:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def _csv(records: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.DictWriter(line, columns, restval="")
    writer.writeheader()
    for record in records:
        writer.writerow({column: inert(value) for column, value in record.items()})
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _json(records: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    before = "[\n"
    for record in records:
        yield f"{before}{json.dumps(record, ensure_ascii=False)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _ndjson(records: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    for record in records:
        yield f"{json.dumps(record, ensure_ascii=False)}\n"


_WRITERS: dict[str, Callable[[Iterable[Record], Sequence[str]], Iterator[str]]] = {
    "csv": _csv,
    "json": _json,
    "ndjson": _ndjson,
}
