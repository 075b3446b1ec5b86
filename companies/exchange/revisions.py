"""Writing the history: one revision for each entry whose content has changed, and only then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from companies import search
from companies.differences import companies_named, public, without
from companies.exchange.snapshot import SHAPES, Snapshot, snapshots
from companies.exchange.table_write import batches
from companies.models import Action, Company, CompanyList, Revision, Status, Subject
from companies.models.revision import SHOWN_BY_OTHERS, WITH_STATUS, as_stored

LONGEST_NAME = 150  # as the column
UNRECORDED = "As it stood when this history begins."


@dataclass(frozen=True)
class Cause:
    """Who changed something, and why. `editor` is the account, if one is behind it."""

    name: str = ""
    reason: str = ""
    editor: Any = None

    @classmethod
    def by(cls, editor: Any, reason: str = "") -> Cause:
        """As done by a member of staff."""
        name = editor.get_full_name() or editor.get_username()
        # A first and a last name may have 150 characters each.
        return cls(name[:LONGEST_NAME], reason, editor)


NOBODY = Cause()


class Known(NamedTuple):
    """How entries stand and what the history has of them last, by id."""

    now: Mapping[int, Snapshot]
    last: Mapping[int, Revision]


def record(
    subject: str,
    ids: Iterable[int],
    cause: Cause,
    known: Known | None = None,
) -> list[Revision]:
    """Keep how the entries stand, where that differs from how they stood last.

    Called after a change, in its transaction. Called before one as well, it catches what came in
    behind the history's back, so that nobody is named for another's change. `known` is what was
    read of them in this transaction already.
    """
    written: list[Revision] = []
    with transaction.atomic():
        for batch in batches(sorted(set(ids))):
            if known:
                now = {pk: known.now[pk] for pk in batch}
                last = {pk: known.last[pk] for pk in batch if pk in known.last}
            else:
                now = snapshots(subject, batch)
                last = Revision.objects.latest_of(subject, batch)
            new = list(_changes(subject, now, last, cause))
            written += Revision.objects.bulk_create(new)
            _follow(subject, new, last)
    return written


def record_known(
    subject: str,
    entries: Iterable[tuple[Snapshot, dict[str, Any] | None]],
    cause: Cause,
    last: Mapping[int, Revision],
) -> None:
    """The same as `record` where the content after the change and before it is known already.

    For thousands of entries in one transaction, which reading them once more would double.
    """
    new = Revision.objects.bulk_create(
        _revision(
            subject,
            snapshot,
            Action.ADDED if before is None else Action.CHANGED,
            last.get(snapshot.record.pk),
            cause,
        )
        for snapshot, before in entries
        if before is None or before != as_stored(snapshot.content)
    )
    _follow(subject, new, last)


def record_deletion(
    subject: str, ids: Iterable[int], cause: Cause, *, lists: bool = True
) -> list[Revision]:
    """Keep how the entries stand for the last time; called before they are deleted.

    `lists`: the lists that companies are on lose them, and don't go over to another company.
    """
    ids = list(ids)
    with transaction.atomic():
        record(subject, ids, NOBODY)
        if subject == Subject.COMPANY and lists:
            _record_shorter_lists(ids, cause)
        search.forget(subject, ids)
        return Revision.objects.bulk_create(
            _revision(subject, snapshot, Action.DELETED, None, cause)
            for snapshot in snapshots(subject, ids).values()
        )


def _record_shorter_lists(companies: list[int], cause: Cause) -> None:
    """A company leaves the lists it is on when it is deleted, which is a change of those."""
    gone = set(Company.objects.filter(pk__in=companies).values_list("slug", flat=True))
    naming = CompanyList.objects.filter(entries__company__in=companies).distinct()
    ids = list(naming.values_list("pk", flat=True))
    record(Subject.LIST, ids, NOBODY)
    last = Revision.objects.latest_of(Subject.LIST, ids)
    now = {
        pk: Snapshot(one.record, without(one.content, gone))
        for pk, one in snapshots(Subject.LIST, ids).items()
    }
    Revision.objects.bulk_create(_changes(Subject.LIST, now, last, cause))


def record_missing() -> int:
    """Begin the history of every entry that has none, as after an upgrade; returns how many."""
    begun = 0
    for subject, shape in SHAPES.items():
        known = Revision.objects.filter(subject=subject).values("subject_id")
        ids = shape.model._default_manager.exclude(pk__in=known).values_list("pk", flat=True)
        begun += len(record(subject, ids, Cause(reason=UNRECORDED)))
    return begun


def _follow(subject: str, new: Iterable[Revision], last: Mapping[int, Revision]) -> None:
    """The search has what the history has, from the same moment on."""
    changes = {}
    for revision in new:
        before = last.get(revision.subject_id)
        known = before.content if before and before.action != Action.DELETED else None
        changes[revision.subject_id] = search.Change(known, revision.content)
    search.follow(subject, changes)


def _changes(
    subject: str, now: dict[int, Snapshot], last: Mapping[int, Revision], cause: Cause
) -> Iterator[Revision]:
    contents = [*(one.content for one in now.values()), *(one.content for one in last.values())]
    hidden = Company.objects.hidden(set().union(*map(companies_named, contents)))
    changed = {
        pk: snapshot
        for pk, snapshot in now.items()
        if _is_new(last.get(pk)) or _differs(last[pk], snapshot)
    }
    unseen = _unseen(subject, changed)
    for pk, snapshot in changed.items():
        is_new = _is_new(last.get(pk))
        action, before = (Action.ADDED, None) if is_new else (Action.CHANGED, last[pk])
        revision = _revision(subject, snapshot, action, before, cause, hidden)
        revision.was_public &= pk not in unseen
        yield revision


def _is_new(last: Revision | None) -> bool:
    return last is None or last.action == Action.DELETED


def _unseen(subject: str, ids: Collection[int]) -> set[int]:
    """Those without a status of their own that nothing public names: drafts, in effect."""
    if subject not in SHOWN_BY_OTHERS or not ids:
        return set()
    model: Any = SHAPES[subject].model
    return set(ids) - set(model.objects.published().filter(pk__in=ids).values_list("pk", flat=True))


def _differs(before: Revision, now: Snapshot) -> bool:
    content = as_stored(now.content)
    if before.company_id and before.company_id == now.record.company_id:
        # The same company under a new address: its claims say what they said.
        return {**before.content, "company": content["company"]} != content
    return before.content != content


def _revision(  # noqa: PLR0913, PLR0917 - what a revision is made of
    subject: str,
    snapshot: Snapshot,
    action: Action,
    before: Revision | None,
    cause: Cause,
    hidden: Collection[str] = (),
) -> Revision:
    record, content = snapshot
    revision = Revision(
        subject=subject,
        subject_id=record.pk,
        company_id=record.company_id if subject == Subject.CLAIM else None,
        name=content.get("key") or content["slug"],
        action=action,
        content=as_stored(content),
        made_at=timezone.now(),
        editor=cause.editor,
        editor_name=cause.name,
        reason=cause.reason,
    )
    revision.was_public = _is_public(revision, before, hidden)
    return revision


def _is_public(revision: Revision, before: Revision | None, hidden: Collection[str]) -> bool:
    if revision.subject in WITH_STATUS and revision.status != Status.PUBLISHED:
        return before is not None and before.is_published
    return (
        before is None
        or before.status != revision.status
        or public(before.content, hidden) != public(revision.content, hidden)
    )
