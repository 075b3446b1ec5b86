from __future__ import annotations

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from companies.api import shapes
from companies.api.answer import entry_answer, list_answer
from companies.api.entries import Shape, company_entry
from companies.api.moved import moved
from companies.api.parameters import CompanyParameters, EntryParameters
from companies.forms import CompanyFilterForm
from companies.models import Company, FormerSlug, Gap
from companies.models.company import CompanyQuerySet

router = Router(tags=["Companies"])


def _whole(companies: CompanyQuerySet) -> CompanyQuerySet:
    """With everything an entry shows, in three queries."""
    gaps = Gap.objects.select_related("technology", "domain", "source")
    parts = ("aliases", Prefetch("gaps", gaps))
    return companies.with_claim_count().select_related("parent").prefetch_related(*parts)


@router.get(
    "",
    response=shapes.Companies,
    exclude_unset=True,
    url_name="companies",
    operation_id="listCompanies",
    summary="All companies",
)
def companies(
    request: HttpRequest, response: HttpResponse, wanted: Query[CompanyParameters]
) -> Shape:
    """Companies, organisations and projects with a profile."""
    found = Company.objects.published().matching(**wanted.cleaned(CompanyFilterForm))
    return list_answer(request, response, wanted, shapes.Company, _whole(found), company_entry)


@router.get(
    "/{slug:slug}",
    response=shapes.Company,
    exclude_unset=True,
    url_name="company",
    operation_id="getCompany",
    summary="One company",
)
def company(
    request: HttpRequest, slug: str, wanted: Query[EntryParameters]
) -> Shape | HttpResponse:
    """A company's own record; its claims are at `/claims?company=…`. Former slugs redirect."""
    found = _whole(Company.objects.published()).filter(slug=slug).first()
    if found:
        return entry_answer(request, wanted, shapes.Company, found, company_entry)
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no company “{slug}”.")
    return moved(request, reverse("api:v1:company", args=[former.company.slug]))
