"""Errors as RFC 9457 problem details: the same few members whatever went wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


class ParameterProblem(BaseModel):
    parameter: str = Field(description="The parameter's name.", examples=["kind"])
    detail: str = Field(
        description="What is wrong with it.",
        examples=["Input should be 'company', 'organisation' or 'project'"],
    )


class Problem(BaseModel):
    """What went wrong, in the form of RFC 9457."""

    type: str = Field(
        description="Which kind of problem; leads to its description.",
        examples=["https://facts.example.org/api/v1/docs#problem-bad-parameters"],
    )
    title: str = Field(
        description="The kind in words; the same each time.",
        examples=["A parameter can't be understood"],
    )
    status: int = Field(description="The status of the answer.", examples=[422])
    detail: str = Field(
        description="What went wrong this time, for people.",
        examples=["Mend what is listed under “errors” and ask again."],
    )
    errors: list[ParameterProblem] = Field(
        default=[], description="Parameter by parameter, where that is what is wrong."
    )


class Kind(NamedTuple):
    status: int
    title: str
    advice: str


# By the last part of the problem's type. The advice is the detail where nothing better is known.
KINDS = {
    "bad-request": Kind(
        400, "The request can't be read", "It is malformed, or has too many parts."
    ),
    "bad-cursor": Kind(
        400,
        "The cursor leads nowhere",
        "Begin again without it: it was changed on the way, or belongs to a list with other "
        "filters or another order.",
    ),
    "not-found": Kind(404, "There is nothing at this address", "The documentation lists them all."),
    "method-not-allowed": Kind(
        405, "This can only be read", "Use GET or HEAD; OPTIONS says what is allowed."
    ),
    "bad-parameters": Kind(
        422,
        "A parameter can't be understood",
        "Mend what is listed under “errors” and ask again.",
    ),
    "rate-limited": Kind(
        429, "Too many requests", "Wait as many seconds as the header Retry-After says."
    ),
    "failure": Kind(
        500, "Something broke on our side", "It is noted in our log. Asking again may help."
    ),
}
_BY_STATUS = {kind.status: name for name, kind in reversed(KINDS.items())}


class ProblemError(Exception):
    """Raised by an endpoint that can't answer; the asker gets the problem."""

    def __init__(self, kind: str, detail: str = "", errors: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(detail or kind)
        self.kind, self.detail, self.errors = kind, detail, list(errors)


def problem(
    request: HttpRequest,
    kind: str,
    detail: str = "",
    errors: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """`errors` are pairs of a parameter and what is wrong with it."""
    status, title, advice = KINDS[kind]
    body: dict[str, object] = {
        "type": _type(request, kind),
        "title": title,
        "status": status,
        "detail": detail or advice,
    }
    listed = [{"parameter": name, "detail": message} for name, message in errors]
    if listed:
        body["errors"] = listed
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def of_status(
    request: HttpRequest, status: int, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """For an answer that was made elsewhere, as the page of an unknown address."""
    fallback = "failure" if status >= KINDS["failure"].status else "bad-request"
    return problem(request, _BY_STATUS.get(status, fallback), headers=headers)


def _type(request: HttpRequest, kind: str) -> str:
    try:
        return request.build_absolute_uri(f"/api/v1/docs#problem-{kind}")
    except DisallowedHost:
        # The request has no address of ours to build on.
        return "about:blank"
