"""What all answers under /api/ have in common, whoever made them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string

from companies.api import freshness
from companies.api.moved import moved
from companies.api.problem import MEDIA_TYPE, of_status, problem
from companies.api.rate import Allowance, Rate, client_of

logger = logging.getLogger(__name__)

PREFIX = "/api/"
# A page like any other of the site.
DOCS = "/api/v1/docs"

ALLOWED = "GET, HEAD, OPTIONS"
# Anybody's page may read, but nothing that depends on who is logged in here.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
    ),
}
PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_ERRORS_FROM = 400


class ApiMiddleware:
    """Rate limit, validators, reading from other sites, and errors as problems.

    Stands in front of sessions and languages, which the API has nothing to do with, so that their
    errors become problems as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.rate = Rate(settings.DATA_DIR / "api-rate")
        self.client_address = import_string(settings.CLIENT_ADDRESS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_machine_address(request):
            return self.get_response(request)
        if request.method == "OPTIONS":
            # Costs nothing, so it isn't counted.
            return HttpResponse(status=204, headers=CORS | PREFLIGHT)
        allowance = self._allowance(request)
        if allowance and allowance.is_refused:
            wait = str(allowance.retry_after)
            response = problem(request, "rate-limited", headers={"Retry-After": wait})
        else:
            with translation.override("en"):
                response = self._answer(request)
        for name, value in (CORS | _rate_headers(allowance)).items():
            response.headers[name] = value
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answers what the client has already, before anything is fetched."""
        if not _is_machine_address(request):
            return None
        # The language of the visitor's browser has been chosen since: machines get English.
        translation.activate("en")
        if request.method != "GET":
            return None
        etag = request.api_etag = freshness.validator(request, time.time())  # type: ignore[attr-defined]
        if not freshness.is_known(request, etag):
            return None
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        # What is not sent is of no type; as a page it would also vary with the visitor's language.
        del response.headers["Content-Type"]
        return response

    def _allowance(self, request: HttpRequest) -> Allowance | None:
        if not settings.API_RATE:
            return None
        client = client_of(self.client_address(request))
        try:
            return self.rate.take(client, settings.API_RATE, time.time())
        except OSError:
            # A full disk is no reason to turn readers away.
            logger.exception("The API's requests can't be counted, so they are not limited")
            return None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        method = request.method
        if method == "HEAD":
            # Whatever can be got can be asked about; the server leaves the body out.
            request.method = "GET"
        try:
            response = self.get_response(request)
        finally:
            request.method = method
        if response.status_code == HTTPStatus.NOT_FOUND and _has_slash_too_many(request):
            return moved(request, request.path.rstrip("/"))
        if response.status_code >= _ERRORS_FROM:
            if response.headers.get("Content-Type") == MEDIA_TYPE:
                return response
            allow = {"Allow": ALLOWED} if response.has_header("Allow") else None
            return of_status(request, response.status_code, allow)
        etag = getattr(request, "api_etag", "")
        if etag and response.status_code in (200, 304):
            response.headers["ETag"] = etag
            # May be kept, but is asked about each time: a correction has to arrive.
            response.headers["Cache-Control"] = "public, no-cache"
            patch_vary_headers(response, ("Accept-Encoding",))
        return response


def _has_slash_too_many(request: HttpRequest) -> bool:
    """Pages end with one, and who writes addresses by hand puts it here too."""
    return (
        request.method in ("GET", "HEAD")
        and request.path_info.endswith("/")
        and bool(is_valid_path(request.path_info.rstrip("/")))
    )


def _rate_headers(allowance: Allowance | None) -> dict[str, str]:
    if allowance is None:
        return {}
    return {
        "RateLimit-Limit": str(allowance.limit),
        "RateLimit-Remaining": str(allowance.remaining),
        "RateLimit-Reset": str(allowance.reset),
    }


def _is_machine_address(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX) and request.path_info != DOCS
