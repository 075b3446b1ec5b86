"""Records of what has a list but no figures: domains, and the companies of an edited list."""

from __future__ import annotations

from companies.models import CompanyListEntry, Domain
from companies.records import Absolute, Record


def domain_record(domain: Domain, absolute: Absolute) -> Record:
    """One domain annotated `with_claim_count()`."""
    return {
        "domain": domain.slug,
        "name": domain.name,
        "claims": domain.claim_count,  # type: ignore[attr-defined]
        "url": absolute(domain.get_absolute_url()),
    }


def entry_record(entry: CompanyListEntry, absolute: Absolute) -> Record:
    """One company of a list fetched `with_company()`; its claims carry the citations."""
    found, source = entry.company_list, entry.company_list.source
    return {
        "list": found.slug,
        "list_title": found.title,
        "company": entry.company.slug,
        "company_name": entry.company.name,
        "note": entry.note,
        "claims": entry.claim_count,  # type: ignore[attr-defined]
        "source_title": source.title if source else "",
        "source_publisher": source.publisher if source else "",
        "source_url": source.url if source else "",
        "url": absolute(entry.company.get_absolute_url()),
    }
