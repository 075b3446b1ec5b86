"""Fact-checks as ClaimReview of schema.org, for machines, and how such data gets into a page.

Under the Content-Security-Policy a block of JSON-LD is data and not a script, so it needs no
permission; that no stored text can end the block is all that has to be seen to.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from companies.evidence import Verdict
from companies.fact_check import Statement
from companies.models import Source

Data = dict[str, Any]
Absolute = Callable[[str], str]

# The same signs as Django's json_script: none of them can end the block or begin another.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
WORST, BEST = 1, 5
# schema.org wants a number. Half right is in the middle; unverified is not rated at all.
RATINGS = {Verdict.CONTRADICTED: WORST, Verdict.CORRECTED: 3, Verdict.CONFIRMED: BEST}


def as_script(items: list[Data]) -> SafeString:
    """The items as one block of JSON-LD; nothing for none of them."""
    if not items:
        return SafeString()
    data = {"@context": "https://schema.org", "@graph": items}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # No sign is left in it that HTML knows.
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


def claim_reviews(
    statements: Iterable[Statement], source: Source, page: str, absolute: Absolute
) -> list[Data]:
    """A ClaimReview for each statement that was held against something first-hand.

    `page` is the address at which these statements stand; `absolute` makes a path a full address.
    In the catalogue's language, whatever language the page is in.
    """
    with override(settings.CATALOG_LANGUAGE):
        site = {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")}
        reviewed = _claim_of(source)
        return [
            _review(statement, f"{absolute(page)}#{statement.anchor}", site, reviewed)
            for statement in statements
            if statement.is_checked
        ]


def _review(statement: Statement, url: str, site: Data, reviewed: Data) -> Data:
    verdict = Verdict(statement.verdict or Verdict.UNVERIFIED)
    witness = statement.against
    said = statement.as_reported or statement.claim.text
    review = {
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": said,
        "itemReviewed": reviewed,
        "author": site,
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
        "citation": _document(witness.source) if witness else None,
    }
    return _filled(review)


def _day(statement: Statement) -> datetime.date:
    """When somebody last held the claim against its source, or else when it was last changed."""
    claim: Any = statement.claim
    return claim.checked_on or (claim.last_changed or claim.updated).date()


def _claim_of(source: Source) -> Data:
    publisher = {"@type": "Organization", "name": source.publisher}
    return _filled(
        {
            "@type": "Claim",
            "author": _authors(source) or publisher,
            "datePublished": source.published_on,
            "appearance": _document(source),
        }
    )


def _document(source: Source) -> Data:
    return _filled(
        {
            "@type": "CreativeWork",
            "url": source.url,
            "name": source.title,
            "author": _authors(source),
            "publisher": {"@type": "Organization", "name": source.publisher},
            "datePublished": source.published_on,
        }
    )


def _authors(source: Source) -> list[Data]:
    names = [name.strip() for name in source.author.split(";")]
    return [
        {"@type": "Organization" if name == source.publisher else "Person", "name": name}
        for name in names
        if name
    ]


def _filled(data: Mapping[str, Any]) -> Data:
    """Without what is not known: an empty value would say that there is none."""
    return {name: value for name, value in data.items() if value not in ("", None, [])}
