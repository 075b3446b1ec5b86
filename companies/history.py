"""The history of entries as changes in words, from their revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from companies.differences import Difference, differences, public
from companies.models import Action, Revision, Status


@dataclass(frozen=True)
class Change:
    """One revision and what it changed; nothing in `differences` for a beginning or an end."""

    revision: Revision
    verb: str
    differences: list[Difference]

    @property
    def in_words(self) -> str:
        """As in `Text: It ran on Python 2. → It runs on Python 3.`, field by field."""
        return "; ".join(
            f"{one.label}: {', '.join(one.removed) or '–'} → {', '.join(one.added) or '–'}"
            if not one.is_reordered
            else f"{one.label}: in another order"
            for one in self.differences
        )


_CHANGED = "Changed"
# Revisions compared at a time; each holds a whole entry.
_BATCH = 500


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
    """The given public revisions, each held against the last public one before it; one query."""
    revisions = list(revisions)
    earlier: dict[tuple[str, int], list[Revision]] = {}
    for revision in Revision.objects.before(revision.pk for revision in revisions):
        earlier.setdefault(_place(revision), []).append(revision)
    return [_public_change(one, _last_before(one, earlier)) for one in revisions]


def batched_public_changes(revisions: QuerySet[Revision]) -> Iterator[Change]:
    """The same for any number of them."""
    numbers = list(revisions.values_list("pk", flat=True))
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        rows = Revision.objects.with_entry().in_bulk(batch)
        yield from public_changes(rows[pk] for pk in batch)


def _last_before(
    revision: Revision, earlier: dict[tuple[str, int], list[Revision]]
) -> Revision | None:
    before = [one for one in earlier.get(_place(revision), []) if one.pk < revision.pk]
    return before[-1] if before else None


def _place(revision: Revision) -> tuple[str, int]:
    return revision.subject, revision.subject_id


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
