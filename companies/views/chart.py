"""The numbers behind a chart, as a file in the `format` that the address ends with."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from companies.archive import claim_on
from companies.data_files.tables import BARS, MOVES, RANKED_SHARES
from companies.models import Claim, ClaimTechnology, CodebaseShare, Technology
from companies.records import chart_records, move_records, ranked_share_records
from companies.views.archive import also_as_it_stood
from companies.views.listing import BATCH, records_as_file
from companies.views.technology import moved_technology


def _as_it_stood(request: HttpRequest, day: datetime.date, key: str, format: str) -> HttpResponse:
    return _chart(request, key, f"{key}-{day.isoformat()}", claim_on(key, day).claim, format)


@require_safe
@also_as_it_stood(_as_it_stood)
def claim(request: HttpRequest, key: str, format: str) -> HttpResponse:
    found = Claim.objects.published().with_parts().filter(key=key).first()
    return _chart(request, key, key, found, format)


def _chart(
    request: HttpRequest, key: str, name: str, found: Claim | None, format: str
) -> HttpResponse:
    records = chart_records(found, request.build_absolute_uri) if found else []
    if not records:
        raise Http404(f"There is no chart of a claim at the address “{key}”.")
    return records_as_file(f"{name}-chart", format, records, BARS, request)


@require_safe
def moves(request: HttpRequest, format: str) -> HttpResponse:
    """Every claim of a move from one technology to another, once for each pair it names."""
    named = ClaimTechnology.objects.published().moves()
    claims = Claim.objects.published().filter(pk__in=named.values("claim"))
    records = (
        record
        for one in claims.with_parts().newest_first().iterator(BATCH)
        for record in move_records(one, request.build_absolute_uri)
    )
    return records_as_file("moves", format, records, MOVES, request)


@require_safe
def shares(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """All shares of one technology, basis by basis; only the columns if nobody states one."""
    technology = Technology.objects.published().filter(slug=slug).first()
    if technology is None:
        return moved_technology(request, slug, "companies:technology_shares", format)
    ranked = CodebaseShare.objects.published().ranked_by_basis(technology).with_citations()
    records = ranked_share_records(ranked, request.build_absolute_uri)
    return records_as_file(f"{slug}-shares", format, records, RANKED_SHARES, request)
