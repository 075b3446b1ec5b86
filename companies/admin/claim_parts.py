from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from companies.admin import doubt
from companies.admin.inlines import RowFormSet, StackInline, TableInline
from companies.figure import SHARES_LIMIT
from companies.models import Citation, Claim, ClaimTechnology, CodebaseShare

# As in cross_row_rules: rounded shares may add up to a little more than the whole.


class ShareFormSet(RowFormSet):
    # As of the claim's own form.
    confirmation = ""

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
        self._doubt_same_source()

    def _doubt_same_source(self) -> None:
        changed = [
            str(form.cleaned_data["percentage"])
            for form in self.initial_forms
            if "percentage" in form.changed_data and not form.cleaned_data.get("DELETE")
        ]
        # What is stored still is what the page showed: rows are looked at before anything is saved.
        same_source = Claim.objects.filter(
            pk=self.instance.pk, source=self.instance.source_id, locator=self.instance.locator
        )
        if not changed or not same_source.exists():
            return
        self.confirmation = doubt.token_of(changed)
        if self.data.get("_confirmed_shares") != self.confirmation:
            raise ValidationError(f"A percentage changed, {doubt.ADVICE}")


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
