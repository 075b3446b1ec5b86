"""The answers of all endpoints: a page of a list, or one entry, with the members asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from companies.api.entries import Absolute, Shape
from companies.api.paging import Slice, rows_after
from companies.api.parameters import EntryParameters, ListParameters
from companies.api.problem import ProblemError


def list_answer(  # noqa: PLR0913, PLR0917 - what differs from list to list
    request: HttpRequest,
    response: HttpResponse,
    wanted: ListParameters,
    shape: type[BaseModel],
    rows: QuerySet[Any],
    entry: Callable[[Any, Absolute], Shape],
) -> Shape:
    """One page of the rows in their order, with the way to the next. Raises ProblemError."""
    found = rows_after(rows, wanted.cursor or "", wanted.limit, list_name(request, wanted))
    return page_answer(request, response, wanted, shape, found, entry)


def list_name(request: HttpRequest, wanted: ListParameters, *further: Any) -> str:
    """What makes the list this list, for its cursors."""
    return json.dumps([request.path, wanted.filters, *further], sort_keys=True)


def page_answer(  # noqa: PLR0913, PLR0917 - what differs from list to list
    request: HttpRequest,
    response: HttpResponse,
    wanted: ListParameters,
    shape: type[BaseModel],
    found: Slice,
    entry: Callable[[Any, Absolute], Shape],
) -> Shape:
    """The page that was found, with the way to the next. Raises ProblemError."""
    members = _members(wanted, shape)
    following = None
    if found.next_cursor:
        query = request.GET.dict() | {"cursor": found.next_cursor}
        following = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
        response["Link"] = f'<{following}>; rel="next"'
    absolute = request.build_absolute_uri
    return {
        "items": [_only(members, entry(row, absolute)) for row in found.rows],
        "next": following,
        "next_cursor": found.next_cursor or None,
    }


def entry_answer(
    request: HttpRequest,
    wanted: EntryParameters,
    shape: type[BaseModel],
    row: Any,
    entry: Callable[[Any, Absolute], Shape],
) -> Shape:
    return _only(_members(wanted, shape), entry(row, request.build_absolute_uri))


def _members(wanted: EntryParameters, shape: type[BaseModel]) -> Collection[str]:
    """Those asked for, and always what names the entry, which alone is promised by its shape.

    Raises ProblemError.
    """
    known = list(shape.model_fields)
    unknown = [name for name in wanted.chosen if name not in known]
    if unknown:
        advice = f"There is no member “{unknown[0]}”. There are: {', '.join(known)}."
        raise ProblemError("bad-parameters", errors=[("fields", advice)])
    if not wanted.chosen:
        return known
    names = [name for name, field in shape.model_fields.items() if field.is_required()]
    return {*names, *wanted.chosen}


def _only(members: Collection[str], entry: Shape) -> Shape:
    return {name: value for name, value in entry.items() if name in members}
