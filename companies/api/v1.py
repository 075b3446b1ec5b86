"""Version 1: which endpoints there are, and what their errors become.

django-ninja routes, validates parameters and answers, and describes itself; it stays out of
INSTALLED_APPS, which would serve eight megabytes of documentation pages that our policy forbids.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from companies.api.endpoints import (
    claim,
    company,
    company_list,
    comparison,
    domain,
    search,
    source,
    technology,
)
from companies.api.problem import ProblemError, problem

# Of the interface, as docs/api.md counts; not of the site.
VERSION = "1.1.0"

DESCRIPTION = (
    "Who runs on what, for what, how much, why, and who says so: the published catalogue of this "
    "site, read-only, for everybody and without a key. Every claim carries its source."
)


class _Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


api = NinjaAPI(
    title="Stackfacts",
    version=VERSION,
    description=DESCRIPTION,
    # Both are our own: companies.api.document and companies.api.documentation.
    openapi_url=None,
    docs_url=None,
    urls_namespace="v1",
    renderer=_Renderer(),
)
api.add_router("/companies", company.router)
api.add_router("", claim.router)
api.add_router("/technologies", technology.router)
api.add_router("/domains", domain.router)
api.add_router("/sources", source.router)
api.add_router("/lists", company_list.router)
api.add_router("/comparison", comparison.router)
api.add_router("/search", search.router)


@api.exception_handler(ProblemError)
def _refused(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(request, error.kind, error.detail, error.errors)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, "not-found", str(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, "bad-parameters", errors=map(_error, error.errors))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Left to Django, which logs it; companies.api.middleware makes a problem of its page."""
    raise error


def _error(error: dict[str, Any]) -> tuple[str, str]:
    name = str(error["loc"][-1])
    if error["type"] == "string_pattern_mismatch":
        return name, "Write it in the form that the documentation gives."
    message = str(error["msg"]).removeprefix("Value error, ")
    return ("" if name == "wanted" else name, message)
