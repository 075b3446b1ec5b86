from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from companies.admin.widgets import Autocomplete, SuggestingInput


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
