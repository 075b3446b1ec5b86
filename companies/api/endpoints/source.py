from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, source_entry
from companies.api.moved import moved
from companies.api.parameters import EntryParameters, SourceParameters
from companies.forms import SourceFilterForm
from companies.models import FormerSourceKey, Source

router = Router(tags=["Sources"])


@router.get(
    "",
    response=shapes.Sources,
    exclude_unset=True,
    url_name="sources",
    operation_id="listSources",
    summary="All sources",
)
def sources(request: HttpRequest, response: HttpResponse, wanted: Query[SourceParameters]) -> Shape:
    """Every document that a claim rests on or is held against."""
    rows = Source.objects.published().matching(**wanted.cleaned(SourceFilterForm))
    return list_answer(request, response, wanted, shapes.Source, rows, source_entry)


@router.get(
    "/{slug:key}",
    response=shapes.Source,
    exclude_unset=True,
    url_name="source",
    operation_id="getSource",
    summary="One source",
)
def source(request: HttpRequest, key: str, wanted: Query[EntryParameters]) -> Shape | HttpResponse:
    """A document; what it says is at `/claims?source=…`. Former keys redirect."""
    found = Source.objects.published().with_statement_count().filter(key=key).first()
    if found:
        return entry_answer(request, wanted, shapes.Source, found, source_entry)
    former = FormerSourceKey.objects.published().select_related("source").filter(key=key).first()
    if former is None:
        raise Http404(f"There is no source “{key}”.")
    return moved(request, reverse("api:v1:source", args=[former.source.key]))
