"""What every list takes, and the filters of each list."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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

# What the rows of a page are handed out as.
FILES = ("csv", "json", "ndjson", "zip")

# Whatever steers a terminal but blanks and line breaks.
_NOT_HTML = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Far beyond any list, and short enough for every database's integers.
LAST_PAGE = 100_000


def any_of(choices: list[tuple[str, Any]], empty: Any) -> list[tuple[str, Any]]:
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
    offered = any_of(choices, options.pop("empty", _("any")))
    return forms.ChoiceField(label=label, required=False, choices=offered, **options)


def _sorted(*orders: tuple[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Sort"), required=False, choices=orders)


def file_format() -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        choices=[("", "page"), *((name, name.upper()) for name in FILES)],
        widget=forms.HiddenInput,
    )


class FileForm(forms.Form):
    """What a page takes whose rows nobody filters."""

    format = file_format()


class WordsField(forms.CharField):
    """A line of words, shown again without the signs that no page can hold."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        typed = super().bound_data(data, initial)
        return _NOT_HTML.sub("\N{REPLACEMENT CHARACTER}", typed) if typed else typed


class ListForm(forms.Form):
    """What every list takes: words to look for, a page and a file format."""

    q = WordsField(label=_("Find"), required=False, max_length=200)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=LAST_PAGE, widget=forms.HiddenInput
    )
    format = file_format()

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


def _industries() -> list[tuple[str, Any]]:
    industries = (
        Company.objects.published()
        .exclude(industry="")
        .order_by("industry")
        .values_list("industry", flat=True)
        .distinct()
    )
    return any_of([(industry, industry) for industry in industries], _("any"))


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
        # Asked for once, and only by who shows or checks them.
        self.fields["industry"].choices = cache(_industries)  # type: ignore[attr-defined]


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
    technology = forms.CharField(
        label=_("Technology"),
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

    def clean_technology(self) -> Technology | None:
        text = self.cleaned_data["technology"]
        if not text:
            return None
        technology: Technology | None = Technology.objects.published().known_as(text)
        if technology is None:
            message = gettext("There is no technology called “%(name)s”.")
            raise ValidationError(message % {"name": text})
        return technology


class FactCheckForm(ListForm):
    verdict = _choice(_("Verdict"), Verdict.choices)
