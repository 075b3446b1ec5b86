"""What list views share: one page of a queryset, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from companies.data_files.archive import zipped
from companies.data_files.licence import Licence
from companies.data_files.lines import TYPES, lines
from companies.data_files.package import Package, Resource
from companies.data_files.table import Table, undescribed
from companies.data_files.tables import TABLES
from companies.records import Absolute, Record, columns_of

PER_PAGE = 50
# Rows fetched at a time; a claim's parts are fetched once for so many.
BATCH = 500
# Bytes. What is no longer is sent as one answer that states its length.
WHOLE = 512 * 1024


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


def is_whole(wanted: Mapping[str, Any]) -> bool:
    """Whether a form asks for the first page of everything, in the usual order."""
    return not any(value for name, value in wanted.items() if (name, value) != ("page", 1))


def as_file(
    request: HttpRequest,
    name: str,
    format: str,
    rows: Iterable[Any],
    record: Callable[[Any, Absolute], Record],
) -> HttpResponse:
    """The rows as the file `name`.`format`, each carrying its citation.

    A queryset is read batch by batch while the file is sent. An error in the first half megabyte is
    a page that says so; later it breaks the file off, see `companies.data_files.lines`.
    """
    found = rows.iterator(BATCH) if isinstance(rows, QuerySet) else rows
    # Not worked out anew for each row, which takes a tenth of all the time.
    site = request.build_absolute_uri("/").removesuffix("/")
    records = (record(row, lambda path: f"{site}{path}") for row in found)
    return _file(request, name, format, records, TABLES[record])


def records_as_file(
    name: str,
    format: str,
    records: Iterable[Record],
    table: Table | None = None,
    request: HttpRequest | None = None,
) -> HttpResponse:
    """The same of records that are there; without a table the columns are those of any record."""
    if table is None:
        records = list(records)
        table = undescribed(columns_of(records))
    return _file(request, name, format, records, table)


def _file(
    request: HttpRequest | None, name: str, format: str, records: Iterable[Record], table: Table
) -> HttpResponse:
    if format == "zip":
        package = _package(request, name, Resource(name, table, records))
        pieces: Iterator[bytes] = zipped(package.members(), package.moment)
        response = sent(request, pieces, "application/zip")
        uncompressed(request)
    else:
        response = sent(request, lines(format, records, table.names), TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response


def _package(request: HttpRequest | None, name: str, resource: Resource) -> Package:
    origin = request.build_absolute_uri() if request else ""
    title = resource.table.title
    return Package(name, title, origin, timezone.now(), Licence.of_the_site(), [resource])


def sent(request: HttpRequest | None, pieces: Iterator[bytes], content_type: str) -> HttpResponse:
    """Whole if it is short, else as a stream. The answer to HEAD is the same without the file."""
    start: list[bytes] = []
    length = 0
    for piece in pieces:
        start.append(piece)
        length += len(piece)
        if length > WHOLE:
            break
    else:
        return HttpResponse(b"".join(start), content_type=content_type)
    is_head = request is not None and request.method == "HEAD"
    rest = () if is_head else _joined(start, pieces)
    # Views answer with either; their common class has no name that says so.
    return cast(HttpResponse, StreamingHttpResponse(rest, content_type=content_type))


def _joined(start: list[bytes], rest: Iterator[bytes]) -> Generator[bytes]:
    yield from start
    start.clear()
    yield from rest


def uncompressed(request: HttpRequest | None) -> None:
    """Keep GZipMiddleware off what is compressed already, so that its length can be stated."""
    if request is not None:
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
