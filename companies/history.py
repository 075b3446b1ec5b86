"""The history of entries as changes in words, from their revisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.differences import Difference, companies_named, differences, public
from companies.models import Action, Company, Revision, Status


@dataclass(frozen=True)
class Change:
    """One revision and what it changed; nothing in `differences` for a beginning or an end."""

    revision: Revision
    verb: str
    differences: list[Difference]
    # What the entry was called, as far as whoever reads this may know.
    title: str

    @property
    def in_words(self) -> str:
        """As in `Text: It ran on Python 2. → It runs on Python 3.`, field by field."""
        return "; ".join(
            f"{one.label}: {', '.join(one.removed) or '–'} → {', '.join(one.added) or '–'}"
            if not one.is_reordered
            else _("%(field)s: in another order") % {"field": one.label}
            for one in self.differences
        )


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
    return public_history(list(Revision.objects.of(subject, [pk]).filter(was_public=True)))


def public_history(revisions: Sequence[Revision]) -> list[Change]:
    """The same of the public revisions of one entry, the earliest first, as far as they are given.

    No query, but for a company or list one that looks for the companies it names.
    """
    hidden = _hidden(revisions)
    changes = [
        _public_change(revision, revisions[:number], hidden)
        for number, revision in enumerate(revisions)
    ]
    return changes[::-1]


def public_changes(revisions: Iterable[Revision]) -> list[Change]:
    """The given public revisions, each held against what visitors saw before it.

    One query, and one more if a company is named, which may have been hidden since.
    """
    revisions = list(revisions)
    before = list(Revision.objects.before(revision.pk for revision in revisions))
    hidden = _hidden([*before, *revisions] if before else [])
    earlier: dict[tuple[str, int], list[Revision]] = {}
    for revision in before:
        earlier.setdefault(_place(revision), []).append(revision)
    return [_public_change(one, _before(one, earlier), hidden) for one in revisions]


def _hidden(revisions: Iterable[Revision]) -> set[str]:
    named = (companies_named(revision.content) for revision in revisions)
    return Company.objects.hidden(set().union(*named))


def batched_public_changes(revisions: QuerySet[Revision]) -> Iterator[Change]:
    """The same for any number of them."""
    numbers = list(revisions.values_list("pk", flat=True))
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        rows = Revision.objects.with_entry().in_bulk(batch)
        yield from public_changes(rows[pk] for pk in batch)


def _before(revision: Revision, earlier: dict[tuple[str, int], list[Revision]]) -> list[Revision]:
    return [one for one in earlier.get(_place(revision), []) if one.pk < revision.pk]


def _place(revision: Revision) -> tuple[str, int]:
    return revision.subject, revision.subject_id


def _change(revision: Revision, before: Revision | None) -> Change:
    verb = _verb(revision, before)
    if before is None or revision.action == Action.DELETED:
        return Change(revision, verb, [], revision.title)
    found = differences(before.content, revision.content)
    return Change(revision, verb, found, revision.title)


def _public_change(
    revision: Revision, before: Sequence[Revision], hidden: Collection[str]
) -> Change:
    """`before` are public changes before it in their order, the last two that matter at least.

    What the entry said while it was not published is held against nothing and not told: whoever
    withdraws a claim may have rewritten it in the same save.
    """
    verb = _verb(revision, before[-1] if before else None)
    shown = next((one for one in reversed(before) if one.is_published), None)
    if not revision.is_published:
        return Change(revision, verb, [], (shown or revision).title)
    if shown is None:
        return Change(revision, verb, [], revision.title)
    found = differences(public(shown.content, hidden), public(revision.content, hidden))
    return Change(revision, verb, found, revision.title)


def _verb(revision: Revision, before: Revision | None) -> str:
    if revision.action == Action.DELETED:
        return _("Deleted")
    status = revision.status
    if before is None:
        return _("Published") if status == Status.PUBLISHED else _("Added")
    if status == before.status:
        return _("Changed")
    return str(_STATUS_VERBS[Status(status)])


_STATUS_VERBS = {
    Status.DRAFT: gettext_lazy("Taken back to draft"),
    Status.IN_REVIEW: gettext_lazy("Submitted for review"),
    Status.PUBLISHED: gettext_lazy("Published"),
    Status.WITHDRAWN: gettext_lazy("Withdrawn"),
}
