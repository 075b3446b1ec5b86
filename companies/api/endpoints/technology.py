from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, technology_entry
from companies.api.moved import moved
from companies.api.parameters import EntryParameters, TechnologyParameters
from companies.forms import TechnologyFilterForm
from companies.models import FormerTechnologySlug, Technology

router = Router(tags=["Technologies"])


@router.get(
    "",
    response=shapes.Technologies,
    exclude_unset=True,
    url_name="technologies",
    operation_id="listTechnologies",
    summary="All technologies",
)
def technologies(
    request: HttpRequest, response: HttpResponse, wanted: Query[TechnologyParameters]
) -> Shape:
    """Every technology that a claim names."""
    rows = Technology.objects.published().matching(**wanted.cleaned(TechnologyFilterForm))
    return list_answer(request, response, wanted, shapes.Technology, rows, technology_entry)


@router.get(
    "/{slug:slug}",
    response=shapes.Technology,
    exclude_unset=True,
    url_name="technology",
    operation_id="getTechnology",
    summary="One technology",
)
def technology(
    request: HttpRequest, slug: str, wanted: Query[EntryParameters]
) -> Shape | HttpResponse:
    """A technology; what is said of it is at `/claims?technology=…`. Former slugs redirect."""
    found = Technology.objects.published().with_company_count().filter(slug=slug).first()
    if found:
        return entry_answer(request, wanted, shapes.Technology, found, technology_entry)
    formers = FormerTechnologySlug.objects.published().select_related("technology")
    former = formers.filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no technology “{slug}”.")
    return moved(request, reverse("api:v1:technology", args=[former.technology.slug]))
