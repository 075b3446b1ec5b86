"""The sitemap: every public page that stands for itself, in files that a search engine takes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from companies.comparison import FEWEST, MOST
from companies.models import (
    Claim,
    Company,
    CompanyList,
    CompanyListEntry,
    Domain,
    Source,
    Technology,
)


class Pages(Sitemap):
    """The pages that there is one of."""

    def items(self) -> list[str]:
        lists = ("companies", "technologies", "domains", "quotes", "sources", "changes")
        names = ("home", *lists, "data")
        return [reverse(f"companies:{name}") for name in names]

    def location(self, item: str) -> str:
        return item


class Records(GenericSitemap):
    """The pages of one table, in the order they were made: what is added grows the last file."""

    # Far below the 50,000 that sitemaps.org allows, so that one file is written in a moment.
    limit = 10_000

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__({"queryset": rows.order_by("pk"), "date_field": "updated"})


class Comparisons(Sitemap):
    """Those that a published list leads to; any companies can be compared, but nobody chose those.

    Lists are put together by hand, so that all of them are read at once.
    """

    limit = Records.limit

    def items(self) -> list[str]:
        heads = CompanyListEntry.objects.heads(MOST).values_list("company_list", "company__slug")
        lists = [
            sorted(slug for _, slug in head) for _, head in groupby(heads, lambda entry: entry[0])
        ]
        named = ("-vs-".join(slugs) for slugs in lists if len(slugs) >= FEWEST)
        # Two lists may lead to the same one.
        return [reverse("companies:comparison", args=[slugs]) for slugs in dict.fromkeys(named)]

    def location(self, item: str) -> str:
        return item


# By the name of the file.
SITEMAPS = {
    "pages": Pages(),
    "companies": Records(Company.objects.published().only("slug", "updated")),
    "technologies": Records(Technology.objects.published().only("slug", "updated")),
    "domains": Records(Domain.objects.only("slug", "updated")),
    "comparisons": Comparisons(),
    "lists": Records(CompanyList.objects.published().only("slug", "updated")),
    "sources": Records(Source.objects.published().only("key", "updated")),
    "claims": Records(Claim.objects.published().only("key", "updated")),
}
