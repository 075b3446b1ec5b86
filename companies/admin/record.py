"""What all pages of the catalogue's admin share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.messages.storage import default_storage
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.db.models import Count, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from companies import figure
from companies.admin.citing import as_nested_list, citing
from companies.admin.widgets import PRIMARY_KEY, Autocomplete, SuggestingInput
from companies.refusals import broken_rule

# A search makes one condition per word and field; SQLite refuses an expression of a thousand.
SEARCH_LENGTH = 200


_NOTHING_SAVED = "Nothing was saved; your entries are still below."


def _refusal(error: IntegrityError) -> str:
    """What an editor is told when somebody else saved in between what the form had not seen."""
    rule = broken_rule(error) or (
        "Somebody else has just saved something that doesn't go together with this: a row of the "
        "same key, or the deletion of something chosen here."
    )
    return f"{rule} {_NOTHING_SAVED}"


class CatalogueForm(forms.ModelForm):
    # Why the database refused what this form had let through; set for the second attempt.
    refusal: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = figure.plain(value)

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned_data

    def _update_errors(self, errors: ValidationError) -> None:
        """Show an error of a field that this form lacks above the form, instead of failing."""
        if hasattr(errors, "error_dict"):
            for name in errors.error_dict.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(
                    errors.error_dict.pop(name)
                )
        super()._update_errors(errors)  # type: ignore[misc]


class CatalogueFields(admin.options.BaseModelAdmin):
    """How the catalogue's fields look, on pages and in the rows of inlines alike."""

    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}
    }
    # Text fields that have to be spelled the same everywhere.
    suggesting_fields: ClassVar[Sequence[str]] = ()

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Autocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.suggesting_fields:
            kwargs["widget"] = SuggestingInput(db_field)
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Deleting a source is no part of entering a claim.
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class CatalogueAdmin(CatalogueFields, admin.ModelAdmin):
    form = CatalogueForm
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
        form.refusal = getattr(request, "refusal", "")
        return form

    # -- lists

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term[:SEARCH_LENGTH])

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> Any:
        ticked = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if not all(PRIMARY_KEY.fullmatch(key) for key in ticked):
            return self._back(request, "Tick rows of the list and try again.")
        try:
            response = super().response_action(request, queryset, *args)
        except (ProtectedError, IntegrityError):
            return self._back(request, "Nothing was changed: something new rests on these rows.")
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            response.context_data["deletion_advice"] = self.deletion_advice
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            # Everything is rolled back. The same request again, this time with the refusal as an
            # error of the form, shows the page with all that was typed.
            request.refusal = _refusal(error)  # type: ignore[attr-defined]
            # PostgreSQL looks at some rules when all is done, the message of success included.
            request._messages = default_storage(request)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        found = citing(objs) if objs else []
        if found:
            return [], {}, set(), as_nested_list(found)
        return super().get_deleted_objects(objs, request)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"deletion_advice": self.deletion_advice, **(extra_context or {})}
        try:
            return super().delete_view(request, object_id, context)
        except (ProtectedError, IntegrityError):
            return self._back(request, "Nothing was deleted: something new rests on it.")

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
