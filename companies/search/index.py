"""The documents as they are and as they should be: what differs, and writing that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction

from companies.models import (
    Claim,
    Company,
    SearchDocument,
    SearchName,
    Subject,
    Technology,
)
from companies.search import marks
from companies.search.documents import made
from companies.search.engine import engine
from companies.search.marks import Facet
from companies.search.rowids import (
    VERSION_ROWID,
    document_of_name,
    documents_of,
    entry,
    rowid,
)
from companies.search.words import VERSION

BATCH = 500
MODELS: dict[Subject, Any] = {
    Subject.COMPANY: Company,
    Subject.TECHNOLOGY: Technology,
    Subject.CLAIM: Claim,
}
# Any numbers that nothing else of ours locks, in the order in which they are locked.
_LOCK, _LOCK_OF_TECHNOLOGIES = 5_271_977, 5_271_978

Bar = Callable[[str, int], AbstractContextManager[Any]]


@dataclass
class Difference:
    """Between what is kept and what should be."""

    documents: list[SearchDocument] = field(default_factory=list)
    names: list[SearchName] = field(default_factory=list)
    superfluous: list[int] = field(default_factory=list)
    # Technologies that the documents named before and don't now, or the other way round.
    technologies: set[int] = field(default_factory=set)


class Renewed(NamedTuple):
    """How many documents were not as they should be, and the technologies that claims began or
    ceased to name by that: they may have become or ceased to be public."""

    documents: int
    technologies: set[int]


def rebuild(bar: Bar) -> int:
    """Bring every document up to date, a batch and a transaction at a time; returns how many
    were not. Searches go on meanwhile, and so do changes."""
    mended = 0
    for subject, model in MODELS.items():
        with bar(f"{subject.label}: search", model.objects.count()) as progress:
            for batch in _all_ids(subject):
                with transaction.atomic():
                    wait(alone=True)
                    mended += renew(subject, batch).documents
                progress.update(len(batch))
        for rowids in _all_rowids(subject):
            with transaction.atomic():
                wait(alone=True)
                gone = _without_entry(subject, rowids)
                engine().remove(gone)
            mended += len(gone)
    version = SearchDocument(rowid=VERSION_ROWID, names="", links="", text="", marks=_stamp())
    engine().write([version], [])
    return mended


def is_complete() -> bool:
    """Whether there is a document for everything published, made by this release's rules.

    Counts only: whether each document is right, `differing` tells.
    """
    version = engine().stored([VERSION_ROWID])[0].get(VERSION_ROWID)
    if version is None or version.marks != _stamp():
        return False
    published = sum(model.objects.published().count() for model in MODELS.values())
    return engine().count() == published + 1


def differing(bar: Bar) -> list[tuple[Subject, int]]:
    """The entries whose documents are missing, outdated or superfluous; changes nothing.

    Changes wait for a batch as for a rebuild: half of one would look like a difference.
    """
    found: list[tuple[Subject, int]] = []
    for subject, model in MODELS.items():
        with bar(f"{subject.label}: search", model.objects.count()) as progress:
            for batch in _all_ids(subject):
                with transaction.atomic():
                    wait(alone=True)
                    difference = _difference(subject, batch)
                numbers = {document.rowid for document in difference.documents}
                numbers |= {document_of_name(name.rowid) for name in difference.names}
                found += map(entry, sorted(numbers | set(difference.superfluous)))
                progress.update(len(batch))
        for rowids in _all_rowids(subject):
            with transaction.atomic():
                wait(alone=True)
                found += map(entry, _without_entry(subject, rowids))
    return found


def _stamp() -> str:
    return f"_version_{VERSION}"


def wait(*, alone: bool) -> None:
    """Until the transaction ends nobody else changes what these documents are made of.

    Two that write one document would each read only half of it. A claim is changed by one at a time
    as it is, so that only what reaches other entries' documents needs to be `alone`. SQLite has one
    writer anyway.

    All other locks of the transaction come before this one, so that no two wait for each other.
    References are looked at, and what they refer to locked, at the end of a transaction unless one
    asks before.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    _lock(_LOCK, "" if alone else "_shared")


