"""Social previews: a page as a picture, where somebody shares a link to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from companies import partial_date
from companies.charts import share_bars
from companies.charts.card import (
    Card,
    Chart,
    Imprint,
    Portrait,
    company_card,
    comparison_card,
    site_card,
)
from companies.charts.raster import png
from companies.models import Claim, ClaimTechnology, CodebaseShare, Company, FormerSlug
from companies.views.compared import compared
from companies.views.moved import moved

_AN_HOUR, _A_DAY = 60 * 60, 24 * 60 * 60


def _in_english(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever fetched a picture shows it to others, so it is in the language of the entries."""

    @wraps(view)
    def in_english(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(settings.CATALOG_LANGUAGE):
            return view(request, *args, **kwargs)

    return in_english


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
@_in_english
def company(request: HttpRequest, slug: str) -> HttpResponse:
    found = Company.objects.published().select_related("logo").filter(slug=slug).first()
    if found is None:
        return _moved(request, slug)
    claims = Claim.objects.published().filter(company=found)
    counts = claims.aggregate(claims=Count("pk"), sources=Count("source", distinct=True))
    chart = _newest_chart(found)
    names = ClaimTechnology.objects.published().most_named_of([] if chart else [found])
    portrait = _portrait(found, counts["claims"], names)
    card = company_card(portrait, chart, _imprint(request, found.get_absolute_url(), counts))
    return _picture(request, card)


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
@_in_english
def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    companies = compared(request, slugs, "companies:comparison_card")
    if isinstance(companies, HttpResponse):
        return companies
    claims = Claim.objects.published().filter(company__in=companies)
    of_each = dict(claims.order_by().values_list("company").annotate(Count("pk")))
    sources = claims.aggregate(sources=Count("source", distinct=True))
    names = ClaimTechnology.objects.published().most_named_of(companies)
    portraits = [_portrait(found, of_each.get(found.pk, 0), names) for found in companies]
    page = reverse("companies:comparison", args=[slugs])
    counts = {"claims": sum(of_each.values()), **sources}
    return _picture(request, comparison_card(portraits, _imprint(request, page, counts)))


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
@_in_english
def site(request: HttpRequest) -> HttpResponse:
    """Of the pages that are about no company."""
    claims = Claim.objects.published()
    counts = claims.aggregate(claims=Count("pk"), sources=Count("source", distinct=True))
    title = "Who runs on what, for what, how much, why — and who says so"
    imprint = replace(_imprint(request, "", counts), site="")
    return _picture(request, site_card(settings.SITE_NAME, title, imprint))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    """Drawn only when neither the visitor nor this process has the same picture already."""
    svg = render_to_string("companies/card.svg", {"card": card})
    digest = hashlib.sha256(svg.encode()).hexdigest()[:32]
    etag = f'"{digest}"'
    kept = get_conditional_response(request, etag=etag)
    if kept is not None:
        kept.headers["ETag"] = etag
        return kept
    drawn = cache.get_or_set(f"card:{digest}", lambda: png(svg), _A_DAY)
    # Other sites show it; some ask whether they may.
    headers = {"ETag": etag, "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(drawn, content_type="image/png", headers=headers)


def _newest_chart(company: Company) -> Chart | None:
    """The one that `codebase.svg` draws."""
    stating = CodebaseShare.objects.published().filter(claim__company=company).values("claim")
    newest = Claim.objects.published().filter(pk__in=stating).newest_first()
    claim = newest.select_related("source").prefetch_related("shares__technology").first()
    if claim is None:
        return None
    about = [
        claim.basis or "basis not stated",
        claim.scope or "as a whole",
        partial_date.in_words(claim.as_of) or "undated",
        f"source: {claim.source.publisher}",
    ]
    said = " · ".join(about)
    return Chart(claim.title, share_bars(claim.shares.all()), f"{said[0].upper()}{said[1:]}")


def _portrait(company: Company, claims: int, technologies: dict[int, list[str]]) -> Portrait:
    return Portrait(
        name=company.name,
        claims=_counted(claims, "claim"),
        logo=bytes(company.logo.png) if company.logo else b"",
        summary=company.summary,
        technologies=technologies.get(company.pk, []),
    )


def _imprint(request: HttpRequest, path: str, counts: dict[str, Any]) -> Imprint:
    claims, sources = _counted(counts["claims"], "claim"), _counted(counts["sources"], "source")
    return Imprint(
        site=settings.SITE_NAME,
        address=f"{request.get_host()}{path}".rstrip("/"),
        counts=f"{claims} · {sources}",
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no card of a company at the address “{slug}”.")
    return moved(request, reverse("companies:company_card", args=[former.company.slug]))
