"""The Content-Security-Policy header.

Reads SECURE_CSP in the shape of Django 6, so that the move there is one changed line in
MIDDLEWARE. Left out, because nothing here has inline scripts: nonces and report-only.
"""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER = "Content-Security-Policy"


def policy(directives: Mapping[str, Sequence[str] | bool | None]) -> str:
    """The header's value. True is a directive without values; None and False leave it out."""
    parts = []
    for directive, values in directives.items():
        if values is None or values is False:
            continue
        if values is True:
            parts.append(directive)
            continue
        # Django 6 takes a lone source as a string, too.
        parts.append(" ".join([directive, *([values] if isinstance(values, str) else values)]))
    return "; ".join(parts)


class ContentSecurityPolicyMiddleware:
    """A view that sets the header itself keeps its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.value = policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Django's own error pages for developers are styled inline; Django 6 spares them as well.
        error_page = {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR}
        if not (settings.DEBUG and response.status_code in error_page):
            response.headers.setdefault(HEADER, self.value)
        return response
