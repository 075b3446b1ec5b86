"""Rows that are edited on the page of what they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from companies.admin.fields import CatalogueFields
from companies.admin.record_form import CatalogueForm
from companies.admin.widgets import Autocomplete

# A page of more would meet DATA_UPLOAD_MAX_NUMBER_FIELDS.
MOST_ROWS = 200


class RowFormSet(BaseInlineFormSet):
    model: type[Model]

    def __init__(self, *args: Any, objection: str = "", **kwargs: Any) -> None:
        self.objection = objection
        super().__init__(*args, **kwargs)
        self._announce_choices()

    def clean(self) -> None:
        super().clean()
        if self.objection and self.has_changed():
            raise ValidationError(self.objection)

    def _announce_choices(self) -> None:
        """Tell each autocomplete what all rows hold, so that it looks the labels up at once."""
        for name, field in self.form.base_fields.items():
            widget = field.widget
            if isinstance(widget, RelatedFieldWidgetWrapper):
                widget = widget.widget
            if not isinstance(widget, Autocomplete):
                continue
            relation: Any = self.model._meta.get_field(name)
            for row in self.get_queryset():
                chosen = relation.get_cached_value(row, default=None)
                if chosen is not None:
                    widget.labels[str(chosen.pk)] = str(chosen)
            if self.is_bound:
                widget.expect(
                    value
                    for key, value in self.data.items()
                    if key.startswith(f"{self.prefix}-") and key.endswith(f"-{name}")
                )

    def save(self, commit: bool = True) -> Any:
        """Take every row that changes out before any is put back.

        Saved one by one, two rows that swap their technology or their percentage would for a
        moment break a rule that they keep in the end.
        """
        saved = super().save(commit=False)
        if not commit:
            return saved
        changed = [row for row, _fields in self.changed_objects]
        leaving = [row.pk for row in (*self.deleted_objects, *changed)]
        self.model._default_manager.filter(pk__in=leaving).delete()
        for row in changed:
            row.save(force_insert=True)
        for row in self.new_objects:
            row.save()
        return saved

    def get_unique_error_message(self, unique_check: Any) -> str:
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields == unique_check:
                return str(constraint.violation_error_message)
        return super().get_unique_error_message(unique_check)

    def get_form_error(self) -> str:
        return "This row says the same as one above it: change or remove one of them."


class RowInline(CatalogueFields, admin.options.InlineModelAdmin):
    form = CatalogueForm
    formset = RowFormSet
    extra = 0
    max_num = MOST_ROWS
    # Relations that the row's own name or its form's labels are made of.
    related: tuple[str, ...] = ()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        # Django would build up to two thousand forms for whoever claims to send as many.
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **kwargs})

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.related)


class TableInline(RowInline, admin.TabularInline):
    pass


class StackInline(RowInline, admin.StackedInline):
    pass
