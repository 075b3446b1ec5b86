"""The editors' desk. Importing it registers every page."""

from companies.admin import (
    claim,
    claim_kinds,
    company,
    company_list,
    domain,
    first_page,
    proposal,
    source,
    technology,
)

__all__ = [
    "claim",
    "claim_kinds",
    "company",
    "company_list",
    "domain",
    "first_page",
    "proposal",
    "source",
    "technology",
]
