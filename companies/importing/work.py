"""What the process of an import does, and the steps of a run from one state to the next.

Every step names the state that it starts from, so that of two people who press a button only one
succeeds, and that of a process that was given up nothing counts any more.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.db.models import F
from django.utils import timezone

from companies import search
from companies.exchange import row_file
from companies.exchange.database_words import error_in_words
from companies.exchange.problem import Problem, printable
from companies.exchange.progress import Bar
from companies.exchange.revisions import Cause
from companies.exchange.row_check import Checked, check
from companies.exchange.row_load import StaleError, load_rows
from companies.exchange.table_kind import KINDS
from companies.exchange.table_write import BATCH
from companies.exchange.yaml_document import UnreadableError
from companies.importing import progress
from companies.models import WORKING, ImportRow, ImportRun, ImportState, RowOutcome
from companies.models.revision import ContentEncoder

CHANGED_SINCE = (
    "The catalogue has changed since the preview, so nothing was imported. This is a new preview."
)
ABANDONED_AFTER = datetime.timedelta(days=14)
NAME_LENGTH = 100
REASON_LENGTH = 1_000


class GivenUpError(Exception):
    """Somebody discarded the run, or started it anew."""


# ------------------------------------------------------------------------ what people decide


def confirm(run: ImportRun, digest: str, editor: Any) -> bool:
    """Have loaded what the preview with this digest shows; False if that is not the state now."""
    if digest != run.digest:
        return False
    found = ImportRun.objects.filter(pk=run.pk, state=ImportState.READY, digest=run.digest)
    return _start(run, found, ImportState.LOADING, confirmed_by=editor)


def check_again(run: ImportRun) -> bool:
    """Also of a run whose process has died; False if it has moved on meanwhile."""
    found = ImportRun.objects.filter(pk=run.pk, state=run.state, attempt=run.attempt)
    return _start(run, found.exclude(state=ImportState.DONE), ImportState.CHECKING, note="")


def _start(run: ImportRun, found: Any, state: str, **values: Any) -> bool:
    started: int = found.update(
        state=state, state_since=timezone.now(), attempt=F("attempt") + 1, **values
    )
    if started:
        run.refresh_from_db(fields=["state", "state_since", "attempt", "note", "confirmed_by"])
    return bool(started)


def discard(run: ImportRun) -> None:
    """Remove the run with its upload; a process that works on it will find nothing to finish."""
    progress.forget(run.pk)
    run.delete()


def remove_abandoned() -> None:
    """Drop what nobody has confirmed for a fortnight; the uploads are large."""
    since = timezone.now() - ABANDONED_AFTER
    old = ImportRun.objects.filter(state_since__lt=since).exclude(state=ImportState.DONE)
    for run in old.defer("upload"):
        discard(run)


# ---------------------------------------------------------------------- what the process does


def work(run_id: int, attempt: int, bar: Bar) -> None:
    """Bring the run from the state in which it waits for a process to the next."""
    waiting = ImportRun.objects.filter(pk=run_id, attempt=attempt, state__in=WORKING)
    run = waiting.defer("upload").first()
    if run is None:
        return
    try:
        if run.state == ImportState.LOADING and not _load(run, bar):
            _check(run, bar, CHANGED_SINCE)
        elif run.state == ImportState.CHECKING:
            _check(run, bar, "")
    except GivenUpError:
        return
    except IntegrityError as error:
        _fail(run, f"The database refused a row: {error_in_words(error)}")
    except DatabaseError as error:
        _fail(run, f"The database answered: {error_in_words(error)}")
    except Exception:
        # Whoever looks at the page learns of it; the traceback is for the log.
        _fail(run, "The import failed; the server's log says why.")
        raise
    finally:
        progress.forget(run_id)


def _check(run: ImportRun, bar: Bar, note: str) -> None:
    kind = KINDS[run.kind]
    content = bytes(ImportRun.objects.values_list("upload", flat=True).get(pk=run.pk))
    run.rows.all().delete()
    counts = dict.fromkeys(RowOutcome, 0)
    digest = hashlib.sha256()
    try:
        entries = row_file.read_entries(kind, run.format, run.file_name, content)
        with bar("Checking", max(row_file.count(content, run.format) - 1, 0)) as checking:
            for some in _in_batches(check(kind, entries)):
                ImportRow.objects.bulk_create(_row(run, one) for one in some)
                for one in some:
                    counts[one.outcome] += 1
                    digest.update(_digested(one))
                checking.update(len(some))
                _still_wanted(run)
    except UnreadableError as error:
        place = f"{run.file_name}, line {error.line}," if error.line else run.file_name
        reason = f"{place} {error.reason}."
        run.rows.all().delete()
        _finish(run, ImportState.REFUSED, note=_shown(reason), **_counted({}))
        return
    state = ImportState.REFUSED if counts[RowOutcome.ERROR] else ImportState.READY
    _finish(run, state, note=note, digest=digest.hexdigest(), **_counted(counts))


def _load(run: ImportRun, bar: Bar) -> bool:
    """False if the catalogue is not any more what the preview showed."""
    editor = run.confirmed_by
    cause = Cause.by(editor, run.reason) if editor else Cause(run.editor_name, run.reason)
    names = run.rows.exclude(name="").values_list("name", flat=True)
    try:
        with bar("Importing", run.row_count) as loading, search.following():
            load_rows(KINDS[run.kind], _rows(run), list(names), cause, loading)
            _finish(run, ImportState.DONE, note="", upload=b"")
            # The history has what they did.
            run.rows.all().delete()
    except StaleError:
        return False
    return True


def _rows(run: ImportRun) -> Iterator[ImportRow]:
    """In batches of their own: a cursor of PostgreSQL's would not outlive a rollback."""
    last = -1
    while some := list(run.rows.filter(number__gt=last).order_by("number")[:BATCH]):
        yield from some
        last = some[-1].number


