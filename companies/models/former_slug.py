from __future__ import annotations

from typing import Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from companies.models.constraints import SLUG, SLUG_ADVICE, slug_check
from companies.models.record import Status


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    def published(self) -> Self:
        return self.filter(company__status=Status.PUBLISHED)


class FormerSlug(models.Model):
    """An address a company once had, which redirects to it for good."""

    company = models.ForeignKey(
        "companies.Company", on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.CharField(
        max_length=80, unique=True, validators=[RegexValidator(SLUG, SLUG_ADVICE)]
    )

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "former address"
        verbose_name_plural = "former addresses"
        constraints = [slug_check("slug", "former_slug")]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        super().clean()
        if apps.get_model("companies", "Company").objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": "A company has this address now."})
