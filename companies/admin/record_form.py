"""The forms of entries and of their rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property

from companies import figure
from companies.admin.history import REASON_LENGTH
from companies.admin.saving import Saving
from companies.models import Status
from companies.models.revision import WITH_STATUS
from companies.roles import needs_second_person, statuses_for, wrote

SECOND_PERSON = (
    "Whoever wrote it can't publish it here. Submit it for review; somebody else publishes it."
)
_REASON_NEEDED = "Say why: what is published changes, and visitors can read the reason."


class CatalogueForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = figure.plain(value)

    def _update_errors(self, errors: ValidationError) -> None:
        """Show an error of a field that this form lacks above the form, instead of failing."""
        if hasattr(errors, "error_dict"):
            for name in errors.error_dict.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(
                    errors.error_dict.pop(name)
                )
        super()._update_errors(errors)  # type: ignore[misc]


class RecordForm(CatalogueForm):
    """The form of an entry; the attributes are set per request."""

    user: ClassVar[Any] = None
    subject: ClassVar[str] = ""
    saving: ClassVar[Saving] = Saving()
    needs_reason: ClassVar[bool] = False

    reason = forms.CharField(
        label="Why it changes",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For the history. Visitors can read it where the entry is public.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What the row was like before the form writes into it.
        self.stored_status = getattr(self.instance, "status", "") if self.instance.pk else ""
        if "status" in self.fields:
            self._offer_statuses(self.stored_status or Status.DRAFT)

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "reason"]

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean() or self.cleaned_data
        if self.saving.refusal:
            raise ValidationError(self.saving.refusal)
        if self.needs_reason and self.changed_data and not cleaned_data.get("reason"):
            self.add_error("reason", _REASON_NEEDED)
        if self.is_publishing and needs_second_person() and self._user_wrote_it():
            self.add_error("status", SECOND_PERSON)
        if self.saving.conflict:
            raise ValidationError(
                "Nothing was saved: somebody else has saved this in the meantime. Compare both "
                "versions, then save again to keep what stands in the form."
            )
        return cleaned_data

    @property
    def is_publishing(self) -> bool:
        return (
            self.cleaned_data.get("status") == Status.PUBLISHED
            and self.stored_status != Status.PUBLISHED
        )

    def _user_wrote_it(self) -> bool:
        changed = set(self.changed_data) - {"status"}
        return bool(changed) or wrote(self.user, self.subject, self.instance.pk)

    def _offer_statuses(self, current: str) -> None:
        offered = {current, *statuses_for(self.user, current)} if self.user else set(Status)
        field: Any = self.fields["status"]
        field.choices = [choice for choice in field.choices if choice[0] in offered]


class ReasonActionForm(ActionForm):
    """Beside the choice of an action: why, for those that change what is public."""

    reason = forms.CharField(label="Why:", required=False, max_length=REASON_LENGTH)


def objection_to_rows(request: HttpRequest, subject: str, row: Any, needs_reason: bool) -> str:
    """Why the rows of an entry may not change by this request, whatever they say."""
    if needs_reason and not request.POST.get("reason", "").strip():
        return f"{_REASON_NEEDED} The field is below, “Why it changes”."
    stored = getattr(row, "status", "") if row else ""
    is_publishing = request.POST.get("status") == Status.PUBLISHED != stored
    if subject in WITH_STATUS and is_publishing and needs_second_person():
        return SECOND_PERSON
    return ""
