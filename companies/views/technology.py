from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.charts import count_bars
from companies.forms import TechnologyClaimsForm, TechnologyFilterForm
from companies.linked_data import Crumb
from companies.models import (
    Claim,
    ClaimTechnology,
    CodebaseShare,
    FormerTechnologySlug,
    Technology,
)
from companies.records import claim_record, technology_record
from companies.views.listing import as_file, is_whole, page_of
from companies.views.moved import moved

_SHARES = 100
_MOVES = 50


@require_safe
def technologies(request: HttpRequest) -> HttpResponse:
    form = TechnologyFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/technologies.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    found = Technology.objects.published().matching(**wanted)
    if wanted["format"]:
        return as_file(request, "technologies", wanted["format"], found, technology_record)
    context = {"form": form, "page": page_of(found, wanted["page"], 100)}
    if not any(wanted.values()):
        context |= _moves()
    if is_whole(wanted):
        rows = linked_data.of_list("technologies", request.build_absolute_uri)
        context["linked_data"] = linked_data.as_script([rows])
    return render(request, "companies/technologies.html", context)


@require_safe
def technology(request: HttpRequest, slug: str) -> HttpResponse:
    found = Technology.objects.published().filter(slug=slug).first()
    if found is None:
        return moved_technology(request, slug, "companies:technology")
    form = TechnologyClaimsForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    claims = (
        Claim.objects.published()
        .naming(found, role=wanted["role"])
        .matching(q=wanted["q"])
        .with_parts()
        .newest_first()
    )
    if wanted["format"]:
        return as_file(request, slug, wanted["format"], claims, claim_record)
    page = page_of(claims, wanted["page"])
    shares = list(CodebaseShare.objects.published().ranked_by_basis(found)[: _SHARES + 1])
    crumbs = [
        Crumb(gettext_lazy("Technologies"), reverse("companies:technologies")),
        Crumb(found.name, found.get_absolute_url()),
    ]
    absolute = request.build_absolute_uri
    return render(
        request,
        "companies/technology.html",
        {
            "technology": found,
            "form": form,
            "roles": ClaimTechnology.objects.published().role_counts(found),
            "page": page,
            "rows": [(claim, _roles(claim, found)) for claim in page.object_list],
            "rankings": _rankings(shares[:_SHARES]),
            "ranking_is_cut": len(shares) > _SHARES,
            "ranking_length": _SHARES,
            "crumbs": crumbs,
            "linked_data": linked_data.as_script(
                [
                    linked_data.of_technology(found, absolute) if is_whole(wanted) else None,
                    linked_data.breadcrumbs(crumbs, absolute),
                ]
            ),
        },
    )


def moved_technology(
    request: HttpRequest, slug: str, name: str, *rest: str
) -> HttpResponsePermanentRedirect:
    """From a former slug to what has the URL `name` of the technology today, or Http404."""
    formers = FormerTechnologySlug.objects.published().select_related("technology")
    former = formers.filter(slug=slug).first()
    if former is None:
        words = _("There is no technology at the address “%(address)s”.")
        raise Http404(words % {"address": slug})
    return moved(request, reverse(name, args=[former.technology.slug, *rest]))


def _moves() -> dict[str, object]:
    """Who left what for what: each pair of technologies with its bar."""
    found = ClaimTechnology.objects.published().most_made_moves(_MOVES + 1)
    moves = found[:_MOVES]
    chart = count_bars(move["company_count"] for move in moves)
    return {
        "moves": list(zip(moves, chart.bars, strict=True)),
        "moves_chart": chart,
        "moves_are_cut": len(found) > _MOVES,
    }


def _roles(claim: Claim, technology: Technology) -> list[ClaimTechnology]:
    return [r for r in claim.claim_technologies.all() if r.technology_id == technology.pk]


def _rankings(shares: list[CodebaseShare]) -> list[tuple[str, list[CodebaseShare]]]:
    """Shares ranked within the same basis, since across bases there is no rank."""
    return [
        (basis, list(members))
        for basis, members in groupby(shares, lambda share: share.claim.basis)
    ]
