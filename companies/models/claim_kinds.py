"""One proxy per short form in the admin. They are views of the one claim table, not tables."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from companies.models.claim import Claim
from companies.models.claim_queryset import ClaimQuerySet
from companies.models.record import ClaimKind


class OfKindsManager(models.Manager.from_queryset(ClaimQuerySet)):  # type: ignore[misc]
    """Claims of the proxy's kinds."""

    def get_queryset(self) -> ClaimQuerySet:
        return super().get_queryset().of_kind(*self.model.kinds)


class UseCase(Claim):
    kinds: ClassVar = (ClaimKind.USE_CASE,)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "use case"


class CodebaseShareClaim(Claim):
    kinds: ClassVar = (ClaimKind.CODEBASE_SHARE,)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "codebase share"


class KeyFigure(Claim):
    kinds: ClassVar = (ClaimKind.KEY_FIGURE,)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "key figure"


class Decision(Claim):
    kinds: ClassVar = (ClaimKind.DECISION, ClaimKind.MIGRATION)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "decision or migration"
        verbose_name_plural = "decisions and migrations"


class Strength(Claim):
    kinds: ClassVar = (ClaimKind.STRENGTH, ClaimKind.WEAKNESS)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "strength or weakness"
        verbose_name_plural = "strengths and weaknesses"


class Quote(Claim):
    kinds: ClassVar = (ClaimKind.QUOTE,)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True


class OpenSourceRelease(Claim):
    kinds: ClassVar = (ClaimKind.OPEN_SOURCE,)
    objects: ClassVar = OfKindsManager()

    class Meta:
        proxy = True
        verbose_name = "open-source release"
