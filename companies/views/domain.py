from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.data_files.lists import domain_record
from companies.forms import DomainClaimsForm, FileForm
from companies.linked_data import Crumb
from companies.models import Claim, Domain
from companies.records import claim_record
from companies.views.listing import as_file, is_whole, page_of


@require_safe
def domains(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    found = Domain.objects.with_claim_count()
    if form.cleaned_data["format"]:
        return as_file(request, "domains", form.cleaned_data["format"], found, domain_record)
    context = {
        "domains": found,
        "linked_data": linked_data.as_script(
            [linked_data.of_list("domains", request.build_absolute_uri)]
        ),
    }
    return render(request, "companies/domains.html", context)


@require_safe
def domain(request: HttpRequest, slug: str) -> HttpResponse:
    found = Domain.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(_("There is no domain at the address “%(slug)s”.") % {"slug": slug})
    form = DomainClaimsForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    claims = (
        Claim.objects.published()
        .filter(domain=found)
        .matching(q=wanted["q"], kind=wanted["kind"])
        .with_parts()
        .newest_first()
    )
    if wanted["format"]:
        return as_file(request, slug, wanted["format"], claims, claim_record)
    crumbs = [
        Crumb(gettext_lazy("Domains"), reverse("companies:domains")),
        Crumb(found.name, found.get_absolute_url()),
    ]
    absolute = request.build_absolute_uri
    context = {
        "domain": found,
        "form": form,
        "page": page_of(claims, wanted["page"], 30),
        "crumbs": crumbs,
        "linked_data": linked_data.as_script(
            [
                linked_data.of_domain(found, absolute) if is_whole(wanted) else None,
                linked_data.breadcrumbs(crumbs, absolute),
            ]
        ),
    }
    return render(request, "companies/domain.html", context)
