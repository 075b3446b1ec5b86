from __future__ import annotations

from collections.abc import Collection
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from companies.models.constraints import (
    SLUG,
    SLUG_ADVICE,
    choice_check,
    filled_check,
    slug_check,
)
from companies.models.record import Record, Status


class CompanyListQuerySet(models.QuerySet["CompanyList"]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def leading_to(self, slugs: Collection[str], most: int) -> Self:
        """Those that put just these companies side by side: the first `most` on them.

        Counted are published companies, as on the list's page.
        """
        entries = CompanyListEntry.objects.filter(company__status=Status.PUBLISHED)
        named = Q(company__slug__in=slugs)
        with_all = (
            entries.filter(named)
            .order_by()
            .values("company_list")
            .annotate(named=Count("company"))
            .filter(named=len(slugs))
        )
        others = entries.filter(~named, company_list=OuterRef("pk"))
        if len(slugs) == most:
            # Of a longer list only what stands before one of them.
            behind = entries.filter(named, company_list=OuterRef("company_list")).filter(
                Q(position__gt=OuterRef("position"))
                | Q(position=OuterRef("position"), pk__gt=OuterRef("pk"))
            )
            others = others.filter(Exists(behind))
        return self.filter(~Exists(others), pk__in=with_all.values("company_list"))

    def with_companies(self) -> Self:
        """Fetch the list's source and its published companies, in order, in two queries."""
        # Django drops the model's own order from a grouped query.
        entries = CompanyListEntry.objects.with_company().order_by("position", "id")
        return self.select_related("source").prefetch_related(Prefetch("entries", entries))


class CompanyList(Record):
    """An edited, ordered list of companies with an introduction."""

    slug = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG, SLUG_ADVICE)],
        help_text="Part of the public address, and permanent.",
    )
    title = models.CharField(max_length=200)
    summary = models.TextField(
        max_length=1000, blank=True, help_text="What joins these companies, in a few sentences."
    )
    source = models.ForeignKey(
        "companies.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="company_lists",
        help_text="The document whose list this is, if it isn't our own.",
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)

    objects = CompanyListQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        verbose_name = "list"
        constraints = [
            slug_check("slug", "company_list"),
            filled_check("title", "company_list", "Give the list a title."),
            choice_check("status", Status, "company_list"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("companies:company_list", args=[self.slug])


class CompanyListEntryQuerySet(models.QuerySet["CompanyListEntry"]):
    def heads(self, most: int) -> Self:
        """The first `most` published companies of each published list, in order."""
        place = Window(
            RowNumber(),
            partition_by=F("company_list"),
            order_by=[F("position").asc(), F("pk").asc()],
        )
        shown = self.filter(company_list__status=Status.PUBLISHED, company__status=Status.PUBLISHED)
        return shown.annotate(place=place).filter(place__lte=most).order_by("company_list", "place")

    def with_company(self) -> Self:
        """Those whose company is published, with it and annotated with its `claim_count`."""
        published = Q(company__claims__status=Status.PUBLISHED)
        return (
            self.filter(company__status=Status.PUBLISHED)
            .select_related("company")
            .annotate(claim_count=Count("company__claims", filter=published))
        )

    def published(self) -> Self:
        """Of published lists, each with its list and the list's source besides."""
        found = self.filter(company_list__status=Status.PUBLISHED).with_company()
        return found.select_related("company", "company_list__source")


class CompanyListEntry(models.Model):
    company_list = models.ForeignKey(CompanyList, on_delete=models.CASCADE, related_name="entries")
    company = models.ForeignKey(
        "companies.Company", on_delete=models.CASCADE, related_name="list_entries"
    )
    position = models.PositiveIntegerField(help_text="1 stands first.")
    note = models.TextField(max_length=600, blank=True, help_text="Why it is on the list.")

    objects = CompanyListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = "company on the list"
        verbose_name_plural = "companies on the list"
        constraints = [
            models.UniqueConstraint(
                fields=["company_list", "company"],
                name="company_list_entry_once",
                violation_error_message="This company is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.company}"
