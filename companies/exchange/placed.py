"""Rows of the right shape and where they stand in the files; and what is wrong with others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar, get_args

from pydantic import ValidationError

from companies.exchange.problem import Problem, did_you_mean
from companies.exchange.schema import ADVICE, Row
from companies.exchange.yaml_document import Document, Location, Misread, in_words

AnyRow = TypeVar("AnyRow", bound=Row)

EMPTY = "is empty: write something, or leave the field out"


@dataclass(frozen=True)
class Place:
    """Where a row stands. `name` is its key or slug; `prefix` leads to it within what has it."""

    document: Document
    location: Location
    name: str
    prefix: Location = ()

    def problem(self, field: Location, reason: str) -> Problem:
        return Problem(
            self.document.file,
            reason,
            self.document.line(self.location + field),
            self.name,
            in_words(self.prefix + field),
        )

    def __str__(self) -> str:
        return f"{self.document.file}:{self.document.line(self.location)}"


@dataclass(frozen=True)
class Placed(Generic[AnyRow]):
    row: AnyRow
    place: Place
    # The slug of the company that the row belongs to, for claims and gaps.
    company: str = ""

    def problem(self, reason: str, *field: str | int) -> Problem:
        return self.place.problem(field, reason)


def validated(row_type: type[AnyRow], value: Any, place: Place) -> AnyRow | list[Problem]:
    try:
        return row_type.model_validate(value)
    except ValidationError as error:
        return [
            place.problem(tuple(detail["loc"]), _reason(detail, row_type))
            for detail in error.errors(include_url=False)
        ]


def _reason(detail: Any, row_type: type[Row]) -> str:
    kind, given = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        *within, name = detail["loc"]
        return f"is not a field here{did_you_mean(str(name), _fields(row_type, within))}"
    if given is None:
        return EMPTY
    if isinstance(given, Misread):
        return given.advice
    if kind in _REASONS:
        return _REASONS[kind](given, detail.get("ctx", {}))
    wanted = _WANTED.get(kind, "text")
    if isinstance(given, int | Decimal) and wanted == "text":
        return f"is a number to YAML: put it in quotes, '{given}'"
    return f"must be {wanted}, not {_what(given)}"


def _not_allowed(given: Any, context: dict[str, Any]) -> str:
    allowed = re.findall("'([^']+)'", context["expected"])
    close = did_you_mean(given, allowed) if isinstance(given, str) else ""
    return f"must be one of {', '.join(allowed)}{close}"


def _ill_formed(given: str, context: dict[str, Any]) -> str:
    return ADVICE[context["pattern"]] if given.strip() else EMPTY


_REASONS: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "missing": lambda given, context: "is missing",
    "value_error": lambda given, context: str(context["error"]),
    "literal_error": _not_allowed,
    "string_too_long": lambda given, context: (
        f"has {len(given)} characters; {context['max_length']} are allowed"
    ),
    "string_too_short": lambda given, context: "is less than a day: write it as '2016-05-27'",
    "string_pattern_mismatch": _ill_formed,
    "string_unicode": lambda given, context: "holds characters that can't be shown",
}
_WANTED = {
    "list_type": "a list",
    "model_type": "a group of fields",
    "dict_type": "a group of fields",
}


def _what(given: Any) -> str:
    if isinstance(given, dict):
        return "a group of fields"
    if isinstance(given, list):
        return "a list"
    return "text" if isinstance(given, str) else "a number"


def _fields(row_type: type[Row], within: list[str | int]) -> list[str]:
    """The fields that the group at this location may have."""
    for part in within:
        if isinstance(part, str):
            row_type = _row_type(row_type.model_fields[part].annotation) or row_type
    return list(row_type.model_fields)


def _row_type(annotation: Any) -> type[Row] | None:
    if isinstance(annotation, type) and issubclass(annotation, Row):
        return annotation
    return next(filter(None, map(_row_type, get_args(annotation))), None)
