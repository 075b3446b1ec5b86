"""Pages as a visitor would see them if something were published.

It is published, the visitor's own page rendered, and all of it taken back: nothing is simulated,
so that nothing can look different afterwards.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import path, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify

from companies import search
from companies.admin.widgets import PRIMARY_KEY
from companies.models import Claim, Company, Status

# Where a claim shows, each with the words of its link.
PLACES = {
    "claim": "Its own page",
    "profile": "On the profile",
    "comparison": "In a comparison",
}
_LONGEST_NAME = 200


class PreviewAdmin(admin.ModelAdmin):
    """For entries with a status, and for proposals; each says how it would become public."""

    preview_places: tuple[str, ...] = ("claim", "profile", "comparison")

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.preview_view)
        name = f"companies_{self.opts.model_name}_preview"
        return [
            path("<path:object_id>/preview/<slug:place>/", view, name=name),
            *super().get_urls(),
        ]

    def publish_for_preview(self, row: Any) -> tuple[Company, Claim | None]:
        """Make the row public inside the transaction that is taken back afterwards.

        Raises Http404, in words, where it can't be.
        """
        raise NotImplementedError

    def preview_view(self, request: HttpRequest, object_id: str, place: str) -> HttpResponse:
        found = self.get_queryset(request).filter(pk=object_id) if _is_key(object_id) else None
        row = found.first() if found is not None else None
        if row is None or place not in self.preview_places:
            raise Http404("There is no such preview.")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        name = f"admin:companies_{self.opts.model_name}_preview"
        links = [
            (reverse(name, args=[row.pk, one]), PLACES[one], one == place)
            for one in self.preview_places
        ]

        def published() -> tuple[Company, Claim | None]:
            return self.publish_for_preview(row)

        return as_visitor(request, published, place, links)


def as_visitor(
    request: HttpRequest,
    publish: Callable[[], tuple[Company, Claim | None]],
    place: str,
    links: list[tuple[str, str, bool]],
) -> HttpResponse:
    with search.following():
        company, claim = publish()
        address = _address(request, place, company, claim)
        response = _visit(request, address, {"links": links, "with": place == "comparison"})
        transaction.set_rollback(True)
    add_never_cache_headers(response)
    return response


def publish_company(company: Company) -> None:
    Company.objects.filter(pk=company.pk).update(status=Status.PUBLISHED)


def _is_key(object_id: str) -> bool:
    return bool(PRIMARY_KEY.fullmatch(object_id))


def _visit(request: HttpRequest, address: str, preview: dict[str, Any]) -> HttpResponse:
    """The page at an address of ours, asked for by nobody in particular."""
    visit: Any = copy.copy(request)
    visit.path = visit.path_info = address
    visit.GET, visit.META = QueryDict(), {**request.META, "QUERY_STRING": ""}
    visit.user, visit.preview = AnonymousUser(), preview
    view, args, kwargs = resolve(address)
    return view(visit, *args, **kwargs)


def _address(request: HttpRequest, place: str, company: Company, claim: Claim | None) -> str:
    if place == "claim" and claim:
        return claim.get_absolute_url()
    if place == "profile":
        return company.get_absolute_url()
    other = _other(request.GET.get("with", ""), company)
    return reverse("companies:comparison", args=["-vs-".join(sorted([company.slug, other.slug]))])


def _other(name: str, company: Company) -> Company:
    """The company to compare with: the one named, else one of the same industry, else any."""
    others = Company.objects.published().exclude(pk=company.pk)
    name = name.strip()[:_LONGEST_NAME].replace("\0", "")
    if name:
        found = (
            others.filter(slug=slugify(name)).first() or others.filter(name__iexact=name).first()
        )
        if found is None:
            raise Http404(f"There is no published company called “{name}” to compare with.")
        return found
    alike = others.filter(industry=company.industry).exclude(industry="").first()
    other = alike or others.first()
    if other is None:
        raise Http404("There is no other published company to compare with.")
    return other
