"""The companies that a visitor has chosen to compare, which their own browser remembers.

A cookie holds their slugs, joined by dots. The server reads it to draw the tray and the ticks;
forms and the module tray.js write it. Whoever has none gets what all get, for no query more.
See docs/decisions/0016-the-compare-tray.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from companies.comparison import FEWEST, MOST
from companies.models import Company

COOKIE = "compare"
_SEPARATOR = "."
SLUG = re.compile(r"[a-z0-9-]{1,100}")


class Tray:
    most = MOST

    def __init__(self, cookie: str = "") -> None:
        self._cookie = cookie
        # Whether what is made of the request differs by the cookie, and its response must say so.
        self.is_read = False

    @property
    def slugs(self) -> tuple[str, ...]:
        """In the order they were chosen in. A cookie that is not of our making counts as none."""
        self.is_read = True
        return self._slugs

    @cached_property
    def companies(self) -> list[Company]:
        """Those of them that are published, in one query; without a cookie in none."""
        slugs = self.slugs
        if not slugs:
            return []
        found = Company.objects.published().filter(slug__in=slugs)
        return sorted(found, key=lambda company: slugs.index(company.slug))

    @property
    def is_enough(self) -> bool:
        return len(self.companies) >= FEWEST

    @property
    def attributes(self) -> str:
        """Of the cookie, as the module writes them after its value: like those of `remember`."""
        return "path=/; samesite=lax" + ("; secure" if settings.SESSION_COOKIE_SECURE else "")

    @cached_property
    def _slugs(self) -> tuple[str, ...]:
        slugs = tuple(self._cookie.split(_SEPARATOR))
        is_ours = len(slugs) <= MOST and all(SLUG.fullmatch(slug) for slug in slugs)
        return slugs if is_ours and len(set(slugs)) == len(slugs) else ()


def remember(response: HttpResponse, slugs: Sequence[str]) -> None:
    """Until the browser is closed. The module has to read and write it, so it is not HttpOnly."""
    if slugs:
        response.set_cookie(
            COOKIE,
            _SEPARATOR.join(slugs),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


class TrayMiddleware:
    """Gives each request its `tray`, and tells caches where the answer depends on the cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tray = request.tray = Tray(request.COOKIES.get(COOKIE, ""))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if tray.is_read:
            patch_vary_headers(response, ["Cookie"])
        return response
