from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies import profile
from companies.forms import CompanyFilterForm, ListForm
from companies.models import Claim, ClaimTechnology, Company, FormerSlug, Gap
from companies.neighbours import neighbours
from companies.records import claim_record, company_record
from companies.views.listing import as_file, page_of
from companies.views.moved import moved
from companies.views.reference import cite_profile

_TECHNOLOGIES_IN_STRIP = 8


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    form = CompanyFilterForm(request.GET)
    context = {"form": form}
    if not form.is_valid():
        return render(request, "companies/companies.html", context, status=400)
    wanted = form.cleaned_data
    found = Company.objects.published().matching(**wanted).with_claim_count()
    if wanted["format"]:
        return as_file(request, "companies", wanted["format"], found, company_record)
    page = page_of(found, wanted["page"])
    languages = ClaimTechnology.objects.published().languages_of(page.object_list)
    rows = [(company, languages.get(company.pk, [])) for company in page.object_list]
    return render(request, "companies/companies.html", context | {"page": page, "rows": rows})


@require_safe
def company(request: HttpRequest, slug: str) -> HttpResponse:
    rows = list(
        Company.objects.published().select_related("parent").filter(slug=slug).with_other_names()
    )
    if not rows:
        return _moved(request, slug)
    found = rows[0]
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    stated = Claim.objects.published().filter(company=found).with_parts().newest_first()
    if form.cleaned_data["format"]:
        return as_file(request, slug, form.cleaned_data["format"], stated, claim_record)
    claims = list(stated)
    technologies = profile.technologies_in_use(claims)
    gaps = Gap.objects.filter(company=found).select_related("technology", "domain", "source")
    return render(
        request,
        "companies/company.html",
        {
            "company": found,
            "aliases": [row.other_name for row in rows if row.other_name],
            "key_data": profile.key_data(claims),
            "groups": profile.groups(claims),
            "technologies": technologies[:_TECHNOLOGIES_IN_STRIP],
            "neighbours": neighbours(found, technologies),
            "dated": profile.dated(claims),
            "gaps": list(gaps),
            "cite": cite_profile(request, found),
        },
    )


def _moved(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(
            _("There is no company profile at the address “%(address)s”.") % {"address": slug}
        )
    return moved(request, former.company.get_absolute_url())
