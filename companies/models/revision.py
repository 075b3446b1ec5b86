from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Concat, StrIndex
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.models.constraints import choice_check, slug_check
from companies.models.record import Status

# How a row of the exchange format says that it is published: by saying nothing.
STATUS_WHEN_SILENT = Status.PUBLISHED


class Subject(models.TextChoices):
    """What a revision tells of."""

    COMPANY = "company", _("Company")
    CLAIM = "claim", _("Claim")
    SOURCE = "source", _("Source")
    TECHNOLOGY = "technology", _("Technology")
    DOMAIN = "domain", _("Domain")
    LIST = "list", _("List")

    @property
    def noun(self) -> str:
        """In the middle of a sentence, where not every language writes it small."""
        return str(_NOUNS[self])


_NOUNS = {
    Subject.COMPANY: _("company"),
    Subject.CLAIM: _("claim"),
    Subject.SOURCE: _("source"),
    Subject.TECHNOLOGY: _("technology"),
    Subject.DOMAIN: _("domain"),
    Subject.LIST: _("list"),
}


class Action(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    DELETED = "deleted", "Deleted"


# Those with a status of their own; the others are public when something public names them.
WITH_STATUS = (Subject.COMPANY, Subject.CLAIM, Subject.LIST)
SHOWN_BY_OTHERS = (Subject.SOURCE, Subject.TECHNOLOGY)
# Revisions among which claims are looked for that don't name a technology any more.
_LATELY = 1000


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

    def before(self, ids: Iterable[int]) -> Self:
        """Before each of the given: its entry's last public change, and the last it was shown as.

        They differ after a withdrawal, whose content nobody outside has seen.
        """
        earlier = Revision.objects.filter(
            # What a source said last becomes public with what rests on it.
            Q(was_public=True) | Q(subject__in=SHOWN_BY_OTHERS),
            subject=OuterRef("subject"),
            subject_id=OuterRef("subject_id"),
            pk__lt=OuterRef("pk"),
        ).order_by("-pk")
        given = Revision.objects.order_by().filter(pk__in=list(ids))
        last, shown = (
            given.annotate(previous=Subquery(rows.values("pk")[:1])).values("previous")
            for rows in (earlier, earlier.exclude(content__has_key="status"))
        )
        return self.filter(Q(pk__in=last) | Q(pk__in=shown))

    def about_company(self, company: Any) -> Self:
        """What was told of the company itself, and of the claims about it."""
        return self.filter(
            Q(subject=Subject.COMPANY, subject_id=company.pk)
            | Q(subject=Subject.CLAIM, company_id=company.pk)
        )

    def about_technology(self, technology: Any) -> Self:
        """What was told of the technology itself, and of the claims that name it or named it.

        Not of claims that name it only where visitors don't see it. One query of its own.
        """
        of_claims = Revision.objects.filter(subject=Subject.CLAIM).order_by().values("pk")
        # Joined and not chosen from by “or”, for which PostgreSQL would read the whole history.
        about = Revision.objects.of(Subject.TECHNOLOGY, [technology.pk]).order_by().values("pk")
        return self.filter(
            pk__in=about.union(
                of_claims.filter(subject_id__in=_naming("ClaimTechnology", technology)),
                of_claims.filter(subject_id__in=_naming("CodebaseShare", technology)),
                of_claims.filter(subject_id__in=_lately_naming(technology)),
            )
        )

    def of_shown_claims(self) -> Self:
        """How claims stood each time that visitors were shown something else of them."""
        return (
            self.filter(subject=Subject.CLAIM, was_public=True)
            .exclude(content__has_key="status")
            .exclude(action=Action.DELETED)
        )

    def last_public_moment(self) -> datetime.datetime | None:
        """When visitors were last shown anything else than before."""
        last = self.filter(was_public=True).order_by("-pk").values_list("made_at", flat=True)
        return last.first()

    def with_entry(self) -> Self:
        """Annotate `is_shown` (visitors find the entry now) and `company_name` (of a claim)."""
        shown = [
            When(Exists(rows.filter(pk=OuterRef("subject_id"))), subject=subject, then=True)
            for subject, rows in _published().items()
        ]
        companies = apps.get_model("companies", "Company").objects
        name = companies.filter(pk=OuterRef("company_id")).values("name")
        return self.annotate(
            is_shown=Case(*shown, default=False, output_field=models.BooleanField()),
            company_name=Subquery(name),
        )

    def public(self) -> Self:
        """Changes of what visitors could see before or after, and may still know of.

        A claim or list that was withdrawn or deleted stays among them, as long as its company is
        published. Sources and technologies only while something published names them.
        """
        published = _published()
        here, company = OuterRef("subject_id"), OuterRef("company_id")
        return self.filter(was_public=True).filter(
            Q(subject__in=[Subject.DOMAIN, Subject.LIST, Subject.COMPANY])
            | Q(Exists(published[Subject.COMPANY].filter(pk=company)), subject=Subject.CLAIM)
            | Q(Exists(published[Subject.SOURCE].filter(pk=here)), subject=Subject.SOURCE)
            | Q(Exists(published[Subject.TECHNOLOGY].filter(pk=here)), subject=Subject.TECHNOLOGY)
        )


def _naming(part: str, technology: Any) -> Any:
    """The ids of the claims of which visitors see that they name the technology."""
    rows = apps.get_model("companies", part).objects.published()
    return rows.filter(technology=technology).order_by().values("claim")


def _lately_naming(technology: Any) -> set[int]:
    """The ids of the claims among the last public changes that were ever shown to name it.

    One query. Who has dropped a technology names it in the history alone, which no index looks
    into: farther back it is not looked for.
    """
    written = Cast("content", models.TextField())
    # What a claim said of a technology that was merged into it, it said of it.
    formers = technology.former_slugs.order_by().annotate(
        place=StrIndex(OuterRef("written"), _named(F("slug")))
    )
    shown = (
        Revision.objects.of_shown_claims()
        .filter(subject_id=OuterRef("subject_id"))
        .annotate(written=written, place=StrIndex(written, _named(Value(technology.slug))))
        .filter(Q(place__gt=0) | Exists(formers.filter(place__gt=0)))
    )
    public = Revision.objects.filter(was_public=True)
    lately = public.filter(pk__in=public.order_by("-pk").values("pk")[:_LATELY])
    # A value and no Exists, which PostgreSQL would look up by reading the whole history once.
    naming = lately.filter(subject=Subject.CLAIM).exclude(action=Action.ADDED)
    naming = naming.annotate(naming=Subquery(shown.order_by().values("pk")[:1]))
    return set(naming.exclude(naming=None).order_by().values_list("subject_id", flat=True))


def _named(slug: Any) -> Concat:
    """As a claim's content says it; within a text there is a backslash before each quote."""
    return Concat(Value('"technology": "'), slug, Value('"'))


def _published() -> dict[Subject, Any]:
    """What visitors see, by kind of entry."""
    models_of = {subject: apps.get_model("companies", name) for subject, name in _MODELS.items()}
    return {
        subject: model.objects.all() if subject == Subject.DOMAIN else model.objects.published()
        for subject, model in models_of.items()
    }


_MODELS = {
    Subject.COMPANY: "Company",
    Subject.CLAIM: "Claim",
    Subject.SOURCE: "Source",
    Subject.TECHNOLOGY: "Technology",
    Subject.DOMAIN: "Domain",
    Subject.LIST: "CompanyList",
}


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
    # Whether visitors saw the change, as far as the entry's own status decides it, or else whether
    # something public named it then.
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
            slug_check("name", "revision"),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="revision_of_subject"),
            models.Index(fields=["company_id"], name="revision_of_company"),
            # What an archived page names is looked for by what it was called then.
            models.Index(fields=["subject", "name"], name="revision_of_name"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    @property
    def subject_noun(self) -> str:
        return Subject(self.subject).noun

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

    @property
    def address(self) -> str:
        """Of the entry's page, whether or not there still is one."""
        name = "company_list" if self.subject == Subject.LIST else self.subject
        return reverse(f"companies:{name}", args=[self.name])
