"""Charts and comparisons for other people's pages."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from companies import partial_date
from companies.charts import embed, share_bars
from companies.comparison import compare
from companies.forms import EmbedForm
from companies.models import Claim, CodebaseShare, FormerSlug
from companies.views.compared import compared
from companies.views.moved import moved

# Of a comparison: what a reader of another page can take in, and what can be measured.
_SECTIONS = ("glance", "shares", "figures")
_AN_HOUR = 60 * 60
# The only pages that others may put in a frame; there is nothing on them that a click could change.
_FRAME_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


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


@require_safe
@xframe_options_exempt
@cache_control(public=True, max_age=_AN_HOUR)
def comparison(request: HttpRequest, slugs: str) -> HttpResponse:
    """A comparison's facts, shares and figures as a bare page for a frame."""
    companies = compared(request, slugs, "companies:comparison_embed")
    if isinstance(companies, HttpResponse):
        return companies
    whole = compare(companies)
    shown = [section for section in whole.sections if section.key in _SECTIONS]
    page = request.build_absolute_uri(reverse("companies:comparison", args=[slugs]))
    response = render(
        request,
        "companies/comparison_embed.html",
        {"comparison": replace(whole, sections=tuple(shown)), "page": page},
    )
    response["Content-Security-Policy"] = _FRAME_POLICY
    return response


def _notes(request: HttpRequest, claim: Claim) -> list[str]:
    source = claim.source
    published = partial_date.in_words(source.published_on)
    document = {"publisher": source.publisher, "title": source.title, "published": published}
    said = _("Source: %(publisher)s, “%(title)s”.") % document
    if published:
        said = _("Source: %(publisher)s, “%(title)s”, %(published)s.") % document
    about = [
        _("Basis: %(basis)s") % {"basis": claim.basis or _("not stated")},
        _("scope: %(scope)s") % {"scope": claim.scope or _("as a whole")},
        partial_date.in_words(claim.as_of) or _("undated"),
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
