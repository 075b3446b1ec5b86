"""The whole published catalogue as tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from companies.data_files.lists import domain_record, entry_record
from companies.data_files.package import Resource
from companies.data_files.tables import RANKED_SHARES, TABLES
from companies.models import (
    Claim,
    CodebaseShare,
    Company,
    CompanyListEntry,
    Domain,
    Source,
    Technology,
)
from companies.records import (
    Absolute,
    Record,
    claim_record,
    company_record,
    ranked_share_records,
    source_record,
    technology_record,
)

_BATCH = 500


def catalogue_tables(absolute: Absolute, folder: str) -> list[Resource]:
    """Every kind of entry, in the order of keys; nothing is read before its records are."""
    companies = Company.objects.published().with_claim_count().order_by("slug")
    claims = Claim.objects.published().with_parts().order_by("company__slug", "key")
    shares = CodebaseShare.objects.published().in_claim_order().with_citations().iterator(_BATCH)
    technologies = Technology.objects.published().with_company_count().order_by("slug")
    sources = Source.objects.published().with_statement_count().order_by("key")
    entries = CompanyListEntry.objects.published().order_by("company_list__slug", "position", "id")
    domains = Domain.objects.with_claim_count().order_by("slug")

    def resource(
        name: str, rows: QuerySet[Any], record: Callable[[Any, Absolute], Record]
    ) -> Resource:
        records = (record(row, absolute) for row in rows.iterator(_BATCH))
        return Resource(name, TABLES[record], records, folder)

    return [
        resource("companies", companies, company_record),
        resource("claims", claims, claim_record),
        Resource("shares", RANKED_SHARES, ranked_share_records(shares, absolute), folder),
        resource("technologies", technologies, technology_record),
        resource("sources", sources, source_record),
        resource("domains", domains, domain_record),
        resource("lists", entries, entry_record),
    ]
