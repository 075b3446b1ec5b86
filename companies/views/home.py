from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies import linked_data, overview
from companies.evidence import Grade
from companies.models import Claim, CompanyList, Revision, Technology
from companies.views.arrangement import comparison_address

_NEWEST, _MOST_USED, _LISTS, _SUGGESTIONS = 6, 16, 6, 3


class Newest(NamedTuple):
    """A claim with the grade the database worked out, which spares it its citations."""

    claim: Claim
    grade: Grade
    is_disputed: bool


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "companies/home.html",
        {
            "numbers": overview.numbers(),
            "changed": Revision.objects.public().order_by("-pk").values("made_at").first(),
            "example": overview.example(),
            "suggestions": [
                (suggestion, comparison_address([company.slug for company in suggestion.companies]))
                for suggestion in overview.suggestions(_SUGGESTIONS)
            ],
            "lists": CompanyList.objects.published().with_companies()[:_LISTS],
            "newest": _newest_claims(),
            "linked_data": linked_data.as_script([linked_data.website(request.build_absolute_uri)]),
            "technologies": Technology.objects.published().most_used()[:_MOST_USED],
        },
    )


def _newest_claims() -> list[Newest]:
    claims: Any = Claim.objects.published().with_evidence().select_related("company", "source")
    return [
        Newest(claim, Grade(claim.evidence_grade), claim.disputed)
        for claim in claims.newest_first()[:_NEWEST]
    ]