def _finish(run: ImportRun, state: str, **values: Any) -> None:
    """Raises GivenUpError, which rolls a load back, if the run is not this process's any more."""
    found = ImportRun.objects.filter(pk=run.pk, attempt=run.attempt, state__in=WORKING)
    if not found.update(state=state, state_since=timezone.now(), **values):
        raise GivenUpError


def _fail(run: ImportRun, reason: str) -> None:
    with suppress(GivenUpError):
        _finish(run, ImportState.FAILED, note=f"{_shown(reason)} Nothing was imported.")


def _still_wanted(run: ImportRun) -> None:
    if not ImportRun.objects.filter(pk=run.pk, attempt=run.attempt).exists():
        raise GivenUpError


def _in_batches(checked: Iterable[Checked]) -> Iterator[list[Checked]]:
    some: list[Checked] = []
    for one in checked:
        some.append(one)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def _counted(counts: dict[RowOutcome, int]) -> dict[str, int]:
    return {f"{outcome.value}_count": counts.get(outcome, 0) for outcome in RowOutcome}


def _digested(checked: Checked) -> bytes:
    parts = [checked.number, checked.outcome, checked.before, checked.content]
    return json.dumps(parts, cls=ContentEncoder, sort_keys=True).encode()


def _row(run: ImportRun, checked: Checked) -> ImportRow:
    return ImportRow(
        run=run,
        number=checked.number,
        name=_shown(checked.name)[:NAME_LENGTH],
        outcome=checked.outcome,
        before=checked.before,
        content=checked.content,
        problems=[_problem(problem) for problem in checked.problems],
    )


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "reason": _shown(problem.reason),
        "column": _shown(problem.field),
        "line": problem.line,
    }


def _shown(text: str) -> str:
    """Without what a database can't keep or a page can't show."""
    return printable(text)[:REASON_LENGTH]
