from __future__ import annotations

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from companies import partial_date
from companies.reading_day import today


class ArchiveForm(forms.Form):
    """The day a page is asked for as it stood at the end of; None for the page as it is."""

    as_of = forms.CharField(required=False, max_length=10, strip=False)

    def clean_as_of(self) -> datetime.date | None:
        text = self.cleaned_data["as_of"]
        if not text:
            return None
        # More spellings than one would give a page more addresses than one.
        if len(text) < len("2026-05-27") or not partial_date.is_real(text):
            raise ValidationError(gettext("Write a real day as 2026-05-27."))
        day = datetime.date.fromisoformat(text)
        if day > today():
            raise ValidationError(gettext("This day has not come yet."))
        return day
