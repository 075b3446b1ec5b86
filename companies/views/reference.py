"""How a visitor may cite the page that was asked for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

from companies.citing import Document, Reference, as_bibtex, as_csl_json, as_text
from companies.models import Claim, Company
from companies.reading_day import reading_day


def cite_profile(request: HttpRequest, company: Company) -> dict[str, str]:
    """Its full addresses, `dated` and `live`, and the citation as text, for BibTeX and as CSL-JSON.

    Of the day on which the page is read, see companies.reading_day.
    """
    live = request.build_absolute_uri(company.get_absolute_url())
    return _cite(
        live,
        Reference(
            site=settings.SITE_NAME,
            key=company.slug,
            title=company.name,
            address=dated(live, reading_day()),
            day=reading_day(),
            kind="company profile",
        ),
    )


def cite_claim(request: HttpRequest, claim: Claim) -> dict[str, str]:
    """The same for a claim, whose source is cited with it."""
    source = claim.source
    live = request.build_absolute_uri(claim.get_absolute_url())
    return _cite(
        live,
        Reference(
            site=settings.SITE_NAME,
            key=claim.key,
            title=f"{claim.company.name}: {claim.title}",
            address=dated(live, reading_day()),
            day=reading_day(),
            kind=f"claim {claim.key}",
            as_of=claim.as_of,
            source=Document(
                title=source.title,
                publisher=source.publisher,
                author=source.author,
                published_on=source.published_on,
                url=source.url,
                locator=claim.locator,
            ),
        ),
    )


def cite_comparison(
    request: HttpRequest, path: str, companies: Sequence[Company]
) -> dict[str, str]:
    """The same for a comparison at `path`, whatever the order of its columns."""
    live = request.build_absolute_uri(path)
    ordered = sorted(companies, key=lambda company: company.slug)
    return _cite(
        live,
        Reference(
            site=settings.SITE_NAME,
            key="-vs-".join(company.slug for company in ordered),
            title=" vs ".join(company.name for company in ordered),
            address=dated(live, reading_day()),
            day=reading_day(),
            kind="comparison",
        ),
    )


def dated(address: str, day: datetime.date) -> str:
    """The address at which the page stands as it stood at the end of the day."""
    return f"{address}?as_of={day.isoformat()}"


def _cite(live: str, reference: Reference) -> dict[str, str]:
    return {
        "live": live,
        "dated": reference.address,
        "text": as_text(reference),
        "bibtex": as_bibtex(reference),
        "csl": as_csl_json(reference),
    }
