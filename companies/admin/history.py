"""Every save becomes a revision; the history page compares them and goes back to any."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from companies import search
from companies.admin.guarded import GuardedAdmin
from companies.admin.links import change_url
from companies.admin.widgets import PRIMARY_KEY
from companies.exchange.apply import apply
from companies.exchange.problem import CatalogueError
from companies.exchange.revisions import Cause, record, record_deletion
from companies.exchange.snapshot import subject_of
from companies.history import history_of
from companies.models import Action, Revision
from companies.models.revision import WITH_STATUS

# As long as the column.
REASON_LENGTH = 300
_OUTDATED = (
    "Nothing was changed: somebody has saved it since you looked. The history is longer now."
)


class HistoryAdmin(GuardedAdmin):
    object_history_template = "admin/companies/history.html"

    def cause_of(self, request: HttpRequest, reason: str = "") -> Cause:
        return Cause.by(request.user, reason or typed_line(request, "reason"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record(subject_of(self.model), [form.instance.pk], self.cause_of(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with search.following():
            record_deletion(subject_of(self.model), [obj.pk], self.cause_of(request))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with search.following():
            ids = list(queryset.values_list("pk", flat=True))
            record_deletion(subject_of(self.model), ids, self.cause_of(request))
            super().delete_queryset(request, queryset)

    # -- pages

    def get_urls(self) -> Any:
        name = f"companies_{self.opts.model_name}_revert"
        view = self.admin_site.admin_view(require_POST(self.revert_view))
        return [
            path("<path:object_id>/revert/<int:revision>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        changes = history_of(subject_of(self.model), row.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {row}",
            "opts": self.opts,
            "object": row,
            "change_url": change_url(row),
            "changes": changes,
            "seen": changes[0].revision.pk if changes else 0,
            "may_revert": self.has_change_permission(request, row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def revert_view(
        self, request: HttpRequest, object_id: str, revision: int
    ) -> HttpResponseRedirect:
        wanted = self._revision_or_404(self.row_or_404(request, object_id), revision)
        when = date_format(wanted.made_at, "j F Y, H:i")
        reason = f"Went back to how it stood on {when} (UTC)."
        try:
            with search.following(search.MOST_IN_REQUEST):
                self.locked(object_id)
                row = self.row_or_404(request, object_id)
                if not self.has_change_permission(request, row):
                    raise PermissionDenied
                if self.is_outdated(request, row.pk):
                    self.message_user(request, _OUTDATED, messages.ERROR)
                    return self._to_history(row)
                apply(
                    wanted.subject,
                    row.pk,
                    _with_status_of(row, wanted),
                    self.cause_of(request, reason),
                )
                self.log_change(request, row, reason)
        except search.TooManyError as error:
            text = f"Nothing was changed. {self.too_many(error)}"
            self.message_user(request, text, messages.ERROR)
        except CatalogueError as error:
            text = (
                f"It can't go back to how it stood on {when}, and nothing was changed: "
                f"{error.in_short}."
            )
            self.message_user(request, text, messages.ERROR)
        else:
            self.message_user(request, reason, messages.SUCCESS)
        return self._to_history(row)

    def _to_history(self, row: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(f"{change_url(row).removesuffix('change/')}history/")

    def _revision_or_404(self, row: Any, number: int) -> Revision:
        found = Revision.objects.of(subject_of(self.model), [row.pk]).exclude(action=Action.DELETED)
        if not PRIMARY_KEY.fullmatch(str(number)) or not (one := found.filter(pk=number).first()):
            raise Http404("There is no such revision of this entry.")
        return one


def typed_line(request: HttpRequest, name: str) -> str:
    """What was typed beside a button, where no form looks at it; PostgreSQL takes no NUL."""
    return request.POST.get(name, "").replace("\0", "").strip()[:REASON_LENGTH]


def _with_status_of(row: Any, revision: Revision) -> dict[str, Any]:
    """Going back changes what an entry says, not whether it is public."""
    if revision.subject not in WITH_STATUS:
        return revision.content
    return {**revision.content, "status": row.status}
