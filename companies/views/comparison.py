from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.archive import profiles_on
from companies.comparison import FEWEST, MOST, Comparison, Section, compare, side_by_side
from companies.data_files.tables import COMPARISON
from companies.forms import FILES, ComparisonChoiceForm, ComparisonForm, TrayForm
from companies.linked_data import Crumb
from companies.models import Company, CompanyList, FormerSlug
from companies.records import comparison_records
from companies.tray import remember
from companies.views.addition import Addition
from companies.views.archive import Archive, also_as_it_stood, archive_of
from companies.views.arrangement import SEPARATOR, Arrangement, columns, comparison_address
from companies.views.listing import page_of, records_as_file
from companies.views.moved import moved
from companies.views.reference import cite_comparison, dated
from companies.views.tray import changed_tray

_TO_TICK = 60


@require_safe
def compare_choose(request: HttpRequest) -> HttpResponse:
    """Also where the tray is sent to, whose answer is another page."""
    if TrayForm.is_sent(request.GET):
        return changed_tray(request)
    form = ComparisonChoiceForm(_ticked(request))
    valid = form.is_valid()
    if valid and form.cleaned_data["show"]:
        slugs = form.cleaned_data["c"]
        response = redirect(comparison_address(slugs))
        remember(response, slugs)
        return response
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


def _ticked(request: HttpRequest) -> QueryDict:
    """What the form says; before it has said anything, what is in the tray."""
    if not {"c", "q", "show", "page"}.isdisjoint(request.GET):
        return request.GET
    remembered = QueryDict(mutable=True)
    remembered.setlist("c", [company.slug for company in request.tray.companies])  # type: ignore[attr-defined]
    return remembered


def _as_it_stood(request: HttpRequest, day: datetime.date, slugs: str) -> HttpResponse:
    form = ComparisonForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    named = [slug for slug in slugs.split(SEPARATOR) if slug]
    refusal = _refusal(named)
    if refusal:
        return _refused(request, named, refusal, 400)
    then = profiles_on(named, day)
    companies = [profile.company for profile in then.profiles]
    address = comparison_address([company.slug for company in companies])
    if request.path != address:
        return redirect(dated(address, day), permanent=True)
    if not form.is_order_of(named):
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    claims = sorted(then.claims, key=lambda claim: claim.key)
    gaps = [gap for profile in then.profiles for gap in profile.gaps]
    archive = archive_of(address, day, then.passage, gone=then.gone)
    return _side_by_side(
        request, form, companies, lambda shown: side_by_side(shown, claims, gaps), archive
    )


@require_safe
@also_as_it_stood(_as_it_stood)
def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    """Two to five companies; every other address of the same set redirects to this one."""
    form = ComparisonForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    named = [slug for slug in slugs.split(SEPARATOR) if slug]
    refusal = _refusal(named)
    if refusal:
        return _refused(request, named, refusal, 400)
    published = Company.objects.published().select_related("parent")
    curating = CompanyList.objects.published().leading_to(named, MOST)
    companies = list(published.filter(slug__in=named).annotate(is_curated=Exists(curating)))
    if len(companies) < len(named):
        return _moved_or_unknown(request, named, {company.slug for company in companies})
    address = comparison_address(named)
    if request.path != address:
        return moved(request, address)
    if not form.is_order_of(named):
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    is_curated = companies[0].is_curated
    response = _side_by_side(request, form, companies, compare)
    if not is_curated:
        # Any companies can be compared: see docs/decisions/0020-what-search-engines-take.md.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _side_by_side(
    request: HttpRequest,
    form: ComparisonForm,
    companies: list[Company],
    compare: Callable[[Sequence[Company]], Comparison],
    archive: Archive | None = None,
) -> HttpResponse:
    wanted = form.cleaned_data
    # Not by the database, whose alphabet may differ from the one of the address.
    order = wanted["order"] or sorted(company.slug for company in companies)
    companies.sort(key=lambda company: order.index(company.slug))
    arrangement = Arrangement(tuple(order), wanted["differences"], wanted["folded"])
    if archive:
        arrangement = replace(arrangement, as_of=archive.day.isoformat())
    # A company is added to what there is now.
    addition = Addition("" if archive else wanted["add"], arrangement)
    if addition.company:
        slug = addition.company.slug
        return redirect(f"{arrangement.along_with(slug).address}#column-{slug}")
    everything = compare(companies)
    shown = everything.differences() if arrangement.differences else everything
    if wanted["format"] and not addition.refusal:
        records = list(comparison_records(shown, request.build_absolute_uri))
        name = SEPARATOR.join(sorted(arrangement.slugs))
        name += f"-{arrangement.as_of}" if archive else ""
        return records_as_file(name, wanted["format"], records, COMPARISON, request)
    crumbs = _crumbs(companies, arrangement)
    return render(
        request,
        "companies/comparison.html",
        {
            "comparison": shown,
            "hidden": everything.row_count - shown.row_count,
            "arrangement": arrangement,
            "columns": columns(companies, arrangement),
            "sections": _sections(shown, arrangement),
            "all_open": arrangement.folding(()).address,
            "all_folded": arrangement.folding(section.key for section in shown.sections).address,
            "all_rows": replace(arrangement, differences=False).address,
            "files": {format: arrangement.address_with(format=format) for format in FILES},
            "addition": addition,
            "link": request.build_absolute_uri(arrangement.address),
            "canonical": request.build_absolute_uri(arrangement.path),
            "cite": cite_comparison(request, arrangement.path, companies),
            "archive": archive,
            "most": MOST,
            "crumbs": crumbs,
            "linked_data": ""
            if archive
            else _linked_data(request, everything, arrangement, crumbs),
            # An archive is for who follows a citation, whatever is in a list today.
            "is_curated": getattr(companies[0], "is_curated", False),
        },
        status=400 if addition.refusal else 200,
    )


