"""Stored entries of one kind as a file that `row_file` reads: CSV, XLSX, YAML or JSON.

Written piece by piece: of a large table only one batch is ever in memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.db.models import Count, Model
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from companies.cell_text import inert
from companies.exchange import directory
from companies.exchange.flat_rows import Cell, Column, columns, flatten
from companies.exchange.rows import Written
from companies.exchange.snapshot import snapshots
from companies.exchange.table_kind import TableKind
from companies.exchange.table_write import batches
from companies.models import (
    Citation,
    ClaimTechnology,
    CodebaseShare,
    CompanyAlias,
    FormerSlug,
    Gap,
    ImportKind,
)
from companies.models.revision import ContentEncoder

# Where the entries of each list are, so that a table knows how many columns it needs.
_LISTS: dict[str, dict[str, tuple[type[Model], str]]] = {
    ImportKind.CLAIMS: {
        "technologies": (ClaimTechnology, "claim"),
        "shares": (CodebaseShare, "claim"),
        "citations": (Citation, "claim"),
    },
    ImportKind.COMPANIES: {
        "aliases": (CompanyAlias, "company"),
        "former_slugs": (FormerSlug, "company"),
        "gaps": (Gap, "company"),
    },
}
# What XML can't hold, and what a reader would take for such an escape.
_TO_ESCAPE = re.compile("\r|_(?=x[0-9A-Fa-f]{4}_)")


def contents(kind: TableKind, ids: Sequence[int]) -> Iterator[Written]:
    """The entries in the exchange shape, in the order of the ids; what is gone is left out."""
    for batch in batches(ids):
        found = snapshots(kind.subject, batch)
        for pk in batch:
            if pk in found:
                content = found[pk].content
                yield {name: value for name, value in content.items() if name != "logo"}


def columns_for(kind: TableKind, ids: Sequence[int]) -> list[Column]:
    """The columns that a table of these entries needs; one query per list and batch."""
    longest: dict[str, int] = {}
    for name, (model, owner) in _LISTS.get(kind.kind, {}).items():
        for batch in batches(ids):
            rows = model._default_manager.filter(**{f"{owner}__in": batch}).order_by()
            counts = rows.values(owner).annotate(count=Count("pk")).values_list("count", flat=True)
            longest[name] = max(longest.get(name, 0), *counts, 0)
    return columns(kind.table_type, longest)


def as_csv(kind: TableKind, rows: Iterable[Written], header: Sequence[Column]) -> Iterator[str]:
    line = io.StringIO(newline="")
    # Refuses a row that has grown beyond the columns meanwhile, instead of cutting it.
    writer = csv.DictWriter(line, [one.name for one in header], restval="")
    writer.writeheader()
    for row in rows:
        cells = flatten(kind.table_type, row)
        writer.writerow({name: _csv_cell(cell) for name, cell in cells.items()})
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _csv_cell(cell: Cell) -> object:
    return f"{cell:f}" if isinstance(cell, Decimal) else inert(cell)


def write_xlsx(
    kind: TableKind, rows: Iterable[Written], header: Sequence[Column], stream: IO[bytes]
) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.kind.label)
    sheet.freeze_panes = "A2"
    names = [one.name for one in header]
    known = set(names)
    sheet.append(names)
    for row in rows:
        cells = flatten(kind.table_type, row)
        if not known >= cells.keys():
            sheet.close()
            raise ValueError("An entry has grown while it was exported; export again.")
        sheet.append([_xlsx_cell(sheet, cells.get(name)) for name in names])
    book.save(stream)


def _xlsx_cell(sheet: Any, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    text = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", str(inert(cell)))
    if text not in ERROR_CODES:
        return text
    # A text that only looks like a failed formula.
    written = WriteOnlyCell(sheet, text)
    written.data_type = "s"
    return written


def as_yaml(rows: Iterable[Written]) -> Iterator[str]:
    any_row = False
    for row in rows:
        any_row = True
        yield directory.as_yaml([row])
    if not any_row:
        yield "[]\n"


def as_json(rows: Iterable[Written]) -> Iterator[str]:
    start = "[\n"
    for row in rows:
        yield f"{start}{json.dumps(row, cls=ContentEncoder, ensure_ascii=False)}"
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"
