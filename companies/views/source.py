from __future__ import annotations

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.evidence import Verdict, is_first_hand
from companies.fact_check import Statement, fact_check, tallies_of
from companies.forms import FactCheckForm, SourceFilterForm
from companies.linked_data import Crumb
from companies.models import FormerSourceKey, Source
from companies.records import source_record, statement_record
from companies.views.listing import as_file, is_whole, page_of
from companies.views.moved import moved


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    form = SourceFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/sources.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    found = Source.objects.published().matching(**wanted)
    if wanted["format"]:
        return as_file(request, "sources", wanted["format"], found, source_record)
    page = page_of(found, wanted["page"])
    tallies = tallies_of(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(source, tallies.get(source.pk)) for source in page],
        "linked_data": linked_data.as_script(
            [linked_data.of_list("sources", request.build_absolute_uri)] if is_whole(wanted) else []
        ),
    }
    return render(request, "companies/sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    found = Source.objects.published().with_link_check().filter(key=key).first()
    if found is None:
        return _moved(request, key)
    form = FactCheckForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    checked = fact_check(found)
    verdict = form.cleaned_data["verdict"]
    shown = [s for s in checked.statements if verdict in ("", s.verdict)]
    if form.cleaned_data["format"]:
        return as_file(request, key, form.cleaned_data["format"], shown, statement_record)
    page = page_of(shown, form.cleaned_data["page"])
    crumbs = [
        Crumb(gettext_lazy("Sources"), reverse("companies:sources")),
        Crumb(found.title, found.get_absolute_url()),
    ]
    context = {
        "source": found,
        "form": form,
        "is_first_hand": is_first_hand(found.tier),
        "verdict": Verdict(verdict) if verdict else None,
        "tallies": checked.tallies,
        "total": len(checked.statements),
        "page": page,
        "lists": found.company_lists.published(),
        "gaps": found.gap_set.published().select_related("company", "technology", "domain"),
        "crumbs": crumbs,
        "linked_data": _linked_data(request, found, page, crumbs, is_chosen=bool(verdict)),
    }
    return render(request, "companies/source.html", context)


def _linked_data(
    request: HttpRequest,
    source: Source,
    page: Page[Statement],
    crumbs: list[Crumb],
    *,
    is_chosen: bool,
) -> str:
    path, absolute = source.get_absolute_url(), request.build_absolute_uri
    address = path if page.number == 1 else f"{path}?page={page.number}"
    # Each statement has one address for machines, so a page of some of them offers none.
    reviews = [] if is_chosen else linked_data.claim_reviews(page, source, address, absolute)
    is_whole = page.number == 1 and not is_chosen
    rows = linked_data.of_source(source, absolute) if is_whole and page.object_list else None
    return linked_data.as_script([rows, *reviews, linked_data.breadcrumbs(crumbs, absolute)])


def _moved(request: HttpRequest, key: str) -> HttpResponsePermanentRedirect:
    formers = FormerSourceKey.objects.published().select_related("source")
    former = formers.filter(key=key).first()
    if former is None:
        raise Http404(_("There is no source at the address “%(address)s”.") % {"address": key})
    return moved(request, former.source.get_absolute_url())
