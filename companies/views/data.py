"""The whole catalogue, as the last `manage.py publish_data` wrote it."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from companies import linked_data
from companies.data_files.publication import current
from companies.views.listing import sent, uncompressed


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    publication = current()
    context = {
        "publication": publication,
        "linked_data": linked_data.as_script(
            [linked_data.catalog(publication, request.build_absolute_uri)]
        ),
    }
    return render(request, "companies/data.html", context)


@require_safe
def data_file(request: HttpRequest) -> HttpResponse:
    publication = current()
    if publication is None:
        raise Http404(_("The data has not been published yet."))
    uncompressed(request)
    etag = f'"{publication.sha256}"'
    modified = int(publication.moment.timestamp())
    response = sent(request, publication.pieces(), "application/zip")
    response["Content-Length"] = str(publication.size)
    response["Content-Disposition"] = 'attachment; filename="stackfacts.zip"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    # The file itself, or the short answer that the visitor has it already.
    answer: Any = get_conditional_response(request, etag, modified, response)
    return cast(HttpResponse, answer)
