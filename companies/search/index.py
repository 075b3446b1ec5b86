"""Keeping the documents as the catalogue is: after each change, in its transaction.

What is said of an entry is kept with others too: a technology's name with each claim that names it,
a source's tier in the grade of each claim that rests on it. So a change is followed to the claims
it reaches, and from those to the technologies that have become or ceased to be public.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from companies.models import (
    Citation,
    Claim,
    ClaimTechnology,
    CodebaseShare,
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
_MODELS: dict[Subject, Any] = {
    Subject.COMPANY: Company,
    Subject.TECHNOLOGY: Technology,
    Subject.CLAIM: Claim,
}
# What of an entry is kept with claims, as the exchange format calls it.
_SAID_ELSEWHERE: dict[str, tuple[str, ...]] = {
    Subject.COMPANY: ("name", "aliases", "industry", "status"),
    Subject.TECHNOLOGY: ("name",),
    Subject.SOURCE: ("tier", "publisher", "author"),
    Subject.DOMAIN: ("name",),
}
# Any number that nothing else of ours locks.
_LOCK = 5_271_977

Content = Mapping[str, Any]
Bar = Callable[[str, int], AbstractContextManager[Any]]


class Change(NamedTuple):
    """An entry in the shape of the files before a change, None for a new one, and after."""

    before: Content | None
    after: Content


@dataclass
class Difference:
    """Between what is kept and what should be."""

    documents: list[SearchDocument] = field(default_factory=list)
    names: list[SearchName] = field(default_factory=list)
    superfluous: list[int] = field(default_factory=list)
    # Technologies that the documents named before and don't now, or the other way round.
    technologies: set[int] = field(default_factory=set)


def follow(subject: str, changes: Mapping[int, Change]) -> None:
    """Called after the change of entries, by their id, in its transaction."""
    if not changes or subject == Subject.LIST:
        return
    with transaction.atomic(savepoint=False):
        _wait(alone=subject != Subject.CLAIM)
        if subject in _MODELS:
            _renew(Subject(subject), changes)
        elsewhere = _SAID_ELSEWHERE.get(subject, ())
        reaching = [
            pk
            for pk, (before, after) in changes.items()
            # A new one is known to no claim but new ones, and those that change themselves.
            if before and any(before.get(name) != after.get(name) for name in elsewhere)
        ]
        if reaching:
            for claims in _batches(_claims_reached(subject, reaching)):
                _renew(Subject.CLAIM, claims)


def forget(subject: str, ids: Iterable[int]) -> None:
    """Called before entries are deleted, which nothing else names any more, in its transaction."""
    if subject not in _MODELS:
        return
    with transaction.atomic(savepoint=False):
        _wait(alone=subject != Subject.CLAIM)
        for batch in _batches(ids):
            rowids = [rowid(subject, pk) for pk in batch]
            documents, _ = engine().stored(rowids)
            engine().remove(rowids)
            if subject == Subject.CLAIM:
                named = set().union(*map(_technologies, documents.values()))
                _renew(Subject.TECHNOLOGY, named, without_claims=batch)


def rebuild(bar: Bar) -> int:
    """Bring every document up to date, a batch and a transaction at a time; returns how many
    were not. Searches go on meanwhile, and so do changes."""
    mended = 0
    for subject, model in _MODELS.items():
        with bar(f"{subject.label}: search", model.objects.count()) as progress:
            for batch in _all(model):
                with transaction.atomic():
                    _wait(alone=True)
                    # Technologies have had their turn.
                    mended += _renew(subject, batch, onwards=False)
                progress.update(len(batch))
        for gone in _without_entry(subject):
            with transaction.atomic():
                _wait(alone=True)
                engine().remove(_still_without_entry(subject, gone))
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
    published = sum(model.objects.published().count() for model in _MODELS.values())
    return engine().count() == published + 1


def differing(bar: Bar) -> list[tuple[Subject, int]]:
    """The entries whose documents are missing, outdated or superfluous; changes nothing."""
    found: list[tuple[Subject, int]] = []
    for subject, model in _MODELS.items():
        with bar(f"{subject.label}: search", model.objects.count()) as progress:
            for batch in _all(model):
                difference = _difference(subject, batch)
                numbers = {document.rowid for document in difference.documents}
                numbers |= {document_of_name(name.rowid) for name in difference.names}
                found += map(entry, sorted(numbers | set(difference.superfluous)))
                progress.update(len(batch))
        for gone in _without_entry(subject):
            found += map(entry, gone)
    return found


def _stamp() -> str:
    return f"_version_{VERSION}"


def _wait(*, alone: bool) -> None:
    """Two transactions that write one document would each read only half of what it is made of.

    A claim is changed by one at a time as it is, so that only what reaches other entries' documents
    needs to be alone. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        kind = "" if alone else "_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s)", [_LOCK])


def _claims_reached(subject: str, ids: list[int]) -> list[int]:
    of_claim = {"claim": OuterRef("pk")}
    if subject == Subject.TECHNOLOGY:
        uses = ClaimTechnology.objects.filter(**of_claim, technology__in=ids)
        shares = CodebaseShare.objects.filter(**of_claim, technology__in=ids)
        reached = Q(Exists(uses)) | Q(Exists(shares))
    elif subject == Subject.SOURCE:
        citations = Citation.objects.filter(**of_claim, source__in=ids)
        reached = Q(source__in=ids) | Q(Exists(citations))
    else:
        reached = Q(**{f"{subject}__in": ids})
    return list(Claim.objects.filter(reached).order_by("pk").values_list("pk", flat=True))


def _renew(
    subject: Subject,
    ids: Iterable[int],
    without_claims: Collection[int] = (),
    *,
    onwards: bool = True,
) -> int:
    """Write what differs; returns how many documents did. `onwards` to the technologies of claims
    that may have become or ceased to be public."""
    renewed = 0
    for batch in _batches(ids):
        difference = _difference(subject, batch, without_claims)
        engine().write(difference.documents, difference.names)
        engine().remove(difference.superfluous)
        renewed += len(difference.documents) + len(difference.superfluous)
        if onwards and subject == Subject.CLAIM and difference.technologies:
            _renew(Subject.TECHNOLOGY, sorted(difference.technologies))
    return renewed


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


def _without_entry(subject: Subject) -> Iterator[list[int]]:
    """Numbers of documents whose entry is gone, in batches."""
    first, after = documents_of(subject)
    while rowids := engine().stored_rowids(first, after, BATCH):
        gone = _still_without_entry(subject, rowids)
        if gone:
            yield gone
        first = rowids[-1] + 1


def _still_without_entry(subject: Subject, rowids: list[int]) -> list[int]:
    pks = {entry(number)[1]: number for number in rowids}
    there = set(_MODELS[subject].objects.filter(pk__in=pks).values_list("pk", flat=True))
    return [number for pk, number in pks.items() if pk not in there]


def _all(model: Any) -> Iterator[list[int]]:
    """The ids of every entry, in batches.

    Each is asked for by itself: what SQLite writes while a cursor is open can't leave its log,
    which came to 3 GB for a million claims.
    """
    last = 0
    rows = model.objects.order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=last)[:BATCH]):
        yield ids
        last = ids[-1]


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
