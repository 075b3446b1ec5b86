"""Loading what a preview has shown: exactly that, or nothing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from django.utils import timezone

from companies import search
from companies.exchange.columns import CLAIMS
from companies.exchange.entry import Entry, EntryPlace
from companies.exchange.loading import Loading, wait_for_other_loads
from companies.exchange.progress import Advancing, no_bar
from companies.exchange.revisions import NOBODY, Cause, Known, record, record_known
from companies.exchange.row_check import Batch, Checked, checked_batches, provisional_key
from companies.exchange.snapshot import Snapshot
from companies.exchange.table_kind import TableKind
from companies.exchange.yaml_document import Document
from companies.models import Claim, ImportKind, Revision, RowOutcome, Subject

_NUMBERED = re.compile("(.+)-([0-9]+)")


class Shown(Protocol):
    """One row of the preview."""

    number: int
    name: str
    outcome: str
    before: Any
    content: Any


class StaleError(Exception):
    """The catalogue is not any more what the preview was made from."""


def load_rows(
    kind: TableKind,
    rows: Iterable[Shown],
    names: Iterable[str],
    cause: Cause,
    progress: Advancing,
) -> None:
    """Write all rows that are new or changed, within the caller's transaction.

    `names` are those of all the rows. Each row is checked again and held against what the preview
    showed. Raises StaleError when anything differs; the caller then rolls back.
    """
    with search.following():
        wait_for_other_loads()
        numbers = _Numbers(names)
        shown: dict[int, str] = {}
        entries = _entries(rows, shown)
        for batch in checked_batches(kind, entries, lock=True):
            _compare(batch, shown)
            done = len(batch.checked)
            _load(kind, batch, cause, numbers)
            progress.update(done)
            shown.clear()


def _entries(rows: Iterable[Shown], shown: dict[int, str]) -> Iterator[Entry]:
    document = Document("")
    for row in rows:
        shown[row.number] = _fingerprint(row)
        content = row.content if isinstance(row.content, dict) else {}
        place = EntryPlace(document, (row.number - 1,), row.name, (), row.number)
        yield Entry(row.number, dict(content), place)


def _compare(batch: Batch, shown: dict[int, str]) -> None:
    for checked in batch.checked:
        if checked.problems or _fingerprint(checked) != shown[checked.number]:
            raise StaleError


def _fingerprint(row: Shown | Checked) -> str:
    """Kept instead of the row itself, of which there may be twenty thousand."""
    parts = [str(row.outcome), row.before, row.content]
    text = json.dumps(parts, sort_keys=True, default=float)
    return hashlib.sha256(text.encode()).hexdigest()


def _load(kind: TableKind, batch: Batch, cause: Cause, numbers: _Numbers) -> None:
    unchanged = {one.name for one in batch.checked if one.outcome == RowOutcome.UNCHANGED}
    changed = {
        snapshot.record.pk: snapshot
        for name, snapshot in batch.stored.items()
        if name not in unchanged
    }
    # Whatever came in unnoticed is not this import's.
    last = Revision.objects.latest_of(kind.subject, changed)
    unnoticed = record(kind.subject, changed, NOBODY, Known(changed, last))
    last |= {revision.subject_id: revision for revision in unnoticed}
    loading = Loading(batch.catalogue, batch.identity, timezone.now(), cause)
    with no_bar("", 1) as silent:
        if kind.kind != ImportKind.CLAIMS:
            # They speak of each other; what is the same in them isn't written anyway.
            batch.checked.clear()
            batch.stored.clear()
            loading.run(silent)
            return
        claims = batch.catalogue.claims
        claims.rows = {name: row for name, row in claims.rows.items() if name not in unchanged}
        keys = _give_keys(batch, numbers)
        loading.write(silent)
        _record_claims(batch, keys, cause, last)


def _record_claims(
    batch: Batch, keys: dict[int, str], cause: Cause, last: dict[int, Revision]
) -> None:
    """From the contents that were checked: reading them again would take as long as writing."""
    new = (name for name in batch.catalogue.claims.rows if name not in batch.stored)
    records = {name: snapshot.record for name, snapshot in batch.stored.items()}
    records |= CLAIMS.stored(new)
    entries = []
    for checked in batch.checked:
        if checked.outcome != RowOutcome.UNCHANGED and checked.content:
            key = keys.get(checked.number, checked.name)
            company, *rest = checked.content.items()
            content = dict([company, ("key", key), *(one for one in rest if one[0] != "key")])
            entries.append((Snapshot(records[key], content), checked.before))
    record_known(Subject.CLAIM, entries, cause, last)


class _Numbers:
    """The next key of each company; those that the file gives are taken, too."""

    def __init__(self, given: Iterable[str]) -> None:
        self._given = given
        self._highest: dict[str, int] | None = None

    def next_key(self, company: str) -> str:
        if self._highest is None:
            self._highest = self._read()
        self._highest[company] = self._highest.get(company, 0) + 1
        return f"{company}-{self._highest[company]:02d}"

    def _read(self) -> dict[str, int]:
        highest: dict[str, int] = {}
        stored = Claim.objects.order_by().values_list("key", flat=True)
        for key in (*self._given, *stored.iterator()):
            if found := _NUMBERED.fullmatch(key):
                highest[found[1]] = max(highest.get(found[1], 0), int(found[2]))
        return highest


def _give_keys(batch: Batch, numbers: _Numbers) -> dict[int, str]:
    """New claims without a key get their company's next number; returns which, by row."""
    rows = batch.catalogue.claims.rows
    keys: dict[int, str] = {}
    for checked in batch.checked:
        if checked.name or not checked.content:
            continue
        placed = rows.pop(provisional_key(checked.content["company"], checked.number))
        key = numbers.next_key(placed.company)
        row = placed.row.model_copy(update={"key": key})
        rows[key] = replace(placed, row=row, place=replace(placed.place, name=key))
        keys[checked.number] = key
    return keys
