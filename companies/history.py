"""The history of entries as changes in words, from their revisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companies.differences import Difference, differences, public
from companies.models import Action, Revision, Status


@dataclass(frozen=True)
class Change:
    """One revision and what it changed; nothing in `differences` for a beginning or an end."""

    revision: Revision
    verb: str
    differences: list[Difference]


_CHANGED = "Changed"


def history_of(subject: str, pk: int) -> list[Change]:
    """Every change of one entry, the latest first, for editors; one query."""
    before: Revision | None = None
    changes = []
    for revision in Revision.objects.of(subject, [pk]).select_related("editor"):
        changes.append(_change(revision, before))
        before = revision
    return changes[::-1]


def public_history_of(subject: str, pk: int) -> list[Change]:
    """What visitors could see of it, the latest first: between two publications, nothing."""
    shown: Revision | None = None
    changes = []
    for revision in Revision.objects.of(subject, [pk]):
        if not revision.was_public:
            continue
        changes.append(_public_change(revision, shown))
        shown = revision
    return changes[::-1]


def public_changes(revisions: Iterable[Revision]) -> list[Change]:
    """The given public revisions, each held against the last public one before it; two queries."""
    revisions = list(revisions)
    earlier = _before(revisions)
    return [_public_change(revision, earlier.get(revision.pk)) for revision in revisions]


def _before(revisions: list[Revision]) -> dict[int, Revision]:
    """By revision, the one that visitors saw before it."""
    wanted = Revision.objects.previous_public([revision.pk for revision in revisions])
    found = Revision.objects.in_bulk(pk for pk in wanted.values() if pk)
    return {pk: found[previous] for pk, previous in wanted.items() if previous}


def _change(revision: Revision, before: Revision | None) -> Change:
    if before is None or revision.action == Action.DELETED:
        return Change(revision, _verb(revision, before), [])
    return Change(revision, _verb(revision, before), differences(before.content, revision.content))


def _public_change(revision: Revision, before: Revision | None) -> Change:
    """`before` is the last state that visitors saw, if there was one."""
    if before is None or not revision.is_published:
        return Change(revision, _verb(revision, before), [])
    verb = _verb(revision, before)
    return Change(revision, verb, differences(public(before.content), public(revision.content)))


def _verb(revision: Revision, before: Revision | None) -> str:
    if revision.action == Action.DELETED:
        return "Deleted"
    status = revision.status
    if before is None:
        return "Published" if status == Status.PUBLISHED else "Added"
    if status == before.status:
        return _CHANGED
    return _STATUS_VERBS[Status(status)]


_STATUS_VERBS = {
    Status.DRAFT: "Taken back to draft",
    Status.IN_REVIEW: "Submitted for review",
    Status.PUBLISHED: "Published",
    Status.WITHDRAWN: "Withdrawn",
}
