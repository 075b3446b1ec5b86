from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.forms import QuoteFilterForm
from companies.models import Claim
from companies.records import claim_record
from companies.views.listing import as_file, is_whole, page_of


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Every claim with words in it, whatever its kind."""
    form = QuoteFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/quotes.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    claims = (
        Claim.objects.published()
        .quoted()
        .naming(wanted["technology"])
        .matching(q=wanted["q"])
        .with_parts()
        .newest_first()
    )
    if wanted["format"]:
        return as_file(request, "quotes", wanted["format"], claims, claim_record)
    page, absolute = page_of(claims, wanted["page"], 30), request.build_absolute_uri
    context = {
        "form": form,
        "page": page,
        "linked_data": linked_data.as_script(
            [
                linked_data.of_list("quotes", absolute) if is_whole(wanted) else None,
                *linked_data.quotations(page.object_list, absolute),
            ]
        ),
    }
    return render(request, "companies/quotes.html", context)