def wait_for_technologies() -> None:
    """After `wait`, for those who are not alone, until the transaction ends.

    Two claims that name a technology may be published and withdrawn at once: whether any names it
    can be said only by one after the other.
    """
    _lock(_LOCK_OF_TECHNOLOGIES, "")


def _lock(number: int, kind: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s)", [number])


def renew(subject: Subject, ids: Iterable[int], without_claims: Collection[int] = ()) -> Renewed:
    """Write what differs of these entries, within a transaction that has waited."""
    count, technologies = 0, set()
    # In the order of their numbers, which FTS5 writes fastest.
    for batch in in_batches(sorted(ids, key=lambda pk: rowid(subject, pk))):
        difference = _difference(subject, batch, without_claims)
        engine().write(difference.documents, difference.names)
        engine().remove(difference.superfluous)
        count += len(difference.documents) + len(difference.superfluous)
        if subject == Subject.CLAIM:
            technologies |= difference.technologies
    return Renewed(count, technologies)


def remove(subject: Subject, ids: Iterable[int]) -> set[int]:
    """Remove the documents of these entries; returns the technologies that claims so cease to
    name."""
    technologies: set[int] = set()
    for batch in in_batches(ids):
        rowids = [rowid(subject, pk) for pk in batch]
        if subject == Subject.CLAIM:
            documents, _ = engine().stored(rowids)
            technologies.update(*map(_technologies, documents.values()))
        engine().remove(rowids)
    return technologies


def _difference(
    subject: Subject, ids: Collection[int], without_claims: Collection[int] = ()
) -> Difference:
    wanted, wanted_names = made(subject, ids, without_claims)
    stored, stored_names = engine().stored([rowid(subject, pk) for pk in ids])
    names = _by_document(wanted_names)
    known = _by_document(stored_names)
    difference = Difference()
    for document in wanted:
        before = stored.pop(document.rowid, None)
        new = names.get(document.rowid, [])
        is_same = before and _content(before) == _content(document)
        if is_same and _named(known.get(document.rowid, [])) == _named(new):
            continue
        difference.documents.append(document)
        difference.names += new
        difference.technologies |= _technologies(document) ^ (
            _technologies(before) if before else set()
        )
    difference.superfluous = list(stored)
    for document in stored.values():
        difference.technologies |= _technologies(document)
    return difference


def _content(document: SearchDocument) -> tuple[str, ...]:
    return document.names, document.links, document.text, document.marks


def _named(names: Iterable[SearchName]) -> list[tuple[int, str, str, str]]:
    return sorted((name.rowid, name.name, name.words, name.trigrams) for name in names)


def _by_document(names: Iterable[SearchName]) -> dict[int, list[SearchName]]:
    found: dict[int, list[SearchName]] = {}
    for name in names:
        found.setdefault(document_of_name(name.rowid), []).append(name)
    return found


def _technologies(document: SearchDocument) -> set[int]:
    return {int(pk) for pk in marks.read(document.marks).get(Facet.TECHNOLOGY, ())}


def _all_ids(subject: Subject) -> Iterator[list[int]]:
    """In batches, each read by itself: a cursor would keep SQLite from writing in between."""
    last = 0
    rows = MODELS[subject].objects.order_by("pk").values_list("pk", flat=True)
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]


def _all_rowids(subject: Subject) -> Iterator[list[int]]:
    first, after = documents_of(subject)
    while rowids := engine().stored_rowids(first, after, BATCH):
        yield rowids
        first = rowids[-1] + 1


def _without_entry(subject: Subject, rowids: list[int]) -> list[int]:
    """Those of the numbers whose entry is gone."""
    pks = {entry(number)[1]: number for number in rowids}
    there = set(MODELS[subject].objects.filter(pk__in=pks).values_list("pk", flat=True))
    return [number for pk, number in pks.items() if pk not in there]


def in_batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
