from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.comparison import MOST
from companies.data_files.lists import entry_record
from companies.forms import FileForm
from companies.linked_data import Crumb
from companies.models import CompanyList
from companies.views.arrangement import comparison_address
from companies.views.listing import as_file


@require_safe
def company_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = CompanyList.objects.published().with_companies().filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no list at the address “%(slug)s”.") % {"slug": slug})
    entries = found.entries.all()
    form = FileForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    if form.cleaned_data["format"]:
        # A list is what an editor put together by hand, so all of it is at hand already.
        return as_file(request, slug, form.cleaned_data["format"], list(entries), entry_record)
    first = [entry.company.slug for entry in entries[:MOST]]
    crumbs = [
        Crumb(gettext_lazy("Lists"), f"{reverse('companies:home')}#lists"),
        Crumb(found.title, found.get_absolute_url()),
    ]
    absolute = request.build_absolute_uri
    context = {
        "list": found,
        "crumbs": crumbs,
        "linked_data": linked_data.as_script(
            [
                linked_data.of_company_list(found, absolute),
                linked_data.breadcrumbs(crumbs, absolute),
            ]
        ),
        "entries": entries,
        "compare": comparison_address(first) if len(first) > 1 else "",
    }
    return render(request, "companies/company_list.html", context)
