from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from companies.admin.inlines import RowFormSet, StackInline, TableInline
from companies.figure import SHARES_LIMIT
from companies.models import Citation, ClaimTechnology, CodebaseShare

# As in cross_row_rules: rounded shares may add up to a little more than the whole.


class ShareFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        total = sum(
            (
                form.cleaned_data["percentage"]
                for form in self.forms
                if form.cleaned_data.get("percentage") is not None
                and not form.cleaned_data.get("DELETE")
            ),
            Decimal(0),
        )
        if round(total, 3) > SHARES_LIMIT:
            raise ValidationError(
                f"These shares add up to {total.normalize():f} percent; together they can be 100 "
                "at most (100.5 where the source rounds). Shares that don't count the same "
                "thing belong in claims of their own."
            )


class ShareInline(TableInline):
    model = CodebaseShare
    formset = ShareFormSet
    autocomplete_fields = ("technology",)
    related = ("technology",)
    fields = ("technology", "version", "qualifier", "percentage")

    def get_extra(self, request: Any, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 2


class TechnologyInline(TableInline):
    model = ClaimTechnology
    autocomplete_fields = ("technology",)
    related = ("technology",)
    fields = ("technology", "role", "version", "reason")

    def get_extra(self, request: Any, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class CitationInline(StackInline):
    model = Citation
    autocomplete_fields = ("source",)
    related = ("source",)
    verbose_name = "further source"
    fields = (("source", "agreement"), ("as_reported", "note"), "locator")
