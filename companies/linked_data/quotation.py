"""Words that somebody said, as a Quotation."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.linked_data.document import document, who_says
from companies.linked_data.organization import named
from companies.models import Claim


@for_machines
def quotations(claims: Iterable[Claim], absolute: Absolute) -> list[Data]:
    """One for each claim, with its company and source, that has words in it."""
    return [_quotation(claim, absolute) for claim in claims if claim.quotation]


def address_of(claim: Claim, absolute: Absolute) -> str:
    return absolute(f"{claim.get_absolute_url()}#quotation")


def _quotation(claim: Claim, absolute: Absolute) -> Data:
    source = document(claim.source, absolute)
    return filled(
        {
            "@type": "Quotation",
            "@id": address_of(claim, absolute),
            "url": absolute(claim.get_absolute_url()),
            "text": claim.quotation,
            "inLanguage": settings.CATALOG_LANGUAGE,
            # A spokenByCharacter is a figure in somebody's work; who speaks here is real.
            "creator": _speaker(claim),
            "about": named(claim.company, absolute),
            "isBasedOn": source,
        }
    )


def _speaker(claim: Claim) -> list[Data]:
    """As the page has it: the speaker, or else the authors of the source."""
    if not claim.speaker:
        return who_says(claim.source)
    if claim.speaker in (claim.company.name, claim.source.publisher):
        return [{"@type": "Organization", "name": claim.speaker}]
    return [filled({"@type": "Person", "name": claim.speaker, "jobTitle": claim.speaker_role})]
