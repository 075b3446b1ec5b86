from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from companies.comparison import FEWEST, MOST, Comparison, Section, compare
from companies.data_files.tables import COMPARISON
from companies.forms import ComparisonChoiceForm, ComparisonForm
from companies.models import Company, FormerSlug
from companies.records import comparison_records
from companies.views.addition import Addition
from companies.views.arrangement import SEPARATOR, Arrangement, comparison_address
from companies.views.listing import page_of, records_as_file
from companies.views.moved import moved

_TO_TICK = 60
_FILES = ("csv", "json")


@require_safe
def compare_choose(request: HttpRequest) -> HttpResponse:
    form = ComparisonChoiceForm(request.GET)
    valid = form.is_valid()
    if valid and form.cleaned_data["show"]:
        return redirect(comparison_address(form.cleaned_data["c"]))
    offered = (
        Company.objects.published()
        .matching(q=form.cleaned_data.get("q", ""))
        .with_claim_count()
        .exclude(pk__in=[company.pk for company in form.chosen])
    )
    return render(
        request,
        "companies/compare_choose.html",
        {
            "form": form,
            "chosen": form.chosen,
            "page": page_of(offered, form.cleaned_data.get("page"), _TO_TICK),
            "fewest": FEWEST,
            "most": MOST,
        },
        status=200 if valid else 400,
    )


@require_safe
def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    """Two to five companies; every other address of the same set redirects to this one."""
    form = ComparisonForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    named = [slug for slug in slugs.split(SEPARATOR) if slug]
    refusal = _refusal(named)
    if refusal:
        return _refused(request, named, refusal, 400)
    companies = list(Company.objects.published().select_related("parent").filter(slug__in=named))
    if len(companies) < len(named):
        return _moved_or_unknown(request, named, {company.slug for company in companies})
    address = comparison_address(named)
    if request.path != address:
        return moved(request, address)
    if not form.is_order_of(named):
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    return _side_by_side(request, form, companies)


def _side_by_side(
    request: HttpRequest, form: ComparisonForm, companies: list[Company]
) -> HttpResponse:
    wanted = form.cleaned_data
    # Not by the database, whose alphabet may differ from the one of the address.
    order = wanted["order"] or sorted(company.slug for company in companies)
    companies.sort(key=lambda company: order.index(company.slug))
    arrangement = Arrangement(tuple(order), wanted["differences"], wanted["folded"])
    addition = Addition(wanted["add"], arrangement)
    if addition.company:
        return redirect(arrangement.along_with(addition.company.slug).address)
    everything = compare(companies)
    shown = everything.differences() if arrangement.differences else everything
    if wanted["format"] and not addition.refusal:
        records = list(comparison_records(shown, request.build_absolute_uri))
        name = SEPARATOR.join(sorted(arrangement.slugs))
        return records_as_file(name, wanted["format"], records, COMPARISON, request)
    return render(
        request,
        "companies/comparison.html",
        {
            "comparison": shown,
            "hidden": everything.row_count - shown.row_count,
            "arrangement": arrangement,
            "columns": _columns(companies, arrangement),
            "sections": _sections(shown, arrangement),
            "all_open": arrangement.folding(()).address,
            "all_folded": arrangement.folding(section.key for section in shown.sections).address,
            "all_rows": replace(arrangement, differences=False).address,
            "files": {format: arrangement.address_with(format=format) for format in _FILES},
            "addition": addition,
            "link": request.build_absolute_uri(arrangement.address),
            "canonical": request.build_absolute_uri(arrangement.path),
            "most": MOST,
        },
        status=400 if addition.refusal else 200,
    )


def _refusal(named: list[str]) -> str:
    repeated = sorted({slug for slug in named if named.count(slug) > 1})
    if repeated:
        return f"“{repeated[0]}” is named twice. Compare it with another company."
    if len(named) > MOST:
        return f"{len(named)} companies are named; at most {MOST} fit side by side."
    if len(named) < FEWEST:
        return f"Name at least {FEWEST} companies to compare."
    return ""


def _moved_or_unknown(request: HttpRequest, named: list[str], known: set[str]) -> HttpResponse:
    followed = {
        former.slug: former.company.slug
        for former in FormerSlug.objects.published()
        .filter(slug__in=named)
        .select_related("company")
    }
    unknown = [slug for slug in named if slug not in known and slug not in followed]
    if unknown:
        there = " and ".join(f"“{slug}”" for slug in unknown)
        return _refused(request, sorted(known), f"There is no company at the address {there}.", 404)
    today = [followed.get(slug, slug) for slug in named]
    if len(set(today)) < len(today):
        return _refused(request, today, "Two of these addresses are the same company today.", 400)
    address = comparison_address(today)
    order = request.GET.get("order", "")
    if not order:
        return moved(request, address)
    query = request.GET.copy()
    query["order"] = ",".join(followed.get(slug, slug) for slug in order.split(","))
    return redirect(f"{address}?{query.urlencode(safe=',')}", permanent=True)


def _refused(request: HttpRequest, named: list[str], message: str, status: int) -> HttpResponse:
    """A page that says why, and keeps what was named so that it can be mended."""
    chosen = Company.objects.published().filter(slug__in=named)[: MOST * 2]
    context = {"message": message, "chosen": chosen}
    return render(request, "companies/comparison_refused.html", context, status=status)


class _Column(NamedTuple):
    """A company with the addresses of the comparison after a change to its column, if it can be."""

    company: Company
    removed: str
    further_left: str
    further_right: str


def _columns(companies: list[Company], arrangement: Arrangement) -> list[_Column]:
    removable = len(companies) > FEWEST
    columns = []
    for company in companies:
        removed = arrangement.without(company.slug) if removable else None
        left, right = (arrangement.moved(company.slug, places) for places in (-1, 1))
        addresses = (other.address if other else "" for other in (removed, left, right))
        columns.append(_Column(company, *addresses))
    return columns


def _sections(comparison: Comparison, arrangement: Arrangement) -> list[tuple[Section, bool, str]]:
    """Each section, whether it is folded, and the address at which it is the other way."""
    return [
        (
            section,
            section.key in arrangement.folded,
            f"{arrangement.toggled(section.key).address}#{section.key}",
        )
        for section in comparison.sections
    ]
