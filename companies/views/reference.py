"""How a visitor may cite the page that was asked for."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpRequest

from companies.citing import Document, Reference, as_bibtex, as_text
from companies.models import Claim, Company


def cite_profile(request: HttpRequest, company: Company) -> dict[str, str]:
    """Its full address, and the citation as text and for BibTeX."""
    address = request.build_absolute_uri(company.get_absolute_url())
    return _cite(
        Reference(
            site=settings.SITE_NAME,
            key=company.slug,
            title=company.name,
            address=address,
            accessed=_today(),
            kind="company profile",
        )
    )


def cite_claim(request: HttpRequest, claim: Claim) -> dict[str, str]:
    """The same for a claim, whose source is cited with it."""
    source = claim.source
    return _cite(
        Reference(
            site=settings.SITE_NAME,
            key=claim.key,
            title=f"{claim.company.name}: {claim.title}",
            address=request.build_absolute_uri(claim.get_absolute_url()),
            accessed=_today(),
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
        )
    )


def _cite(reference: Reference) -> dict[str, str]:
    return {
        "address": reference.address,
        "text": as_text(reference),
        "bibtex": as_bibtex(reference),
    }


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()
