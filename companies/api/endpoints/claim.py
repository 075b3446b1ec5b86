from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, claim_entry
from companies.api.filters import ClaimFilterForm
from companies.api.parameters import ClaimParameters, EntryParameters, QuoteParameters
from companies.forms import QuoteFilterForm
from companies.models import Claim

router = Router(tags=["Claims"])


@router.get(
    "/claims",
    response=shapes.Claims,
    exclude_unset=True,
    url_name="claims",
    operation_id="listClaims",
    summary="All claims",
)
def claims(request: HttpRequest, response: HttpResponse, wanted: Query[ClaimParameters]) -> Shape:
    """Every sourced statement, by the date it is true for, newest first; undated ones last."""
    asked = wanted.cleaned(ClaimFilterForm)
    found: Any = (
        Claim.objects.published()
        .naming(asked["technology"], role=asked["role"], few="technology" in asked["few"])
        .matching(q=asked["q"], kind=asked["kind"])
    )
    for name in ("company", "domain"):
        if asked[name]:
            found = found.filter(**{name: asked[name]})
    if asked["source"]:
        found = found.citing(asked["source"])
    if asked["evidence"]:
        found = found.of_grade(asked["evidence"])
    rows = found.with_parts().newest_first()
    return list_answer(request, response, wanted, shapes.Claim, rows, claim_entry)


@router.get(
    "/claims/{slug:key}",
    response=shapes.Claim,
    exclude_unset=True,
    url_name="claim",
    operation_id="getClaim",
    summary="One claim",
)
def claim(request: HttpRequest, key: str, wanted: Query[EntryParameters]) -> Shape:
    """A claim by its permanent key."""
    found = Claim.objects.published().with_parts().filter(key=key).first()
    if found is None:
        raise Http404(f"There is no published claim “{key}”.")
    return entry_answer(request, wanted, shapes.Claim, found, claim_entry)


@router.get(
    "/quotes",
    response=shapes.Claims,
    exclude_unset=True,
    url_name="quotes",
    operation_id="listQuotes",
    summary="All quotes",
)
def quotes(request: HttpRequest, response: HttpResponse, wanted: Query[QuoteParameters]) -> Shape:
    """Every claim with words that somebody said, whatever its kind, newest first."""
    asked = wanted.cleaned(QuoteFilterForm)
    found: Any = (
        Claim.objects.published()
        .quoted()
        .naming(asked["technology"], few="technology" in asked["few"])
        .matching(q=asked["q"])
    )
    rows = found.with_parts().newest_first()
    return list_answer(request, response, wanted, shapes.Claim, rows, claim_entry)
