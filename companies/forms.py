"""Every GET parameter passes one of these forms, so that a bad one gets a message by its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from companies.comparison import FEWEST, MOST, TITLES
from companies.evidence import Grade, Tier, Verdict
from companies.models import (
    ClaimKind,
    Company,
    CompanyKind,
    Domain,
    FormerTechnologySlug,
    Role,
    SourceKind,
    Subject,
    Technology,
    TechnologyKind,
)
from companies.search import KINDS, Facet
from companies.tray import SLUG

# Far beyond any list, and short enough for every database's integers.
LAST_PAGE = 100_000


def _any_of(choices: list[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *choices]


def _one_of(rows: QuerySet[Any], label: Any) -> forms.ModelChoiceField:
    """A choice by slug. A form copies the queryset, so each request asks the database anew."""
    return forms.ModelChoiceField(
        rows, label=label, required=False, to_field_name="slug", empty_label=_("any")
    )


class TechnologyField(forms.ModelChoiceField):
    """A choice by slug that also knows the slugs of technologies merged into others."""

    current: dict[str, str] = {}

    def __init__(self) -> None:
        technologies = Technology.objects.published()
        super().__init__(
            technologies,
            label=_("Technology"),
            required=False,
            to_field_name="slug",
            empty_label=_("any"),
        )

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            if "\0" in value:
                raise
            formers = FormerTechnologySlug.objects.published().select_related("technology")
            former = formers.filter(slug=value).first()
            if former is None:
                raise
            # A new dict: the field of each form is a shallow copy of the class's.
            self.current = {value: former.technology.slug}
            return former.technology

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(self.current.get(value, value))


def _choice(label: Any, choices: list[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    any_of = _any_of(choices, options.pop("empty", _("any")))
    return forms.ChoiceField(label=label, required=False, choices=any_of, **options)


def _sorted(*orders: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Sort"), required=False, choices=orders)


def _format() -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        choices=[("", "page"), ("csv", "CSV"), ("json", "JSON")],
        widget=forms.HiddenInput,
    )


class ListForm(forms.Form):
    """What every list takes: words to look for, a page and a file format."""

    q = forms.CharField(label=_("Find"), required=False, max_length=200)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput
    )
    format = _format()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def filters(self) -> list[forms.BoundField]:
        """The fields a visitor fills in."""
        return self.visible_fields()

    @property
    def all_errors(self) -> list[str]:
        """Hidden fields have no place of their own to show a message at."""
        return [
            f"{name}: {message}"
            for name, messages in self.errors.items()
            for message in messages
            if name == "__all__" or self[name].is_hidden
        ]


class CompanyFilterForm(ListForm):
    technology = TechnologyField()
    domain = _one_of(Domain.objects.all(), _("Domain"))
    industry = forms.ChoiceField(label=_("Industry"), required=False)
    kind = _choice(_("Kind"), CompanyKind.choices)
    evidence = _choice(_("Evidence"), Grade.choices, help_text=_("Has a claim of this grade."))
    sort = _sorted(
        ("", _("name")),
        ("claims", _("most claims")),
        ("newest", _("newest claim")),
        ("founded", _("oldest company")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industries = (
            Company.objects.published()
            .exclude(industry="")
            .order_by("industry")
            .values_list("industry", flat=True)
            .distinct()
        )
        self.fields["industry"].choices = _any_of(  # type: ignore[attr-defined]
            [(industry, industry) for industry in industries], _("any")
        )


class TechnologyFilterForm(ListForm):
    kind = _choice(_("Kind"), TechnologyKind.choices)
    sort = _sorted(("", _("most companies")), ("name", _("name")))


class TechnologyClaimsForm(ListForm):
    role = _choice(_("Role"), Role.choices)


class DomainClaimsForm(ListForm):
    kind = _choice(_("Kind"), ClaimKind.choices)


class QuoteFilterForm(ListForm):
    technology = TechnologyField()


class SourceFilterForm(ListForm):
    tier = _choice(_("Tier"), Tier.choices)
    kind = _choice(_("Kind"), SourceKind.choices)
    sort = _sorted(("", _("most statements")), ("newest", _("newest")), ("title", _("title")))


class ChangeFilterForm(ListForm):
    subject = _choice(_("About"), Subject.choices, empty=_("anything"))
    # Typed, because a list of all companies would be as long as the catalogue.
    company = forms.CharField(
        label=_("Company"),
        required=False,
        max_length=120,
        help_text=_("Its name, or the end of its page's address."),
    )
    q = None  # type: ignore[assignment]

    def clean_company(self) -> Company | None:
        text = self.cleaned_data["company"]
        if not text:
            return None
        company = Company.objects.published().known_as(text)
        if company is None:
            message = gettext("There is no company called “%(name)s”.")
            raise ValidationError(message % {"name": text})
        return company


class FactCheckForm(ListForm):
    verdict = _choice(_("Verdict"), Verdict.choices)


class SearchForm(ListForm):
    """The words, and what the search is narrowed to, which lives in the address alone."""

    kind = forms.ChoiceField(required=False, choices=[("", ""), *KINDS.items()])
    technology = TechnologyField()
    domain = forms.CharField(required=False, max_length=80)
    # As it is stored, whatever blanks somebody typed.
    industry = forms.CharField(required=False, max_length=80, strip=False)
    evidence = forms.ChoiceField(required=False, choices=_any_of(Grade.choices, ""))
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
            raise ValidationError("There is no domain at this address.")
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
        return [self[facet] for facet in Facet if self.data.get(facet)]


class SuggestionForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)


class ComparisonForm(forms.Form):
    """How a comparison is shown; the companies are in its address."""

    differences = forms.BooleanField(required=False, label=_("Differences only"))
    folded = forms.CharField(required=False, max_length=200)
    order = forms.CharField(required=False, max_length=MOST * 100)
    add = forms.CharField(required=False, max_length=200)
    format = _format()

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
