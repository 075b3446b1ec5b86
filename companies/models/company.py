from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.evidence import Grade
from companies.models import likeness
from companies.models.company_names import CompanyNamesQuerySet
from companies.models.constraints import (
    SLUG,
    SLUG_ADVICE,
    FieldCheck,
    choice_check,
    date_check,
    filled_check,
    slug_check,
    url_check,
)
from companies.models.record import PartialDateField, Record, Status

WIKIDATA_ITEM = r"\AQ[1-9][0-9]*\Z"
WIKIDATA_ADVICE = "Write the item's number, like Q907311."
# `/compare/a-vs-b/` could be read in two ways if a slug held the word itself.
VS_IN_SLUG = r"(\A|-)vs(-|\Z)"
VS_ADVICE = "A slug can't contain the word “vs”: comparison addresses are written a-vs-b."


class CompanyKind(models.TextChoices):
    COMPANY = "company", _("Company")
    ORGANISATION = "organisation", _("Organisation")
    PROJECT = "project", _("Project")


class CompanyQuerySet(CompanyNamesQuerySet):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def with_claim_count(self) -> Self:
        """Annotate `claim_count`: the published claims, none for an unpublished company."""
        claims = apps.get_model("companies", "Claim").objects.published()
        counted = (
            claims.filter(company=OuterRef("pk"))
            .order_by()
            .values("company")
            .annotate(count=Count("pk"))
            .values("count")
        )
        # A subquery counts for the rows of the page alone, where a join would group all companies.
        return self.annotate(claim_count=Coalesce(Subquery(counted), 0))

    def with_claim_where(
        self,
        technology: Any = None,
        domain: Any = None,
        evidence: str = "",
        few: Collection[str] = (),
    ) -> Self:
        """Companies with one published claim that fits all that is asked for.

        `few` names those of the parameters that few claims fit.
        """
        claims = apps.get_model("companies", "Claim").objects.published()
        claims = claims.naming(technology, few="technology" in few)
        if domain:
            claims = claims.filter(domain=domain)
        if evidence:
            claims = claims.of_grade(evidence)
        if few or evidence == Grade.CORROBORATED:
            return self.filter(pk__in=claims.order_by().values("company"))
        # Many companies have one: who looks through them in their order soon has a page full.
        return self.filter(Exists(claims.filter(company=OuterRef("pk"))))

    def matching(self, **wanted: Any) -> Self:
        """The companies a visitor asks for by q, technology, domain, industry, kind or evidence.

        An empty value asks for nothing. `few` as of `with_claim_where`. Sorted by `sort`, see
        `sorted_by`.
        """
        found = self.named_like(wanted["q"]) if wanted.get("q") else self
        for column in ("industry", "kind"):
            if wanted.get(column):
                found = found.filter(**{column: wanted[column]})
        of_claim: dict[str, Any] = {
            name: wanted.get(name) for name in ("technology", "domain", "evidence")
        }
        if any(of_claim.values()):
            found = found.with_claim_where(**of_claim, few=wanted.get("few", ()))
        return found.sorted_by(wanted.get("sort", ""))

    def sorted_by(self, sort: str) -> Self:
        """By name, or by `claims` (most first), `newest` (claim first) or `founded` (oldest)."""
        by_name = (Lower("name"), "slug")
        if sort == "claims":
            return self.with_claim_count().order_by("-claim_count", *by_name)
        if sort == "newest":
            claims = apps.get_model("companies", "Claim").objects.published()
            newest = claims.filter(company=OuterRef("pk")).order_by("-as_of").values("as_of")[:1]
            newest_claim = Coalesce(Subquery(newest), Value(""))
            return self.annotate(newest_claim=newest_claim).order_by("-newest_claim", *by_name)
        if sort == "founded":
            # An unknown year is an empty text, which would sort as the oldest.
            return self.order_by(Case(When(founded="", then=1), default=0), "founded", *by_name)
        return self.order_by(*by_name)


