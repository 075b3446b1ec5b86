"""Which companies need an editor's attention."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from companies.models import likeness
from companies.models.record import Status


class CompanyAttentionQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        return self.exclude(status=Status.WITHDRAWN)

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def without_claims(self) -> Self:
        """Profiles that say nothing, since no claim is there or all are withdrawn."""
        claims = apps.get_model("companies", "Claim").objects.exclude(status=Status.WITHDRAWN)
        return self.standing().filter(~Exists(claims.filter(company=OuterRef("pk"))))

    def possible_duplicates(self) -> Self:
        """Those that share a name, another name, a website or a Wikidata item with another.

        Names are compared without case, punctuation and legal form. A website is compared whole,
        since unrelated projects live on one host.
        """
        standing = apps.get_model("companies", "Company").objects.standing()
        aliases = apps.get_model("companies", "CompanyAlias").objects.exclude(
            company__status=Status.WITHDRAWN
        )
        # An alias that says its own company's name again is no likeness to another.
        other_names = aliases.exclude(name_likeness="").exclude(
            name_likeness=F("company__name_likeness")
        )
        called_like_another = other_names.filter(
            Q(name_likeness__in=standing.values("name_likeness"))
            | likeness.shared(other_names, "name_likeness", by="company")
        )
        return self.standing().filter(
            likeness.shared(standing, "name_likeness")
            | likeness.shared(standing, "website_likeness")
            | likeness.shared(standing, "wikidata")
            | Q(name_likeness__in=other_names.values("name_likeness"))
            | Q(pk__in=called_like_another.values("company"))
        )
