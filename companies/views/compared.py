"""The companies that the address of a comparison names, for what has no page to say more on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse

from companies.comparison import FEWEST, MOST
from companies.models import Company, FormerSlug
from companies.views.arrangement import SEPARATOR
from companies.views.moved import moved


def compared(
    request: HttpRequest, slugs: str, name: str
) -> list[Company] | HttpResponsePermanentRedirect:
    """In the order of the address, or else the way to the one address of the same set.

    `name` is that of the URL. Raises Http404 where the page would refuse to compare.
    """
    named = [slug for slug in slugs.split(SEPARATOR) if slug]
    if not FEWEST <= len(named) <= MOST:
        raise Http404(f"There is no comparison at the address “{slugs}”.")
    companies = Company.objects.published().select_related("parent", "logo")
    found = {company.slug: company for company in companies.filter(slug__in=named)}
    today = [*named]
    if len(found) < len(set(named)):
        formers = FormerSlug.objects.published().select_related("company").filter(slug__in=named)
        current = {former.slug: former.company.slug for former in formers}
        today = [current.get(slug, slug) for slug in named]
        if not set(today) <= {*found, *current.values()}:
            raise Http404(f"There is no comparison at the address “{slugs}”.")
    if len(set(today)) < len(today):
        raise Http404(f"“{slugs}” names a company twice.")
    address = reverse(name, args=[SEPARATOR.join(sorted(today))])
    if request.path != address:
        return moved(request, address)
    return [found[slug] for slug in today]
