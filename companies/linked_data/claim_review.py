"""Fact-checks as ClaimReview."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from companies.evidence import Verdict
from companies.fact_check import Statement
from companies.linked_data.block import Absolute, Data, filled, for_machines
from companies.linked_data.document import document, who_says
from companies.linked_data.website import publisher
from companies.models import Source

WORST, BEST = 1, 5
# schema.org wants a number. Half right is in the middle; unverified is not rated at all.
RATINGS = {Verdict.CONTRADICTED: WORST, Verdict.CORRECTED: 3, Verdict.CONFIRMED: BEST}


@for_machines
def claim_reviews(
    statements: Iterable[Statement], source: Source, page: str, absolute: Absolute
) -> list[Data]:
    """A ClaimReview for each statement that was held against something first-hand.

    `page` is the address at which these statements stand, which may be one of several.
    """
    reviewed = _claim_of(source, absolute)
    return [
        _review(statement, source, page, reviewed, absolute)
        for statement in statements
        if statement.is_checked
    ]


def _review(
    statement: Statement, source: Source, page: str, reviewed: Data, absolute: Absolute
) -> Data:
    verdict = Verdict(statement.verdict or Verdict.UNVERIFIED)
    witness = statement.against
    return filled(
        {
            "@type": "ClaimReview",
            # Without the page, which grows on.
            "@id": absolute(f"{source.get_absolute_url()}#{statement.anchor}"),
            "url": f"{absolute(page)}#{statement.anchor}",
            "claimReviewed": statement.as_reported or statement.claim.text,
            "itemReviewed": reviewed,
            "author": publisher(absolute),
            "datePublished": _day(statement).isoformat(),
            "inLanguage": settings.CATALOG_LANGUAGE,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": str(verdict.label),
                "ratingExplanation": str(verdict.meaning),
                "ratingValue": RATINGS[verdict],
                "bestRating": BEST,
                "worstRating": WORST,
            },
            "reviewBody": statement.note,
            "citation": document(witness.source, absolute) if witness else None,
        }
    )


def _day(statement: Statement) -> datetime.date:
    """When somebody last held the claim against its source, or else when it was last changed."""
    claim: Any = statement.claim
    return claim.checked_on or (claim.last_changed or claim.updated).date()


def _claim_of(source: Source, absolute: Absolute) -> Data:
    return filled(
        {
            "@type": "Claim",
            "author": who_says(source),
            "datePublished": source.published_on,
            "appearance": document(source, absolute),
        }
    )
