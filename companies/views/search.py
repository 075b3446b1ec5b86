from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies import search as searching
from companies.data_files.tables import FOUND
from companies.forms import SearchForm, SuggestionForm
from companies.records import search_record
from companies.search import Address, Facet, Results
from companies.views.listing import page_of, records_as_file

_PER_PAGE = 20
_SUGGESTIONS_LAST = 60  # seconds


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/search.html", {"form": form}, status=400)
    wanted = form.cleaned_data
    results = searching.look_up(wanted["q"], form.narrowed)
    if wanted["format"]:
        return _as_file(request, wanted["format"], results)
    page = page_of(results.matches, wanted["page"], _PER_PAGE)
    counts = results.counts()
    offered = searching.offered(counts, Facet.TECHNOLOGY, form.narrowed.get(Facet.TECHNOLOGY))
    loaded = searching.load(page.object_list, [int(pk) for pk, _ in offered])
    return render(
        request,
        "companies/search.html",
        {
            "form": form,
            "page": page,
            "results": results,
            "hits": searching.hits(page.object_list, results.query, loaded),
            "divisions": searching.divided(
                counts, form.narrowed, loaded.technologies, form.domains, _addresses(request)
            ),
            "limit": searching.LIMIT,
        },
    )


def _addresses(request: HttpRequest) -> Address:
    """From here to the first page of the same search, narrowed otherwise."""

    def address(facet: Facet, value: str | None) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query.pop(facet, None)
        if value is not None:
            query[facet] = value
        return f"{request.path}?{query.urlencode()}"

    return address


def _as_file(request: HttpRequest, format: str, results: Results) -> HttpResponse:
    loaded = searching.load(results.matches)
    hits = searching.hits(results.matches, results.query, loaded)
    records = [search_record(hit, request.build_absolute_uri) for hit in hits]
    return records_as_file("search", format, records, FOUND, request)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Names that begin with `q`, for the script beside the search box."""
    form = SuggestionForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    found = [
        {"name": one.name, "kind": one.subject, "url": one.address}
        for one in searching.suggestions(form.cleaned_data["q"])
    ]
    response = JsonResponse({"suggestions": found})
    response["Cache-Control"] = f"public, max-age={_SUGGESTIONS_LAST}"
    return response
