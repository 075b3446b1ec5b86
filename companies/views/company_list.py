from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies.comparison import MOST
from companies.models import CompanyList
from companies.views.arrangement import comparison_address


@require_safe
def company_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = CompanyList.objects.published().with_companies().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no list at the address “%(slug)s”.") % {"slug": slug})
    entries = found.entries.all()
    first = [entry.company.slug for entry in entries[:MOST]]
    context = {
        "list": found,
        "entries": entries,
        "compare": comparison_address(first) if len(first) > 1 else "",
    }
    return render(request, "companies/company_list.html", context)