def _crumbs(companies: list[Company], arrangement: Arrangement) -> list[Crumb]:
    names = " vs ".join(company.name for company in companies)
    return [
        Crumb(gettext_lazy("Compare"), reverse("companies:compare")),
        Crumb(names, arrangement.path),
    ]


def _linked_data(
    request: HttpRequest, everything: Comparison, arrangement: Arrangement, crumbs: list[Crumb]
) -> str:
    absolute = request.build_absolute_uri
    items = [linked_data.breadcrumbs(crumbs, absolute)]
    # Arranged otherwise it is no further set of data.
    if not arrangement.parameters:
        whole, claims = everything.companies, everything.claims
        items.append(linked_data.of_comparison(arrangement.path, whole, claims, absolute))
    return linked_data.as_script(items)


def _refusal(named: list[str]) -> str:
    repeated = sorted({slug for slug in named if named.count(slug) > 1})
    if repeated:
        return _("“%(slug)s” is named twice. Compare it with another company.") % {
            "slug": repeated[0]
        }
    if len(named) > MOST:
        return _("%(count)s companies are named; at most %(most)s fit side by side.") % {
            "count": len(named),
            "most": MOST,
        }
    if len(named) < FEWEST:
        return _("Name at least %(fewest)s companies to compare.") % {"fewest": FEWEST}
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
        return _refused(request, sorted(known), _unknown(unknown), 404)
    today = [followed.get(slug, slug) for slug in named]
    if len(set(today)) < len(today):
        message = _("Two of these addresses are the same company today.")
        return _refused(request, today, message, 400)
    address = comparison_address(today)
    order = request.GET.get("order", "")
    if not order:
        return moved(request, address)
    query = request.GET.copy()
    query["order"] = ",".join(followed.get(slug, slug) for slug in order.split(","))
    return redirect(f"{address}?{query.urlencode(safe=',')}", permanent=True)


def _unknown(slugs: list[str]) -> str:
    """Of several the last is joined by a word, which other languages put elsewhere."""
    quoted = [f"“{slug}”" for slug in slugs]
    if len(quoted) == 1:
        return _("There is no company at the address %(address)s.") % {"address": quoted[0]}
    return _("There is no company at the addresses %(addresses)s and %(last)s.") % {
        "addresses": ", ".join(quoted[:-1]),
        "last": quoted[-1],
    }


def _refused(request: HttpRequest, named: list[str], message: str, status: int) -> HttpResponse:
    """A page that says why, and keeps what was named so that it can be mended."""
    chosen = Company.objects.published().filter(slug__in=named)[: MOST * 2]
    names = ", ".join(company.name for company in chosen)
    context = {"message": message, "chosen": chosen, "names": names}
    return render(request, "companies/comparison_refused.html", context, status=status)


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
