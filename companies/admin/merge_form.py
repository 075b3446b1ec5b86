from __future__ import annotations

from django import forms


class MergeForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Why they are the same. Visitors read it in the history.",
    )

    def clean_reason(self) -> str:
        """On one line, as the history shows it."""
        return " ".join(self.cleaned_data["reason"].split())
