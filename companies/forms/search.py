"""What the search takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.evidence import Grade
from companies.forms.listing import ListForm, TechnologyField, any_of
from companies.models import Domain, Technology
from companies.search import KINDS, Facet


class SearchForm(ListForm):
    """The words, and what the search is narrowed to, which lives in the address alone."""

    kind = forms.ChoiceField(required=False, choices=[("", ""), *KINDS.items()])
    technology = TechnologyField()
    domain = forms.CharField(required=False, max_length=80)
    # As it is stored, whatever blanks somebody typed.
    industry = forms.CharField(required=False, max_length=80, strip=False)
    evidence = forms.ChoiceField(required=False, choices=any_of(Grade.choices, ""))
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for facet in Facet:
            self.fields[facet].widget = forms.HiddenInput()
        # All of them, since the page names those that were found as well.
        self.domains = {domain.pk: domain for domain in Domain.objects.all()}

    def clean_domain(self) -> Domain | None:
        slug = self.cleaned_data["domain"]
        found = next((one for one in self.domains.values() if one.slug == slug), None)
        if slug and not found:
            raise ValidationError(_("There is no domain at this address."))
        return found

    @property
    def narrowed(self) -> dict[Facet, object]:
        """What the search is narrowed to, by id where there is one; after it is valid."""
        values = {facet: self.cleaned_data[facet] for facet in Facet}
        narrowed = {
            facet: value.pk if isinstance(value, Domain | Technology) else value
            for facet, value in values.items()
            if value
        }
        if Facet.YEAR in narrowed:
            narrowed[Facet.YEAR] = f"{narrowed[Facet.YEAR]:04d}"
        return narrowed

    @property
    def is_asked(self) -> bool:
        """Whether anything is looked for, and nothing stands against it."""
        return self.is_valid() and bool(self.cleaned_data["q"] or self.narrowed)

    @property
    def kept(self) -> list[forms.BoundField]:
        """What another search in the same box stays narrowed to."""
        return [self[one] for one in Facet if self.data.get(one) and one not in self.errors]


class SuggestionForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)
