from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from companies import figure, partial_date
from companies.models.constraints import DATE_ADVICE


class Status(models.TextChoices):
    """How far an entry has come. Only published ones are ever shown to visitors."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ClaimKind(models.TextChoices):
    """What a claim is about; each kind has its own short form in the admin."""

    USE_CASE = "use_case", _("Use case")
    CODEBASE_SHARE = "codebase_share", _("Codebase share")
    KEY_FIGURE = "key_figure", _("Key figure")
    DECISION = "decision", _("Decision")
    MIGRATION = "migration", _("Migration")
    STRENGTH = "strength", _("Strength")
    WEAKNESS = "weakness", _("Weakness")
    QUOTE = "quote", _("Quote")
    OPEN_SOURCE = "open_source", _("Open source")


class Record(models.Model):
    """When a row was first and last saved, which says nothing about when it was last checked."""

    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


def validate_partial_date(text: str) -> None:
    """A real day, month or year that has begun.

    Raises ValidationError. The database checks that the date is real; only a validator can compare
    it with today, because a check constraint must not change its mind with the calendar.
    """
    if not text:
        return
    if not partial_date.is_real(text):
        raise ValidationError(DATE_ADVICE, code="not_a_date")
    if partial_date.is_future(text, datetime.datetime.now(tz=datetime.UTC).date()):
        raise ValidationError("This date lies in the future.", code="future")


def validate_past_day(day: datetime.date) -> None:
    """A day that has begun. Raises ValidationError."""
    if day > datetime.datetime.now(tz=datetime.UTC).date():
        raise ValidationError("This date lies in the future.", code="future")


Part = TypeVar("Part", bound=models.Model)


def validate_figure(number: Decimal) -> None:
    """Digits that a database would round away. Raises ValidationError."""
    if not figure.can_be_kept(number):
        raise ValidationError(
            f"At most {figure.SIGNIFICANT_DIGITS} digits can be kept exactly.", code="digits"
        )


class ClaimPartQuerySet(models.QuerySet[Part]):
    """Rows that belong to a claim: citations, technologies, shares."""

    def published(self) -> Self:
        return self.filter(claim__status=Status.PUBLISHED, claim__company__status=Status.PUBLISHED)


class PartialDateField(models.CharField):
    """A date known to the year, the month or the day, kept as text."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
