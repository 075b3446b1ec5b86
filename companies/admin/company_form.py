"""The form of a company, with room for a logo."""

from __future__ import annotations

from typing import Any

from django import forms

from companies.admin.record_form import RecordForm
from companies.logo_image import to_png


class CompanyForm(RecordForm):
    logo_file = forms.FileField(
        label="Logo",
        required=False,
        help_text="PNG, JPEG, WebP or GIF up to 2 MB; made into a small PNG.",
    )
    no_logo = forms.BooleanField(label="Remove the logo", required=False)

    def clean_logo_file(self) -> bytes | None:
        """The upload as the PNG that will be kept."""
        upload = self.cleaned_data["logo_file"]
        return to_png(upload, upload.size) if upload else None

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean() or self.cleaned_data
        if cleaned_data.get("logo_file") and cleaned_data.get("no_logo"):
            self.add_error("no_logo", "Either upload a logo or remove it.")
        return cleaned_data
