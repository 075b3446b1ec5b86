"""Files of a few rows for imports, and what an import of one says."""

from __future__ import annotations

import csv
import io
from typing import Any

from openpyxl import Workbook

from companies.exchange.progress import no_bar
from companies.importing import work
from companies.models import ImportRun
from tests.factories import (
    CompanyFactory,
    ImportRunFactory,
    SourceFactory,
    TechnologyFactory,
    UserFactory,
)

CLAIM: dict[str, Any] = {
    "company": "acme",
    "key": "acme-01",
    "kind": "use_case",
    "title": "Back end",
    "text": "The back end is Python.",
    "source": "post",
}


def acme() -> Any:
    """What the rows refer to."""
    SourceFactory(key="post")
    SourceFactory(key="news")
    TechnologyFactory(slug="python")
    return CompanyFactory(slug="acme")


def as_csv(*rows: dict[str, Any], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_xlsx(*rows: dict[str, Any]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return workbook(names, *([row.get(name) for name in names] for row in rows))


def workbook(*table: list[Any]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in table:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_run(content: bytes, format: str = "csv", kind: str = "claims", **given: Any) -> ImportRun:
    """One whose file waits to be checked."""
    given = {"file_name": f"{kind}.{format}", "state": "checking", "digest": "", **given}
    return ImportRunFactory(kind=kind, format=format, upload=content, **given)


def checked(content: bytes, format: str = "csv", kind: str = "claims", **given: Any) -> ImportRun:
    return worked(a_run(content, format, kind, **given))


def worked(run: ImportRun) -> ImportRun:
    """After its process has done what it waits for."""
    work.work(run.pk, run.attempt, no_bar)
    run.refresh_from_db()
    return run


def imported(content: bytes, format: str = "csv", kind: str = "claims", **given: Any) -> ImportRun:
    run = checked(content, format, kind, **given)
    assert run.state == "ready", problems_of(run)
    assert work.confirm(run, run.digest, run.editor)
    return worked(run)


def problems_of(run: ImportRun) -> list[str]:
    """`row 3, title: is missing`, or why the whole file was refused."""
    found = [
        ", ".join(filter(None, [f"row {row.number}", problem["column"]])) + f": {problem['reason']}"
        for row in run.rows.order_by("number")
        for problem in row.problems
    ]
    return found or [run.note]


def confirmed(run: ImportRun, digest: str | None = None) -> bool:
    """Whether the run took the confirmation."""
    return work.confirm(run, run.digest if digest is None else digest, UserFactory())
