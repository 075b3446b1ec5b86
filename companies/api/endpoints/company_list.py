from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, list_entry
from companies.api.parameters import EntryParameters, ListParameters
from companies.models import CompanyList

router = Router(tags=["Lists"])


@router.get(
    "",
    response=shapes.Lists,
    exclude_unset=True,
    url_name="company_lists",
    operation_id="listLists",
    summary="All lists",
)
def company_lists(
    request: HttpRequest, response: HttpResponse, wanted: Query[ListParameters]
) -> Shape:
    """Edited lists of companies, by title."""
    rows = CompanyList.objects.published().with_companies().order_by("title", "slug")
    return list_answer(request, response, wanted, shapes.CompanyList, rows, list_entry)


@router.get(
    "/{slug:slug}",
    response=shapes.CompanyList,
    exclude_unset=True,
    url_name="company_list",
    operation_id="getList",
    summary="One list",
)
def company_list(request: HttpRequest, slug: str, wanted: Query[EntryParameters]) -> Shape:
    """A list with its companies in order."""
    found = CompanyList.objects.published().with_companies().filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no list “{slug}”.")
    return entry_answer(request, wanted, shapes.CompanyList, found, list_entry)
