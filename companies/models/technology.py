from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.models import likeness
from companies.models.constraints import (
    SLUG,
    SLUG_ADVICE,
    choice_check,
    filled_check,
    slug_check,
    url_check,
)
from companies.models.record import Record


class TechnologyKind(models.TextChoices):
    LANGUAGE = "language", _("Language")
    FRAMEWORK = "framework", _("Framework")
    LIBRARY = "library", _("Library")
    TOOL = "tool", _("Tool")
    DATABASE = "database", _("Database")
    PROTOCOL = "protocol", _("Protocol")
    PLATFORM = "platform", _("Platform")


class TechnologyQuerySet(models.QuerySet["Technology"]):
    def published(self, without_claims: Collection[int] = ()) -> Self:
        """Those that a published claim names, other than the given, which are about to go."""
        uses = apps.get_model("companies", "ClaimTechnology").objects.published()
        shares = apps.get_model("companies", "CodebaseShare").objects.published()
        if without_claims:
            uses = uses.exclude(claim__in=without_claims)
            shares = shares.exclude(claim__in=without_claims)
        return self.filter(
            Exists(uses.filter(technology=OuterRef("pk")))
            | Exists(shares.filter(technology=OuterRef("pk")))
        )

    def known_as(self, text: str) -> Any:
        """The one at the address, present or former, or else the one so called, or None."""
        formers = FormerTechnologySlug.objects.filter(slug=text).values("technology")
        fitness = Case(When(slug=text, then=0), When(pk__in=formers, then=1), default=2)
        called = self.filter(Q(slug__iexact=text) | Q(name__iexact=text) | Q(pk__in=formers))
        return called.order_by(fitness).first()

    def possible_duplicates(self) -> Self:
        """Those that share a name, but for signs, blanks and a final “js”, or a website."""
        everything = Technology.objects.all()
        return self.filter(
            likeness.shared(everything, "name_likeness")
            | likeness.shared(everything, "website_likeness")
        )

    def matching(self, *, q: str = "", kind: str = "", sort: str = "", **_: Any) -> Self:
        """The technologies a visitor asks for, most used first or by `name`."""
        found = self.filter(name__icontains=q) if q else self
        if kind:
            found = found.filter(kind=kind)
        found = found.with_company_count()
        return found.order_by(Lower("name")) if sort == "name" else found.most_used()

    def most_used(self) -> Self:
        return self.with_company_count().order_by("-company_count", Lower("name"))

    def with_company_count(self) -> Self:
        """Annotate `company_count`: published companies that a published claim says use it.

        Those that only rejected or left it are not counted.
        """
        uses = apps.get_model("companies", "ClaimTechnology").objects.published().in_use()
        shares = apps.get_model("companies", "CodebaseShare").objects.published()
        same_company = uses.filter(
            technology=OuterRef("technology"), claim__company=OuterRef("claim__company")
        )
        # A company whose shares and other claims both name the technology counts once.
        counts = [
            rows.filter(technology=OuterRef("pk"))
            .order_by()
            .values("technology")
            .annotate(count=Count("claim__company", distinct=True))
            .values("count")
            for rows in (uses, shares.exclude(Exists(same_company)))
        ]
        in_uses, in_shares_only = (Coalesce(Subquery(count), 0) for count in counts)
        return self.annotate(company_count=in_uses + in_shares_only)


class Technology(Record):
    """A language, framework, library, tool, database, protocol or platform."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG, SLUG_ADVICE)],
        help_text="Part of the public address, and permanent: spell signs out, as in cpp.",
    )
    name = models.CharField(max_length=120, help_text="As its makers write it.")
    kind = models.CharField(max_length=20, choices=TechnologyKind.choices)
    website = models.URLField(
        max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    summary = models.TextField(blank=True, max_length=600, help_text="One sentence: what it is.")
    name_likeness = likeness.technology_name("name")
    website_likeness = likeness.website("website")

    objects = TechnologyQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "slug"]
        verbose_name_plural = "technologies"
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="technology_name_once",
                violation_error_message="There is a technology of this name already.",
            ),
            slug_check("slug", "technology"),
            filled_check("name", "technology", "Give the technology's name."),
            choice_check("kind", TechnologyKind, "technology"),
            url_check("website", "technology", required=False),
        ]
        indexes = [
            # The order of the admin's list.
            models.Index(fields=["name", "slug"], name="technology_name"),
            # What two entries of one technology would share.
            models.Index(fields=["name_likeness"], name="technology_name_likeness"),
            models.Index(fields=["website_likeness"], name="technology_website_likeness"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("companies:technology", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        taken = FormerTechnologySlug.objects.filter(slug=self.slug).first()
        if taken:
            raise ValidationError(
                {"slug": f"This address redirects to {taken.technology}: choose another."}
            )


class FormerTechnologySlugQuerySet(models.QuerySet["FormerTechnologySlug"]):
    def published(self) -> Self:
        return self.filter(technology__in=Technology.objects.published())


class FormerTechnologySlug(models.Model):
    """The address of a technology that was merged into this one, and redirects to it for good."""

    technology = models.ForeignKey(
        Technology, on_delete=models.CASCADE, related_name="former_slugs"
    )
    slug = models.CharField(
        max_length=80, unique=True, validators=[RegexValidator(SLUG, SLUG_ADVICE)]
    )

    objects = FormerTechnologySlugQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "former address"
        verbose_name_plural = "former addresses"
        constraints = [slug_check("slug", "former_technology_slug")]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        super().clean()
        if Technology.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": "A technology has this address now."})
