from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Subquery

from companies.models.constraints import choice_check, filled_check
from companies.models.record import Status

# How a row of the exchange format says that it is published: by saying nothing.
STATUS_WHEN_SILENT = Status.PUBLISHED


class Subject(models.TextChoices):
    """What a revision tells of."""

    COMPANY = "company", "Company"
    CLAIM = "claim", "Claim"
    SOURCE = "source", "Source"
    TECHNOLOGY = "technology", "Technology"
    DOMAIN = "domain", "Domain"
    LIST = "list", "List"


class Action(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    DELETED = "deleted", "Deleted"


# Those with a status of their own; the others are public when something public names them.
WITH_STATUS = (Subject.COMPANY, Subject.CLAIM, Subject.LIST)


class ContentEncoder(json.JSONEncoder):
    """Decimals as numbers: at most 15 digits of theirs are kept, which a double holds exactly."""

    def default(self, value: Any) -> Any:
        return float(value) if isinstance(value, Decimal) else super().default(value)


def as_stored(content: dict[str, Any]) -> dict[str, Any]:
    """What comes back from the database, so that both can be compared."""
    stored: dict[str, Any] = json.loads(json.dumps(content, cls=ContentEncoder))
    return stored


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, subject: str, ids: Iterable[int]) -> Self:
        return self.filter(subject=subject, subject_id__in=list(ids))

    def latest_of(self, subject: str, ids: Iterable[int]) -> dict[int, Revision]:
        """The last revision by the id of what it tells of; two queries."""
        last = self.of(subject, ids).order_by().values("subject_id").annotate(last=Max("pk"))
        rows = self.in_bulk([row["last"] for row in last])
        return {row.subject_id: row for row in rows.values()}

    def previous_public(self, ids: Iterable[int]) -> dict[int, int | None]:
        """By revision, the last one of the same entry before it that visitors could see."""
        earlier = (
            Revision.objects.filter(
                subject=OuterRef("subject"),
                subject_id=OuterRef("subject_id"),
                pk__lt=OuterRef("pk"),
                was_public=True,
            )
            .order_by("-pk")
            .values("pk")[:1]
        )
        found = self.filter(pk__in=list(ids)).annotate(previous=Subquery(earlier))
        return dict(found.values_list("pk", "previous"))

    def public(self) -> Self:
        """Changes of what visitors could see before or after, and may still know of.

        A claim or list that was withdrawn or deleted stays among them, as long as its company is
        published. Sources and technologies only while something published names them.
        """
        companies = apps.get_model("companies", "Company").objects.published()
        sources = apps.get_model("companies", "Source").objects.published()
        technologies = apps.get_model("companies", "Technology").objects.published()
        here, company = OuterRef("subject_id"), OuterRef("company_id")
        return self.filter(was_public=True).filter(
            Q(subject__in=[Subject.DOMAIN, Subject.LIST, Subject.COMPANY])
            | Q(Exists(companies.filter(pk=company)), subject=Subject.CLAIM)
            | Q(Exists(sources.filter(pk=here)), subject=Subject.SOURCE)
            | Q(Exists(technologies.filter(pk=here)), subject=Subject.TECHNOLOGY)
        )


class Revision(models.Model):
    """One entry of the catalogue as it stood after one change, whole, in the exchange shape.

    Never changed and never deleted. Ids instead of foreign keys, because the history outlives what
    it tells of (docs/decisions/0012-history-in-the-exchange-shape.md).
    """

    subject = models.CharField(max_length=20, choices=Subject.choices)
    subject_id = models.BigIntegerField()
    # Of a claim: the company it is about, so that an unpublished one's claims stay out of sight.
    company_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=100)  # the key or slug at the time
    action = models.CharField(max_length=20, choices=Action.choices)
    content = models.JSONField(encoder=ContentEncoder)
    # Whether visitors saw the change, as far as the entry's own status decides it.
    was_public = models.BooleanField()
    made_at = models.DateTimeField(db_index=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    editor_name = models.CharField(max_length=150, blank=True)  # outlives the account
    reason = models.CharField(max_length=300, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            choice_check("subject", Subject, "revision"),
            choice_check("action", Action, "revision"),
            filled_check("name", "revision", "A revision names what it tells of."),
        ]
        indexes = [models.Index(fields=["subject", "subject_id"], name="revision_of_subject")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @property
    def status(self) -> str:
        """The entry's own status after the change; empty for those that have none."""
        if self.subject not in WITH_STATUS:
            return ""
        return str(self.content.get("status", STATUS_WHEN_SILENT))

    @property
    def is_published(self) -> bool:
        return self.action != Action.DELETED and self.status in ("", Status.PUBLISHED)

    @property
    def title(self) -> str:
        """What the entry was called."""
        return str(self.content.get("title") or self.content.get("name") or self.name)
