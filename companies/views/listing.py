"""What list views share: one page of a queryset, and the same rows as a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext

from companies.cell_text import inert
from companies.records import Record, columns_of

PER_PAGE = 50


def page_of(
    rows: QuerySet[Any] | Sequence[Any], number: int | None, per_page: int = PER_PAGE
) -> Page[Any]:
    """Raises Http404 past the last page, in words."""
    pages = Paginator(rows, per_page)
    try:
        return pages.page(number or 1)
    except EmptyPage as error:
        words = ngettext(
            "This list has %(last)s page; there is no page %(number)s.",
            "This list has %(last)s pages; there is no page %(number)s.",
            pages.num_pages,
        )
        raise Http404(words % {"last": pages.num_pages, "number": number}) from error


def as_file(
    request: HttpRequest,
    name: str,
    format: str,
    rows: Iterable[Any],
    record: Callable[[Any, Callable[[str], str]], Record],
) -> HttpResponse:
    """The rows as `name`.csv or .json, each carrying its citation."""
    return records_as_file(name, format, [record(row, request.build_absolute_uri) for row in rows])


def records_as_file(name: str, format: str, records: list[Record]) -> HttpResponse:
    if format == "json":
        body = json.dumps(records, ensure_ascii=False, indent=1)
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    else:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.DictWriter(response, columns_of(records), restval="")
        writer.writeheader()
        for row in records:
            writer.writerow({column: inert(value) for column, value in row.items()})
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
