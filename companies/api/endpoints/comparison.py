from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Router

from companies.api import shapes
from companies.api.entries import Shape, comparison_entry
from companies.api.parameters import ComparisonParameters
from companies.api.problem import ProblemError
from companies.comparison import compare
from companies.models import Company, FormerSlug

router = Router(tags=["Comparison"])


@router.get(
    "",
    response=shapes.Comparison,
    url_name="comparison",
    operation_id="compareCompanies",
    summary="Companies side by side",
)
def comparison(request: HttpRequest, wanted: Query[ComparisonParameters]) -> Shape:
    """The rows of the page `/compare/…/`, with the columns in the order asked for.

    Each statement has its evidence, each empty cell says which kind of empty it is, and a row whose
    cells don't count the same thing says so.
    """
    companies = _companies(wanted.companies.split(","))
    found = compare(companies)
    shown = found.differences() if wanted.differences else found
    slugs = sorted(company.slug for company in companies)
    address = reverse("companies:comparison", args=["-vs-".join(slugs)])
    return comparison_entry(shown, address, request.build_absolute_uri)


def _companies(named: list[str]) -> list[Company]:
    """In this order, former slugs followed. Raises ProblemError or Http404."""
    found = {
        company.slug: company
        for company in Company.objects.published().select_related("parent").filter(slug__in=named)
    }
    if len(found) < len(named):
        formers = FormerSlug.objects.published().select_related("company__parent")
        found |= {former.slug: former.company for former in formers.filter(slug__in=named)}
    unknown = [slug for slug in named if slug not in found]
    if unknown:
        raise Http404(f"There is no company “{unknown[0]}”.")
    companies = [found[slug] for slug in named]
    if len({company.pk for company in companies}) < len(companies):
        advice = "One company is named twice."
        raise ProblemError("bad-parameters", errors=[("companies", advice)])
    return companies
