"""What a comparison takes, the choice before it, and the tray that goes along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.comparison import FEWEST, MOST, TITLES
from companies.forms.listing import ListForm, file_format
from companies.models import Company
from companies.tray import SLUG


class ComparisonForm(forms.Form):
    """How a comparison is shown; the companies are in its address."""

    differences = forms.BooleanField(required=False, label=_("Differences only"))
    folded = forms.CharField(required=False, max_length=200)
    order = forms.CharField(required=False, max_length=MOST * 100)
    add = forms.CharField(required=False, max_length=200)
    format = file_format()

    def clean_folded(self) -> tuple[str, ...]:
        """The keys of the folded sections, in the order of the page."""
        named = _named(self.cleaned_data["folded"])
        for key in named:
            if key not in TITLES:
                known = ", ".join(TITLES)
                words = gettext("There is no section “%(key)s”. There are: %(known)s.")
                raise ValidationError(words % {"key": key, "known": known})
        return tuple(key for key in TITLES if key in named)

    def clean_order(self) -> list[str]:
        return _named(self.cleaned_data["order"])

    def is_order_of(self, slugs: list[str]) -> bool:
        """Whether the order, if any is asked for, names each of the companies once."""
        order = self.cleaned_data["order"]
        if order and sorted(order) != sorted(slugs):
            words = gettext("Name each company once: %(companies)s.")
            self.add_error("order", words % {"companies": ",".join(sorted(slugs))})
            return False
        return True


def _named(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


class ComparisonChoiceForm(ListForm):
    """The companies ticked so far, and whether to show more to tick or the comparison."""

    c = forms.MultipleChoiceField(required=False, label=_("Companies"))
    show = forms.ChoiceField(
        required=False,
        choices=[("", "choose"), ("comparison", "compare")],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = list(Company.objects.published().filter(slug__in=self._ticked()))
        self.fields["c"].choices = [(c.slug, c.name) for c in self.chosen]  # type: ignore[attr-defined]
        self.fields["c"].error_messages["invalid_choice"] = gettext(
            "There is no company with the address “%(value)s”."
        )

    def _ticked(self) -> list[str]:
        named = self.data.getlist("c") if isinstance(self.data, QueryDict) else []
        # PostgreSQL refuses to even look for a NUL.
        return [slug for slug in named if "\0" not in slug]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ticked = cleaned["c"] = list(dict.fromkeys(cleaned.get("c", [])))
        if len(ticked) > MOST:
            words = gettext("%(ticked)s are ticked; at most %(most)s fit side by side.")
            self.add_error("c", words % {"ticked": len(ticked), "most": MOST})
        elif cleaned.get("show") and "c" not in self.errors and len(ticked) < FEWEST:
            words = gettext("Tick at least %(fewest)s companies to compare.")
            self.add_error("c", words % {"fewest": FEWEST})
        return cleaned


class EmbedForm(forms.Form):
    """Which of a company's charts to draw by itself."""

    claim = forms.SlugField(required=False, max_length=100)


class SlugsField(forms.Field):
    """Any number of slugs; whether there is a company at them is for the page that shows them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        for slug in value or []:
            if not SLUG.fullmatch(slug):
                raise ValidationError(
                    _("There is no company with the address “%(value)s”."), params={"value": slug}
                )
        return list(value or [])


class TrayForm(forms.Form):
    """What a visitor without scripts sends from a page with ticks, see companies.views.tray.

    `c` are the ticks, `was` those that were there when the page was made.
    """

    c = SlugsField(required=False)
    was = SlugsField(required=False)
    add = SlugsField(required=False)
    remove = SlugsField(required=False)
    tray = forms.ChoiceField(
        required=False, choices=[("compare", "compare"), ("choose", "choose"), ("keep", "keep")]
    )
    # Not worth a message: whoever sends another address comes to the choice.
    back = forms.CharField(required=False, empty_value="", strip=False)

    @classmethod
    def is_sent(cls, data: QueryDict) -> bool:
        return not {"tray", "add", "remove"}.isdisjoint(data)
