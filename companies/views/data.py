"""The whole catalogue, as the last `manage.py publish_data` wrote it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.data_files.publication import Publication, current
from companies.views.byte_range import UnsatisfiableError, asked_range
from companies.views.listing import sent, uncompressed

NAME = "stackfacts.zip"
_ZIP = "application/zip"


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    publication = current()
    absolute = request.build_absolute_uri
    context = {
        "publication": publication,
        "name": NAME,
        "address": absolute(reverse("companies:data_file")),
        "linked_data": linked_data.as_script([linked_data.catalog(publication, absolute)]),
    }
    return render(request, "companies/data.html", context)


@require_safe
def data_file(request: HttpRequest) -> HttpResponse:
    """The archive, whole or from where a download stopped."""
    publication = _published()
    uncompressed(request)
    etag = f'"{publication.sha256}"'
    modified = int(publication.moment.timestamp())
    # None unless the visitor has the file already, or means another.
    answer: Any = get_conditional_response(request, etag, modified)
    response: HttpResponse = answer or _file(request, publication, etag, modified)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    return response


def _file(request: HttpRequest, publication: Publication, etag: str, modified: int) -> HttpResponse:
    try:
        part = asked_range(request, publication.size, etag, modified)
    except UnsatisfiableError:
        words = f"The file has {publication.size} bytes.\n"
        response = HttpResponse(words, status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{publication.size}"
        return response
    if part:
        response = sent(request, publication.pieces(part.first, part.length), _ZIP)
        response.status_code = 206
        response["Content-Range"] = str(part)
    else:
        response = sent(request, publication.pieces(), _ZIP)
    response["Content-Length"] = str(part.length if part else publication.size)
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@require_safe
def data_checksum(request: HttpRequest) -> HttpResponse:
    """What `sha256sum --check` reads."""
    line = f"{_published().sha256}  {NAME}\n"
    response = HttpResponse(line, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.sha256"'
    return response


def _published() -> Publication:
    publication = current()
    if publication is None:
        raise Http404(_("The data has not been published yet."))
    return publication
