"""Who may do what with an entry, beyond Django's permissions per model.

A contributor drafts. An editor publishes, and changes what is public. Groups of these names are
made by a migration; what counts here is the permission, whoever gave it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from companies.differences import public
from companies.models import Revision, Status
from companies.models.revision import WITH_STATUS

PUBLISH = "companies.publish_claim"

# Where a contributor may take an entry, and from where.
DRAFTING = (Status.DRAFT, Status.IN_REVIEW)


def may_publish(user: Any) -> bool:
    return bool(user.has_perm(PUBLISH))


def statuses_for(user: Any, current: str) -> list[Status]:
    """What the user may make of an entry that has this status now."""
    if may_publish(user):
        return list(Status)
    return list(DRAFTING) if current in DRAFTING else []


def needs_second_person() -> bool:
    """Whether whoever wrote an entry may not publish it: the setting TWO_PERSON_RULE."""
    return bool(settings.TWO_PERSON_RULE)


def wrote(user: Any, subject: str, pk: int) -> bool:
    """Whether the user has changed what the entry says since it was last published."""
    before: Revision | None = None
    writers: set[int | None] = set()
    for revision in Revision.objects.of(subject, [pk]):
        if before is None or public(before.content) != public(revision.content):
            writers.add(revision.editor_id)
        if subject in WITH_STATUS and revision.status == Status.PUBLISHED:
            writers.clear()
        before = revision
    return user.pk in writers


def wrote_unpublished(user: Any, subject: str, pk: int) -> bool:
    """Whether the two-person rule keeps the user from publishing the entry as it stands."""
    return needs_second_person() and wrote(user, subject, pk)
