from __future__ import annotations

import hashlib
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from companies.models.constraints import FieldCheck


class LogoQuerySet(models.QuerySet["Logo"]):
    def published(self) -> Self:
        """Those of published companies."""
        companies = apps.get_model("companies", "Company").objects.published()
        return self.filter(Exists(companies.filter(logo=OuterRef("digest"))))

    def keep(self, png: bytes) -> Logo:
        """The logo with these bytes, stored if it is new."""
        return self.get_or_create(digest=self.digest_of(png), defaults={"png": png})[0]

    @staticmethod
    def digest_of(png: bytes) -> str:
        """The name of a logo with these bytes."""
        return hashlib.sha256(png).hexdigest()[:32]


class Logo(models.Model):
    """A company's logo as a PNG, named by its content.

    In the database, so that a backup of it is a backup of everything, and several machines need
    no shared disk. The name changes with the content, so an address may be cached for ever.
    """

    digest = models.CharField(max_length=32, unique=True)
    png = models.BinaryField()

    objects = LogoQuerySet.as_manager()

    class Meta:
        constraints = [
            FieldCheck(
                field="digest",
                condition=Q(digest__regex=r"\A[0-9a-f]{32}\Z"),
                name="logo_digest_is_hexadecimal",
                message="A logo is named by the start of its SHA-256, in hexadecimal.",
            ),
        ]

    def __str__(self) -> str:
        return self.digest

    def get_absolute_url(self) -> str:
        return reverse("companies:logo", args=[self.digest])
