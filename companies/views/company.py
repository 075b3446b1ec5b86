from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies.charts import timeline
from companies.forms import CompanyFilterForm, ListForm
from companies.models import Claim, ClaimKind, ClaimTechnology, Company, FormerSlug, Gap
from companies.records import claim_record, company_record
from companies.views.listing import as_file, page_of
from companies.views.moved import moved

# The order in which a profile tells its story, with the heading of each group.
GROUPS = (
    ("shares", "Codebase shares", (ClaimKind.CODEBASE_SHARE,)),
    ("use-cases", "What it is used for", (ClaimKind.USE_CASE,)),
    ("figures", "Key figures", (ClaimKind.KEY_FIGURE,)),
    ("decisions", "Decisions and migrations", (ClaimKind.DECISION, ClaimKind.MIGRATION)),
    ("strengths", "Strengths and weaknesses", (ClaimKind.STRENGTH, ClaimKind.WEAKNESS)),
    ("open-source", "Open source", (ClaimKind.OPEN_SOURCE,)),
    ("quotes", "Quotes", (ClaimKind.QUOTE,)),
)
_TECHNOLOGIES_IN_STRIP = 8
_FEWEST_DATED = 2


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
    found = Company.objects.published().select_related("parent").filter(slug=slug).first()
    if found is None:
        return _moved(request, slug)
    form = ListForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    claims = list(Claim.objects.published().filter(company=found).with_parts().newest_first())
    if form.cleaned_data["format"]:
        return as_file(request, slug, form.cleaned_data["format"], claims, claim_record)
    return render(
        request,
        "companies/company.html",
        {
            "company": found,
            "aliases": found.aliases.all(),
            "subsidiaries": found.subsidiaries.published(),
            "groups": _grouped(claims),
            "technologies": _most_named(claims),
            **_dated(claims),
            "gaps": Gap.objects.filter(company=found).select_related(
                "technology", "domain", "source"
            ),
        },
    )


def _moved(request: HttpRequest, slug: str) -> HttpResponsePermanentRedirect:
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no company profile at the address “{slug}”.")
    return moved(request, former.company.get_absolute_url())


def _grouped(claims: list[Claim]) -> list[tuple[str, str, list[Claim], bool]]:
    """Key, heading and claims of each group that has any, and whether it mixes kinds."""
    groups = [
        (key, title, [claim for claim in claims if claim.kind in kinds], len(kinds) > 1)
        for key, title, kinds in GROUPS
    ]
    return [group for group in groups if group[2]]


def _dated(claims: list[Claim]) -> dict[str, object]:
    """The claims by the date they are true for, oldest first, and those without one.

    A single date makes no timeline.
    """
    dated = sorted((claim for claim in claims if claim.as_of), key=lambda claim: claim.as_of)
    if len(dated) < _FEWEST_DATED:
        return {}
    kinds = ClaimKind.values
    by_kind = sorted(dated, key=lambda claim: kinds.index(claim.kind))
    return {
        "dated": [
            (date, list(members)) for date, members in groupby(dated, lambda claim: claim.as_of)
        ],
        "undated": [claim for claim in claims if not claim.as_of],
        "timeline": timeline((claim.get_kind_display(), claim.as_of) for claim in by_kind),
    }


def _most_named(claims: list[Claim]) -> list[object]:
    """The technologies that most of the claims say the company uses, chose or moved to."""
    counts: dict[object, int] = {}
    for claim in claims:
        for row in claim.claim_technologies.all():
            if row.is_in_use:
                counts[row.technology] = counts.get(row.technology, 0) + 1
    return sorted(counts, key=lambda technology: -counts[technology])[:_TECHNOLOGIES_IN_STRIP]
