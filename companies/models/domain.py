from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from companies.models.constraints import SLUG, SLUG_ADVICE, filled_check, slug_check
from companies.models.record import Record, Status


class DomainQuerySet(models.QuerySet["Domain"]):
    def with_claim_count(self) -> Self:
        """Annotate `claim_count`: the published claims of published companies."""
        return self.annotate(
            claim_count=Count(
                "claims",
                filter=Q(claims__status=Status.PUBLISHED, claims__company__status=Status.PUBLISHED),
            )
        ).order_by("name")  # Django drops the model's own order from a grouped query


class Domain(Record):
    """A field of use: web back ends, data and machine learning, security."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG, SLUG_ADVICE)],
        help_text="Part of the public address, and permanent.",
    )
    name = models.CharField(max_length=120, unique=True)

    objects = DomainQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            slug_check("slug", "domain"),
            filled_check("name", "domain", "Give the domain's name."),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("companies:domain", args=[self.slug])
