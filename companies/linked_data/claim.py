"""A claim as it stands on its page."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from companies import partial_date
from companies.evidence import Agreement
from companies.linked_data import dataset, quotation
from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.linked_data.document import document, who_says
from companies.linked_data.figure import figures
from companies.linked_data.organization import named
from companies.linked_data.technology import technology
from companies.linked_data.website import publisher
from companies.models import Claim, Source


@for_machines
def claim(stated: Claim, absolute: Absolute) -> Data:
    """Of a claim fetched `with_parts()`.

    Whoever stands behind the source made the claim, and this site put it into its own words.
    """
    page = stated.get_absolute_url()
    citations = stated.citations.all()
    agreeing = [c.source for c in citations if c.agreement == Agreement.AGREES]
    others = [c.source for c in citations if c.agreement != Agreement.AGREES]
    first = _first([stated.source, *agreeing])
    technologies = {row.technology_id: row.technology for row in stated.claim_technologies.all()}
    return filled(
        {
            "@type": "Claim",
            "@id": absolute(f"{page}#claim"),
            "url": absolute(page),
            "name": stated.title,
            "text": stated.text,
            "inLanguage": settings.CATALOG_LANGUAGE,
            "author": who_says(stated.source),
            "claimInterpreter": publisher(absolute),
            "appearance": [document(source, absolute) for source in (stated.source, *agreeing)],
            "firstAppearance": {"@id": document(first, absolute)["@id"]} if first else None,
            # What puts it otherwise, or contradicts it, is cited and no appearance of it.
            "citation": [document(source, absolute) for source in others],
            "about": named(stated.company, absolute),
            "mentions": [
                *(technology(found, absolute) for found in technologies.values()),
                *figures(stated),
            ],
            "temporalCoverage": stated.as_of,
            "dateCreated": stated.created.date().isoformat(),
            "dateModified": stated.updated.date().isoformat(),
            "isPartOf": dataset.of_profile(stated.company, absolute),
            "hasPart": _words(stated, absolute),
        }
    )


def _words(stated: Claim, absolute: Absolute) -> Data | None:
    """The quotation, which stands on the same page as a thing of its own."""
    return {"@id": quotation.address_of(stated, absolute)} if stated.quotation else None


def _first(sources: Sequence[Source]) -> Source | None:
    """Which of several is the oldest, if their dates tell: `2016` may be before `2016-05`."""
    dated = [source for source in sources if source.published_on]
    if not 1 < len(dated) == len(sources):
        return None
    first, second, *_ = sorted(dated, key=lambda source: source.published_on)
    is_told = partial_date.latest(first.published_on) < partial_date.earliest(second.published_on)
    return first if is_told else None