class Company(Record):
    """An organisation or project with a profile."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(SLUG, SLUG_ADVICE),
            RegexValidator(VS_IN_SLUG, VS_ADVICE, inverse_match=True),
        ],
        help_text="Part of the public address. When you change it, the old address redirects here.",
    )
    name = models.CharField(max_length=120, help_text="As the company writes it today.")
    kind = models.CharField(max_length=20, choices=CompanyKind.choices, default=CompanyKind.COMPANY)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidiaries",
        help_text="The company that owns it, if that has a profile too.",
    )
    founded = PartialDateField(help_text="2016, 2016-05 or 2016-05-27.")
    headquarters = models.CharField(max_length=120, blank=True, help_text="City, region, country.")
    industry = models.CharField(
        max_length=80,
        blank=True,
        db_index=True,
        help_text="In the words other profiles use, so that a filter finds them together.",
    )
    website = models.URLField(
        max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    wikidata = models.CharField(
        max_length=20,
        blank=True,
        validators=[RegexValidator(WIKIDATA_ITEM, WIKIDATA_ADVICE)],
        help_text="The Wikidata item, where a reader can check founding year and headquarters.",
    )
    logo = models.ForeignKey(
        "companies.Logo",
        to_field="digest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="companies",
    )
    summary = models.TextField(
        blank=True,
        max_length=600,
        help_text="One or two sentences in your own words: what it does, what it runs on.",
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    name_likeness = likeness.company_name("name")
    website_likeness = likeness.website("website")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "slug"]
        verbose_name_plural = "companies"
        constraints = [
            slug_check("slug", "company"),
            FieldCheck(
                field="slug",
                condition=~Q(slug__regex=VS_IN_SLUG),
                name="company_slug_without_vs",
                message=VS_ADVICE,
            ),
            filled_check("name", "company", "Give the company's name."),
            choice_check("kind", CompanyKind, "company"),
            choice_check("status", Status, "company"),
            date_check("founded", "company"),
            url_check("website", "company", required=False),
            FieldCheck(
                field="wikidata",
                condition=Q(wikidata="") | Q(wikidata__regex=WIKIDATA_ITEM),
                name="company_wikidata_is_item",
                message=WIKIDATA_ADVICE,
            ),
            FieldCheck(
                field="parent",
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="company_is_not_its_own_parent",
                message="A company can't be its own parent.",
            ),
        ]
        indexes = [
            models.Index("status", Lower("name"), "slug", name="company_status_name"),
            # The order of the admin's list; then what two entries of one company would share.
            models.Index(fields=["name", "slug"], name="company_name"),
            models.Index(fields=["name_likeness"], name="company_name_likeness"),
            models.Index(fields=["website_likeness"], name="company_website_likeness"),
            models.Index(fields=["wikidata"], name="company_wikidata"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep every address that ever answered: a changed slug becomes a former one.

        Asks the database for the slug before and after, because what this object was loaded with
        may be older than what another editor has saved since, and because not every save writes
        the slug.
        """
        slugs = Company.objects.values_list("slug", flat=True)
        with transaction.atomic():
            before = slugs.select_for_update().filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            after = slugs.get(pk=self.pk)
            if before and before != after:
                self.former_slugs.create(slug=before)
                self.former_slugs.filter(slug=after).delete()

    @property
    def where_to_check(self) -> str:
        """Where a reader can check its founding and headquarters, which no claim evidences."""
        if self.wikidata:
            return f"https://www.wikidata.org/wiki/{self.wikidata}"
        return self.website

    def get_absolute_url(self) -> str:
        return reverse("companies:company", args=[self.slug])

    @property
    def logo_address(self) -> str:
        """Told without fetching the logo; empty without one."""
        return reverse("companies:logo", args=[self.logo_id]) if self.logo_id else ""

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str] = {}
        if self.parent_id and self.pk and self.pk in self._ids_above():
            errors["parent"] = "A company can't be its own ancestor."
        taken = (
            apps.get_model("companies", "FormerSlug")
            .objects.filter(slug=self.slug)
            .exclude(company=self.pk)
            .first()
        )
        if taken:
            errors["slug"] = (
                f"This is a former address of {taken.company}, and still redirects there."
            )
        if errors:
            raise ValidationError(errors)

    def _ids_above(self) -> set[int]:
        above: set[int] = set()
        parent_id = self.parent_id
        while parent_id and parent_id not in above:
            above.add(parent_id)
            parent_id = (
                Company.objects.filter(pk=parent_id).values_list("parent_id", flat=True).first()
            )
        return above


class CompanyAlias(models.Model):
    """Another name that people search for."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    name_likeness = likeness.company_name("name")

    class Meta:
        ordering = ["id"]
        verbose_name = "other name"
        verbose_name_plural = "other names"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "name"],
                name="company_alias_once",
                violation_error_message="This name is listed already.",
            ),
            filled_check("name", "company_alias", "Write the name or remove the row."),
        ]
        indexes = [models.Index(fields=["name_likeness"], name="company_alias_likeness")]

    def __str__(self) -> str:
        return self.name
