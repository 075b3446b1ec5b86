from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, domain_entry
from companies.api.parameters import EntryParameters, ListParameters
from companies.models import Domain

router = Router(tags=["Domains"])


@router.get(
    "",
    response=shapes.Domains,
    exclude_unset=True,
    url_name="domains",
    operation_id="listDomains",
    summary="All domains",
)
def domains(request: HttpRequest, response: HttpResponse, wanted: Query[ListParameters]) -> Shape:
    """Fields of use, by name."""
    rows = Domain.objects.with_claim_count()
    return list_answer(request, response, wanted, shapes.Domain, rows, domain_entry)


@router.get(
    "/{slug:slug}",
    response=shapes.Domain,
    exclude_unset=True,
    url_name="domain",
    operation_id="getDomain",
    summary="One domain",
)
def domain(request: HttpRequest, slug: str, wanted: Query[EntryParameters]) -> Shape:
    """A field of use; the claims in it are at `/claims?domain=…`."""
    found = Domain.objects.with_claim_count().filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no domain “{slug}”.")
    return entry_answer(request, wanted, shapes.Domain, found, domain_entry)
