"""The admin itself; its pages are in `companies.admin`.

Outside that package, because importing it registers the pages, and for that there has to be a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

# In the order an editor works: the claims come first, then what they are made of.
GROUPS = {
    "Claims, by kind": [
        "UseCase",
        "Decision",
        "KeyFigure",
        "CodebaseShareClaim",
        "Strength",
        "Quote",
        "OpenSourceRelease",
        "Claim",
        "Proposal",
    ],
    "What claims are about": ["Company", "Technology", "Source", "Domain", "CompanyList"],
}


# Beyond a bigint.
_TOO_LARGE = re.compile(r"[0-9]{19}", re.ASCII)


class CatalogueAdminSite(AdminSite):
    index_title = "The catalogue"
    # Its place is taken by one line of links in base_site.html: the lists need the width.
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # What the first page is given besides the lists, by the name its template has for it. The
        # pages put it in as they register, because the models are out of reach from here.
        self.first_page: dict[str, Callable[[HttpRequest], Any]] = {}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        given = {name: build(request) for name, build in self.first_page.items()}
        return super().index(request, given | (extra_context or {}))

    @property
    def site_header(self) -> str:  # type: ignore[override]
        name = settings.SITE_NAME
        return "Stackfacts" if name == "Stackfacts" else f"Stackfacts · {name}"

    @property
    def site_title(self) -> str:  # type: ignore[override]
        return self.site_header

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        groups: list[Any] = []
        for app in super().get_app_list(request, app_label):
            if app["app_label"] == "companies":
                # First, whatever other apps are called.
                groups = [*_grouped(app), *groups]
            else:
                groups.append(app)
        return groups

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Forms refuse both by themselves, but filters hand the address to the database as it
            # is: PostgreSQL answers a NUL with an error, and SQLite a list of too large numbers.
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest("The address contains a NUL character.")
            for name, value in request.GET.items():
                if name.endswith("__in") and _TOO_LARGE.search(str(value)):
                    raise BadRequest("The address asks for a number that no row has.")
            return view(request, *args, **kwargs)

        return super().admin_view(update_wrapper(guarded, view), cacheable)


def _grouped(app: Any) -> list[Any]:
    by_name = {model["object_name"]: model for model in app["models"]}
    if "Claim" in by_name:
        by_name["Claim"]["name"] = "All claims"
    named = {name for names in GROUPS.values() for name in names}
    groups = [
        app | {"name": title, "models": [by_name[name] for name in names if name in by_name]}
        for title, names in GROUPS.items()
    ]
    # A model that somebody registers later shows up without being listed above.
    groups[-1]["models"] += [model for name, model in by_name.items() if name not in named]
    return [group for group in groups if group["models"]]
