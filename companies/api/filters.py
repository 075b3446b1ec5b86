"""The form for what can be asked of claims here and on no page."""

from __future__ import annotations

from typing import Any

from django import forms

from companies.evidence import Grade
from companies.forms import DomainClaimsForm
from companies.models import Role


class ClaimFilterForm(DomainClaimsForm):
    """With the words and kinds of a domain's page. What is named is looked up beside the form."""

    role = forms.ChoiceField(required=False, choices=[("", ""), *Role.choices])
    evidence = forms.ChoiceField(required=False, choices=[("", ""), *Grade.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") and not self.data.get("technology"):
            self.add_error("role", "Say in which technology's role.")
        return cleaned
