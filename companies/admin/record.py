"""What all pages of the catalogue's admin share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import IntegrityError, OperationalError
from django.db.models import Count, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from companies import search
from companies.admin.citing import as_nested_list, citing
from companies.admin.fields import CatalogueFields
from companies.admin.guarded import BUSY
from companies.admin.history import REASON_LENGTH, HistoryAdmin, typed_line
from companies.admin.record_form import ReasonActionForm, RecordForm, objection_to_rows
from companies.admin.saving import saving_of
from companies.admin.widgets import PRIMARY_KEY
from companies.exchange.snapshot import subject_of
from companies.roles import may_publish

DELETION_NEEDS_REASON = (
    "Nothing was deleted. Say why: it is published, and visitors can read the reason."
)
# A search makes one condition per word and field; SQLite refuses an expression of a thousand.
SEARCH_LENGTH = 200


class CatalogueAdmin(CatalogueFields, HistoryAdmin):
    form = RecordForm
    change_form_template = "admin/companies/record_form.html"
    action_form = ReasonActionForm
    list_per_page = 50
    empty_value_display = "none"
    show_full_result_count = False
    save_on_top = False
    # Parts of public addresses: typed once, read-only ever after.
    permanent_fields: ClassVar[Sequence[str]] = ()
    # Said on the page that confirms or refuses a deletion.
    deletion_advice: ClassVar[str] = ""

    # -- fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, *self.permanent_fields] if obj else readonly

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = self.get_readonly_fields(request, obj)
        prepopulated = super().get_prepopulated_fields(request, obj)
        return {name: rest for name, rest in prepopulated.items() if name not in readonly}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        form.subject = subject_of(self.model)
        form.saving = saving_of(request)
        form.needs_reason = bool(obj) and self.needs_reason(request, obj)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        # While a page is added, Django hands in an object that isn't stored.
        stored = obj if obj and obj.pk else None
        needs_reason = bool(stored) and self.needs_reason(request, stored)
        objection = objection_to_rows(request, subject_of(self.model), stored, needs_reason)
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"objection": objection if request.method == "POST" else ""}

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The fieldsets of the page, but for the one that asks why it changes."""
        raise NotImplementedError

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sections = self.get_sections(request, obj)
        if obj and self.has_change_permission(request, obj):
            # The decision comes last, below all rows.
            sections.append(("History", {"fields": ("reason",), "classes": ("after-rows",)}))
        return sections

    def needs_reason(self, request: HttpRequest, row: Any) -> bool:
        return False

    # -- who may

    def is_settled(self, row: Any) -> bool:
        """Whether only an editor may change the row, because visitors see it."""
        return self.is_public(row)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if not allowed or obj is None:
            return allowed
        return self.may_touch(request, obj) or saving_of(request).is_outdated

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.may_touch(request, obj))

    def may_touch(self, request: HttpRequest, row: Any) -> bool:
        return may_publish(request.user) or not self.is_settled(row)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row = context.get("original")
        context["is_too_late"] = (
            row is not None and saving_of(request).is_outdated and not self.may_touch(request, row)
        )
        if context["is_too_late"]:
            buttons = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            context |= dict.fromkeys(buttons, False)
            context["status_buttons"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """For the actions that name it."""
        return may_publish(request.user) and self.has_change_permission(request)

    # -- lists

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term[:SEARCH_LENGTH])

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> Any:
        ticked = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if not all(PRIMARY_KEY.fullmatch(key) for key in ticked):
            return self._back(request, "Tick rows of the list and try again.")
        chosen = queryset
        if request.POST.get("select_across", "0") == "0":
            chosen = queryset.filter(pk__in=ticked)
        if request.POST.get("post") and self._lacks_reason(request, chosen):
            return self._back(request, DELETION_NEEDS_REASON)
        try:
            response = super().response_action(request, queryset, *args)
        except (ProtectedError, IntegrityError):
            return self._back(request, "Nothing was changed: something new rests on these rows.")
        except OperationalError:
            return self._back(request, f"Nothing was changed. {BUSY}")
        except search.TooManyError as error:
            return self._back(request, f"Nothing was changed. {self.too_many(error)}")
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data["deletion_advice"] = self.deletion_advice
            response.context_data["reason_length"] = REASON_LENGTH
        return response

    # -- the public page

    def is_public(self, row: Any) -> bool:
        """Whether visitors find a page at the row's address."""
        raise NotImplementedError

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or not self.is_public(obj):
            return None
        return obj.get_absolute_url()

    # -- saving and deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found = citing(objs) if objs else []
        if found:
            return [], {}, set(), as_nested_list(found)
        return super().get_deleted_objects(objs, request)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "deletion_advice": self.deletion_advice,
            "reason_length": REASON_LENGTH,
            **(extra_context or {}),
        }
        if request.method == "POST" and PRIMARY_KEY.fullmatch(object_id):
            row = self.get_object(request, object_id)
            if row and self._lacks_reason(request, [row]):
                return self._back(request, DELETION_NEEDS_REASON)
        try:
            return super().delete_view(request, object_id, context)
        except (ProtectedError, IntegrityError):
            return self._back(request, "Nothing was deleted: something new rests on it.")
        except OperationalError:
            return self._back(request, f"Nothing was deleted. {BUSY}")

    def _lacks_reason(self, request: HttpRequest, rows: Iterable[Any]) -> bool:
        if typed_line(request, "reason"):
            return False
        return any(self.needs_reason(request, row) for row in rows)

    def _back(self, request: HttpRequest, message: str) -> HttpResponseRedirect:
        self.message_user(request, message, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    @admin.display(description="What rests on it")
    def used_by(self, row: Any) -> SafeString | str:
        found = citing([row])
        if not found:
            return "Nothing yet"
        return render_to_string("admin/companies/used_by.html", {"uses": found})


def count_of(rows: QuerySet[Any], path: str) -> Coalesce:
    """How many of `rows` point to the outer row, as an annotation.

    A subquery is computed for the rows of one page; a joined Count for the whole table.
    """
    counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    return Coalesce(Subquery(counted.annotate(count=Count("pk", distinct=True)).values("count")), 0)
