"""The sitemap: every public page that stands for itself, in files that a search engine takes."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from companies.models import Claim, Company, CompanyList, Domain, Source, Technology


class Pages(Sitemap):
    """The pages that there is one of."""

    def items(self) -> list[str]:
        names = ("home", "companies", "technologies", "domains", "quotes", "sources", "changes")
        return [reverse(f"companies:{name}") for name in names]

    def location(self, item: str) -> str:
        return item


class Records(GenericSitemap):
    """The pages of one table, in the order they were made: what is added grows the last file."""

    # Far below the 50,000 that sitemaps.org allows, so that one file is written in a moment.
    limit = 10_000

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__({"queryset": rows.order_by("pk"), "date_field": "updated"})


# By the name of the file.
SITEMAPS = {
    "pages": Pages(),
    "companies": Records(Company.objects.published().only("slug", "updated")),
    "technologies": Records(Technology.objects.published().only("slug", "updated")),
    "domains": Records(Domain.objects.only("slug", "updated")),
    "lists": Records(CompanyList.objects.published().only("slug", "updated")),
    "sources": Records(Source.objects.published().only("key", "updated")),
    "claims": Records(Claim.objects.published().only("key", "updated")),
}
