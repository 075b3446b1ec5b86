"""The whole published catalogue as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from companies.data_files.lists import domain_record, entry_record
from companies.data_files.package import Resource
from companies.data_files.tables import TABLES
from companies.models import Claim, Company, CompanyList, Domain, Source, Technology
from companies.records import (
    Absolute,
    Record,
    claim_record,
    company_record,
    source_record,
    technology_record,
)

_BATCH = 500


def catalogue_tables(absolute: Absolute, folder: str) -> list[Resource]:
    """Every kind of entry, in the order of keys; nothing is read before its records are."""
    companies = Company.objects.published().with_claim_count().order_by("slug")
    claims = Claim.objects.published().with_parts().order_by("company__slug", "key")
    technologies = Technology.objects.published().with_company_count().order_by("slug")
    sources = Source.objects.published().with_statement_count().order_by("key")
    domains = Domain.objects.with_claim_count().order_by("slug")

    def resource(
        name: str, rows: Iterable[Any], record: Callable[[Any, Absolute], Record]
    ) -> Resource:
        found = rows.iterator(_BATCH) if isinstance(rows, QuerySet) else rows
        records = (record(row, absolute) for row in found)
        return Resource(name, TABLES[record], records, folder)

    return [
        resource("companies", companies, company_record),
        resource("claims", claims, claim_record),
        resource("technologies", technologies, technology_record),
        resource("sources", sources, source_record),
        resource("domains", domains, domain_record),
        resource("lists", _entries(), entry_record),
    ]


def _entries() -> Iterator[Any]:
    for company_list in CompanyList.objects.published().with_companies().order_by("slug"):
        yield from company_list.entries.all()
