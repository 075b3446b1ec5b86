"""Forms for what can be asked of claims here and on no page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from companies.evidence import Grade
from companies.forms import DomainClaimsForm, TechnologyField
from companies.models import Company, Domain, FormerSlug, FormerSourceKey, Role, Source


class _FormerlyField(forms.ModelChoiceField):
    """A choice by slug or key that also knows those which lead elsewhere today."""

    def __init__(self, rows: QuerySet[Any], name: str, formers: QuerySet[Any], owner: str) -> None:
        super().__init__(rows, required=False, to_field_name=name)
        self.formers, self.owner = formers, owner

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            formers = self.formers.select_related(self.owner)
            former = formers.filter(**{self.to_field_name or "pk": value}).first()
            if former is None:
                raise
            return getattr(former, self.owner)


class ClaimFilterForm(DomainClaimsForm):
    """With the words and kinds of a domain's page."""

    company = _FormerlyField(
        Company.objects.published(), "slug", FormerSlug.objects.published(), "company"
    )
    source = _FormerlyField(
        Source.objects.published(), "key", FormerSourceKey.objects.published(), "source"
    )
    technology = TechnologyField()
    role = forms.ChoiceField(required=False, choices=[("", ""), *Role.choices])
    domain = forms.ModelChoiceField(Domain.objects.all(), required=False, to_field_name="slug")
    evidence = forms.ChoiceField(required=False, choices=[("", ""), *Grade.choices])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") and not (cleaned.get("technology") or "technology" in self.errors):
            self.add_error("role", "Say in which technology's role.")
        return cleaned
