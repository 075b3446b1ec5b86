from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data, profile
from companies.archive import NotThenError, profiles_on
from companies.forms import CompanyFilterForm, ListForm
from companies.linked_data import Crumb
from companies.models import Claim, ClaimTechnology, Company, FormerSlug, Gap
from companies.neighbours import Neighbours, neighbours
from companies.records import claim_record, company_record
from companies.views.archive import also_as_it_stood, archive_of
from companies.views.listing import as_file, is_whole, page_of
from companies.views.moved import moved
from companies.views.reference import cite_profile

_TECHNOLOGIES_IN_STRIP = 8


@require_safe
def companies(request: HttpRequest) -> HttpResponse:
    form = CompanyFilterForm(request.GET)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return render(request, "companies/companies.html", context, status=400)
    wanted = form.cleaned_data
    found = Company.objects.published().matching(**wanted).with_claim_count()
    if wanted["format"]:
        return as_file(request, "companies", wanted["format"], found, company_record)
    page = page_of(found, wanted["page"])
    languages = ClaimTechnology.objects.published().languages_of(page.object_list)
    rows = [(company, languages.get(company.pk, [])) for company in page.object_list]
    context |= {"page": page, "rows": rows}
    if is_whole(wanted):
        dataset = linked_data.of_list("companies", request.build_absolute_uri)
        context["linked_data"] = linked_data.as_script([dataset])
    return render(request, "companies/companies.html", context)


def _as_it_stood(request: HttpRequest, day: datetime.date, slug: str) -> HttpResponse:
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    try:
        archived = profiles_on([slug], day)
    except NotThenError:
        # An address that came later, or that is another's now, may lead to the one of that day.
        if Company.objects.published().filter(slug=slug).exists():
            raise
        return _moved(request, slug)
    (then,) = archived.profiles
    found = then.company
    if found.slug != slug:
        return moved(request, found.get_absolute_url())
    if form.cleaned_data["format"]:
        name = f"{slug}-{day.isoformat()}"
        return as_file(request, name, form.cleaned_data["format"], then.claims, claim_record)
    context = _context(request, found, then.claims)
    context |= {
        "aliases": then.aliases,
        # What is worth a comparison today is no part of what was cited.
        "neighbours": Neighbours(found.parent, [], [], 0, []),
        "gaps": then.gaps,
        "archive": archive_of(request.path, day, archived.passage, gone=archived.gone),
    }
    return render(request, "companies/company.html", context)


@require_safe
@also_as_it_stood(_as_it_stood)
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
    gaps = Gap.objects.filter(company=found).select_related("technology", "domain", "source")
    context = _context(request, found, claims)
    aliases = [row.other_name for row in rows if row.other_name]
    around = neighbours(found, profile.technologies_in_use(claims))
    absolute = request.build_absolute_uri
    context |= {
        "aliases": aliases,
        "neighbours": around,
        "gaps": list(gaps),
        "linked_data": linked_data.as_script(
            [
                linked_data.organization(
                    found,
                    absolute,
                    aliases=aliases,
                    parent=around.parent,
                    subsidiaries=around.subsidiaries,
                ),
                linked_data.of_company(found, claims, absolute),
                linked_data.breadcrumbs(context["crumbs"], absolute),
            ]
        ),
    }
    return render(request, "companies/company.html", context)


def _context(request: HttpRequest, found: Company, claims: list[Claim]) -> dict[str, Any]:
    """What a profile says by its company and claims alone."""
    return {
        "company": found,
        "crumbs": [
            Crumb(gettext_lazy("Companies"), reverse("companies:companies")),
            Crumb(found.name, found.get_absolute_url()),
        ],
        "key_data": profile.key_data(claims),
        "groups": profile.groups(claims),
        "technologies": profile.technologies_in_use(claims)[:_TECHNOLOGIES_IN_STRIP],
        "dated": profile.dated(claims),
        "cite": cite_profile(request, found),
    }


def _moved(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(
            _("There is no company profile at the address “%(address)s”.") % {"address": slug}
        )
    return moved(request, former.company.get_absolute_url())
