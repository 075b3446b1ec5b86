"""A chart as a picture for other people's pages."""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from companies import partial_date
from companies.charts import embed, share_bars
from companies.forms import EmbedForm
from companies.models import Claim, CodebaseShare, FormerSlug
from companies.views.moved import moved

_AN_HOUR = 60 * 60


@require_safe
@cache_control(public=True, max_age=_AN_HOUR)
def codebase_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The shares of one claim: of the one asked for, or else the newest that has any."""
    form = EmbedForm(request.GET)
    if not form.is_valid():
        return render(request, "companies/bad_request.html", {"form": form}, status=400)
    stating = CodebaseShare.objects.published().values("claim")
    claims = Claim.objects.published().filter(company__slug=slug, pk__in=stating)
    if form.cleaned_data["claim"]:
        claims = claims.filter(key=form.cleaned_data["claim"])
    claim = claims.with_parts().newest_first().first()
    if claim is None:
        return _moved(request, slug)
    title = f"{claim.company.name}: {claim.title}"
    style = render_to_string("_fragments/codebase_style.css")
    bars = share_bars(claim.shares.all())
    remark = [bars.remark] if bars.remark else []
    drawn = embed(bars, title, [*remark, *_notes(request, claim)])
    response = render(
        request,
        "companies/codebase.svg",
        {"embed": drawn, "title": title, "style": style},
        content_type="image/svg+xml",
    )
    response["Content-Security-Policy"] = _policy(style)
    # Also for pages that load nothing from elsewhere unless it says that it may be.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _notes(request: HttpRequest, claim: Claim) -> list[str]:
    source = claim.source
    published = partial_date.in_words(source.published_on)
    said = f"Source: {source.publisher}, “{source.title}”{f', {published}' if published else ''}."
    about = [
        f"Basis: {claim.basis or 'not stated'}",
        f"scope: {claim.scope or 'as a whole'}",
        partial_date.in_words(claim.as_of) or "undated",
    ]
    address = request.build_absolute_uri(claim.get_absolute_url())
    return [f"{' · '.join(about)}.", said, f"{settings.SITE_NAME}: {address}"]


def _policy(style: str) -> str:
    """Nothing but the style that is in the picture; a browser holds it against its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    former = FormerSlug.objects.published().select_related("company").filter(slug=slug).first()
    if former is None:
        raise Http404(f"There is no chart of a company at the address “{slug}”.")
    return moved(request, reverse("companies:codebase_svg", args=[former.company.slug]))
