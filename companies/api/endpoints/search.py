from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from companies import search as searching
from companies.api import shapes
from companies.api.answer import list_name, page_answer
from companies.api.entries import Shape
from companies.api.found import facet_entry, hit_entry, suggestion_entry
from companies.api.named import Known, look_up, unknown
from companies.api.paging import Slice, matches_after
from companies.api.parameters import SearchParameters, SuggestionParameters
from companies.api.problem import ProblemError
from companies.models import Claim
from companies.search import Facet

router = Router(tags=["Search"])


@router.get(
    "",
    response=shapes.Hits,
    exclude_unset=True,
    url_name="search",
    operation_id="searchCatalogue",
    summary="Search",
)
def search(request: HttpRequest, response: HttpResponse, wanted: Query[SearchParameters]) -> Shape:
    """Companies, technologies and claims with all of the words, the best first.

    A word in a name weighs more than one in what an entry is tied to, and that more than one in a
    text. The filters are those of the page `/search/`; at least one of them, or `q`, is needed.
    What nothing has is looked for as the beginning of a word, then as a misspelt name, and at last
    with as many of the words as anything has; the answer says so. At most 1,000 matches are put in
    order, counted and listed.
    """
    known = look_up(wanted.named, with_domains=True)
    narrowed = _narrowed(wanted, known)
    words = wanted.q or ""
    if not words.strip() and not narrowed:
        advice = "Say what to look for, or what to narrow the search to."
        raise ProblemError("bad-parameters", errors=[("q", advice)])
    results = searching.look_up(words, narrowed)
    found = matches_after(
        results.matches,
        partial(searching.place, query=results.query),
        wanted.cursor or "",
        wanted.limit,
        # What was found by other words stands in another order.
        list_name(request, wanted, results.corrected, results.is_beginning),
    )
    counts = results.counts()
    offered = searching.offered(counts, Facet.TECHNOLOGY, narrowed.get(Facet.TECHNOLOGY))
    claims = Claim.objects.published().with_evidence()
    loaded = searching.load(found.rows, [int(pk) for pk, _ in offered], claims)
    hits = Slice(searching.hits(found.rows, results.query, loaded), found.next_cursor)
    divisions = searching.divided(
        counts, narrowed, loaded.technologies, known.domains, lambda facet, value: ""
    )
    return page_answer(request, response, wanted, shapes.Hit, hits, hit_entry) | {
        "total": len(results.matches),
        "is_cut": results.is_cut,
        "corrected": results.corrected or None,
        "is_beginning": results.is_beginning,
        "facets": [facet_entry(division) for division in divisions],
    }


@router.get(
    "/suggestions",
    response=shapes.Suggestions,
    url_name="suggestions",
    operation_id="suggestNames",
    summary="Names while one is typing",
)
def suggestions(request: HttpRequest, wanted: Query[SuggestionParameters]) -> Shape:
    """Companies and technologies, at most eight, with a name in which words begin like these."""
    absolute = request.build_absolute_uri
    return {
        "items": [suggestion_entry(one, absolute) for one in searching.suggestions(wanted.q)],
    }


def _narrowed(wanted: SearchParameters, known: Known) -> dict[Facet, object]:
    """What the search is narrowed to, by id where there is one. Raises ProblemError."""
    if errors := unknown(wanted.named, known):
        raise ProblemError("bad-parameters", errors=errors)
    chosen = wanted.filters | known.ids
    if wanted.year:
        chosen["year"] = f"{wanted.year:04d}"
    return {facet: chosen[facet] for facet in Facet if facet in chosen}
