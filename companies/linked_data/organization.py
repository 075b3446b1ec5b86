"""A company as an Organization."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.models import Company, CompanyKind

# A company is no Corporation of schema.org, which is a form of law that nobody recorded. A project
# is a Project: that is an Organization there, too, with people, a founding and a parent, which is
# what a profile speaks of. Its software, a SoftwareApplication, would have none of these.
_TYPES = {CompanyKind.PROJECT.value: "Project"}
_TYPE = "Organization"


def address_of(company: Company, absolute: Absolute) -> str:
    return absolute(f"{company.get_absolute_url()}#organization")


def named(company: Company, absolute: Absolute) -> Data:
    """No more than what a mention of it needs; its profile says the rest."""
    return {
        "@type": _TYPES.get(company.kind, _TYPE),
        "@id": address_of(company, absolute),
        "name": company.name,
        "mainEntityOfPage": absolute(company.get_absolute_url()),
    }


@for_machines
def organization(
    company: Company,
    absolute: Absolute,
    *,
    aliases: Iterable[str] = (),
    parent: Company | None = None,
    subsidiaries: Iterable[Company] = (),
) -> Data:
    """What the strip of a profile says. The parent and subsidiaries have to be published ones."""
    logo = reverse("companies:logo", args=[company.logo_id]) if company.logo_id else ""
    return named(company, absolute) | filled(
        {
            "alternateName": list(aliases),
            "description": company.summary,
            "url": company.website,
            "sameAs": _wikidata(company),
            "foundingDate": company.founded,
            # A city, a region and a country in one text: nothing says which part is which.
            "address": company.headquarters,
            # There is no industry but by the numbers of a register.
            "keywords": company.industry,
            "logo": absolute(logo) if logo else "",
            "parentOrganization": named(parent, absolute) if parent else None,
            "subOrganization": [named(subsidiary, absolute) for subsidiary in subsidiaries],
        }
    )


def _wikidata(company: Company) -> str:
    return f"https://www.wikidata.org/wiki/{company.wikidata}" if company.wikidata else ""
