"""Exporting what a list shows, as files that an import reads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse

from companies.exchange.table_file import (
    as_csv,
    as_json,
    as_yaml,
    columns_for,
    contents,
    write_xlsx,
)
from companies.exchange.table_kind import KINDS, TableKind
from companies.exchange.table_read import MAX_ROWS

# Written by Python alone, and in thirty seconds a request has to be over.
MOST_AS_YAML = 5_000
# Excel takes a CSV file for UTF-8 only if it says so.
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = [
    ("csv", "CSV", "A table for spreadsheets and scripts."),
    ("xlsx", "XLSX", "The same table for Excel and LibreOffice."),
    ("yaml", "YAML", "The shape of the catalogue's files, for a text editor and git."),
    ("json", "JSON", "The same shape for programs."),
]


class ExportingAdmin(admin.ModelAdmin):
    """Adds the link, the page that offers the formats, and an action for the ticked rows."""

    import_kind: ClassVar[str]
    change_list_template = "admin/companies/import_change_list.html"

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("export/", view(self.export_view), name=f"{name}_export"),
            path("export/<str:format>/", view(self.export_file_view), name=f"{name}_export_file"),
            *super().get_urls(),
        ]

    def export_url(self, query: str, format: str = "") -> str:
        page, args = ("export_file", [format]) if format else ("export", [])
        address = reverse(f"admin:companies_{self.opts.model_name}_{page}", args=args)
        return f"{address}?{query}" if query else address

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        context = {"export_url": self.export_url(_filters(request)), **(extra_context or {})}
        return super().changelist_view(request, context)

    # -- the action

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        action = self.get_action("export_selected")
        if action and IS_POPUP_VAR not in request.GET and self.has_view_permission(request):
            func, name, description = action
            words = {"verbose_name_plural": self.opts.verbose_name_plural}
            actions[name] = (func, name, str(description) % words)
        return actions

    @admin.action(description="Export the selected %(verbose_name_plural)s")
    def export_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponseRedirect:
        if request.POST.get("select_across") == "1":
            return HttpResponseRedirect(self.export_url(_filters(request)))
        ticked = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        return HttpResponseRedirect(self.export_url(urlencode({"id__in": ",".join(ticked)})))

    # -- the pages

    def export_view(self, request: HttpRequest) -> TemplateResponse:
        count = len(self._ids(request))
        query = _filters(request)
        formats = [
            (label, about, self.export_url(query, format), count > most_as(format))
            for format, label, about in FORMATS
        ]
        nouns = self.opts.verbose_name_plural
        return TemplateResponse(
            request,
            "admin/companies/export.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": f"Export {nouns}",
                "count": count,
                "formats": formats,
                "is_filtered": bool(query),
                "list_url": f"{self._list_url()}?{query}",
            },
        )

    def export_file_view(self, request: HttpRequest, format: str) -> HttpResponseBase:
        if format not in _ANSWERS:
            raise Http404("There is no such format.")
        kind = KINDS[self.import_kind]
        ids = self._ids(request)
        if len(ids) > most_as(format):
            raise BadRequest(
                f"{len(ids):,} rows are more than one file may have: filter the list, or write all "
                "of it with manage.py dump_catalog."
            )
        name = f"{self.opts.verbose_name_plural}.{format}".replace(" ", "-")
        response = _ANSWERS[format](kind, ids)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _list_url(self) -> str:
        return reverse(f"admin:companies_{self.opts.model_name}_changelist")

    def _ids(self, request: HttpRequest) -> list[int]:
        """Of all the rows that the list would show over all its pages, in its order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
            return list(dict.fromkeys(rows.values_list("pk", flat=True)))
        except (IncorrectLookupParameters, OverflowError, DataError) as error:
            # The latter two from a number that no id can be.
            raise BadRequest("The list can't be filtered like this.") from error


def most_as(format: str) -> int:
    return MOST_AS_YAML if format == "yaml" else MAX_ROWS


def _filters(request: HttpRequest) -> str:
    """What narrows and sorts the list; not which page of it is shown."""
    query = request.GET.copy()
    for name in ("p", "all", "e", "_facets"):
        query.pop(name, None)
    return query.urlencode()


def _csv(kind: TableKind, ids: Sequence[int]) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        yield _BYTE_ORDER_MARK
        yield from as_csv(kind, contents(kind, ids), columns_for(kind, ids))

    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")


def _xlsx(kind: TableKind, ids: Sequence[int]) -> FileResponse:
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(kind, contents(kind, ids), columns_for(kind, ids), stream)
    stream.seek(0)
    return FileResponse(stream, content_type=XLSX_TYPE)


def _yaml(kind: TableKind, ids: Sequence[int]) -> StreamingHttpResponse:
    text = as_yaml(contents(kind, ids))
    return StreamingHttpResponse(text, content_type="application/yaml; charset=utf-8")


def _json(kind: TableKind, ids: Sequence[int]) -> StreamingHttpResponse:
    text = as_json(contents(kind, ids))
    return StreamingHttpResponse(text, content_type="application/json; charset=utf-8")


_ANSWERS: dict[str, Callable[[TableKind, Sequence[int]], Any]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "yaml": _yaml,
    "json": _json,
}
