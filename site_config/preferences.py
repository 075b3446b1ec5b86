"""What visitors chose for themselves: the language of the pages, and light or dark.

Chosen by a link with `?language=de` or `?theme=dark`, kept in a cookie of its own, without a
session and without a script (docs/decisions/0017-translation.md). Sets `request.theme`, an empty
text where the visitor's system decides, on requests for public pages alone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

# The names of both the parameter and the cookie.
LANGUAGE = settings.LANGUAGE_COOKIE_NAME
THEME = "theme"
AS_THE_SYSTEM_SAYS = "system"
THEMES = (AS_THE_SYSTEM_SAYS, "light", "dark")
# Programs read these, so their words stay the same whoever asks.
FILES = ("csv", "json", "ndjson", "zip")


class PreferencesMiddleware:
    """The place of Django's LocaleMiddleware, which knows neither parameters nor exceptions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_page(request):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        chosen = _chosen(request)
        language = chosen.get(LANGUAGE) or translation.get_language_from_request(request)
        theme = chosen.get(THEME) or request.COOKIES.get(THEME)
        request.theme = theme if theme in THEMES[1:] else ""  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            for name, value in chosen.items():
                _keep(response, name, value)
        return response


def _is_page(request: HttpRequest) -> bool:
    """Whether it is for visitors to read. The desk stays English, and so do files."""
    path, admin = request.path_info, reverse("admin:index")
    if path.startswith(admin) or path == admin.rstrip("/"):
        return False
    return "." not in path.rpartition("/")[2] and _asked(request, "format") not in FILES


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What the address chooses, by name. What isn't known chooses nothing: a link stays a link."""
    known = {LANGUAGE: [code for code, _name in settings.LANGUAGES], THEME: THEMES}
    asked = {name: _asked(request, name) for name in known}
    return {name: value for name, value in asked.items() if value in known[name]}


def _asked(request: HttpRequest, name: str) -> str:
    try:
        return str(request.GET.get(name, ""))
    except SuspiciousOperation:
        # More parameters than can be meant: whoever reads them next refuses the request in words.
        return ""


def _keep(response: HttpResponse, name: str, value: str) -> None:
    if value == AS_THE_SYSTEM_SAYS:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
