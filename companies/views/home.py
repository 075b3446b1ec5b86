from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies.models import Claim, CompanyList, Technology

_NEWEST, _MOST_USED = 6, 16


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    claims = Claim.objects.published()
    return render(
        request,
        "companies/home.html",
        {
            "counts": claims.aggregate(
                claims=Count("pk"), companies=Count("company", distinct=True)
            ),
            "lists": CompanyList.objects.published().with_companies()[:6],
            "newest": claims.with_parts().newest_first()[:_NEWEST],
            "technologies": Technology.objects.published().most_used()[:_MOST_USED],
        },
    )
