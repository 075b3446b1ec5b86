"""The form of a claim, with room for a source that isn't in the catalogue yet."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from companies.admin import doubt
from companies.admin.known_source import chosen_source, offer
from companies.admin.record_form import RecordForm
from companies.admin.widgets import SuggestingInput
from companies.models import FormerSourceKey, Source

NEW = "new_source_"
SOURCE_FIELDS = ("url", "title", "publisher", "author", "published_on", "kind", "tier", "key")
NEW_SOURCE_FIELDS = tuple(f"{NEW}{name}" for name in SOURCE_FIELDS)


# What a claim says, and what says that it does.
_SAID = (
    "text",
    "figure_value",
    "figure_before",
    "figure_unit",
    "figure_qualifier",
    "figure_as_worded",
    "quotation",
)
_WHERE = {"source", "locator", *NEW_SOURCE_FIELDS}


class ClaimForm(RecordForm):
    # Who is named as the checker when only the day is given; set per request.
    editor: ClassVar[str] = ""
    # The fields without which a claim of this kind says nothing.
    needed: ClassVar[tuple[str, ...]] = ()

    # Of what the page sends along when the same is saved once more.
    confirmation = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = getattr(self._meta.model, "kinds", ())
        if len(kinds) == 1:
            self.instance.kind = kinds[0]
        for name in self.needed:
            if name in self.fields:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean() or self.cleaned_data
        if cleaned_data.get("checked_on") and not cleaned_data.get("checked_by"):
            cleaned_data["checked_by"] = self.editor
        self._doubt_same_source()
        return cleaned_data

    def _doubt_same_source(self) -> None:
        """A statement that changes while its source stays is one of the two: a slip, or mended.

        Saving the same again confirms it.
        """
        said = [name for name in _SAID if name in self.changed_data]
        if not self.instance.pk or not said or _WHERE & {*self.changed_data}:
            return
        self.confirmation = doubt.token_of([self.cleaned_data.get(name) for name in _SAID])
        if self.data.get("_confirmed") != self.confirmation:
            what = "value" if said[0].startswith("figure") else said[0]
            self.add_error(
                said[0],
                f"The {what} changed, {doubt.ADVICE}",
            )

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        # Rules that mention a field which is left out are not looked at. The kind is known even
        # where the form doesn't ask for it.
        if "kind" not in self.fields:
            excluded.discard("kind")
        # A key left empty is made from the company; without one there is nothing to complain of.
        if not self.cleaned_data.get("key") and not self.cleaned_data.get("company"):
            excluded.add("key")
        return excluded


def _source_field(name: str) -> forms.Field:
    field: Any = Source._meta.get_field(name)
    if field.choices:
        return field.formfield(required=False)
    widget = SuggestingInput(field) if name == "publisher" else AdminTextInputWidget()
    return field.formfield(required=False, widget=widget)


class ClaimAndSourceForm(ClaimForm):
    """Takes either an existing source or the description of a new one."""

    new_source_url = _source_field("url")
    new_source_title = _source_field("title")
    new_source_publisher = _source_field("publisher")
    new_source_author = _source_field("author")
    new_source_published_on = _source_field("published_on")
    new_source_kind = _source_field("kind")
    new_source_tier = _source_field("tier")
    new_source_key = _source_field("key")

    new_source: Source | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = chosen_source(self.data) if "source" in self.fields else None
        if known:
            # As if it had been chosen above and nothing described.
            data: Any = self.data
            self.data = data = data.copy()
            data["source"] = str(known.pk)
            for name in NEW_SOURCE_FIELDS:
                data[name] = ""
        if "source" in self.fields:
            self.fields["source"].required = False
            # Asked for below, on the same page.
            self.fields["source"].widget.can_add_related = False
        self.fields["new_source_key"].help_text = (
            "Part of the source's public address, and permanent. Left empty, it is made from "
            "publisher and title."
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean() or self.cleaned_data
        described = any(cleaned_data.get(name) or name in self.errors for name in NEW_SOURCE_FIELDS)
        if "source" in self.errors:
            return cleaned_data
        if cleaned_data.get("source") and described:
            self.add_error(
                "new_source_url",
                "A source is chosen above already. Clear that choice, or empty these fields.",
            )
        elif described:
            self.new_source = self._describe(cleaned_data)
            if self.new_source:
                # Not saved yet; rules that look at the claim's source see this one.
                cleaned_data["source"] = self.new_source
        elif not cleaned_data.get("source"):
            self.add_error("source", "Choose a source, or describe a new one below.")
        return cleaned_data

    def _describe(self, cleaned_data: dict[str, Any]) -> Source | None:
        given = {name: cleaned_data.get(f"{NEW}{name}", "") for name in SOURCE_FIELDS}
        known = given["url"] and Source.objects.same_address(given["url"]).first()
        if known:
            self.add_error(
                "new_source_url",
                offer(known, "Use it for this claim, and forget what is typed here (then save)"),
            )
            return None
        source = Source(**given)
        refused = {name for name in SOURCE_FIELDS if f"{NEW}{name}" in self.errors}
        if not source.key and "key" not in refused:
            source.key = new_key(source)
        try:
            source.full_clean(exclude=refused)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                field = f"{NEW}{name}"
                self.add_error(field if field in self.fields else None, errors)
            return None
        return None if refused else source

    def _get_validation_exclusions(self) -> set[str]:
        excluded = super()._get_validation_exclusions()
        if self.new_source:
            # Unsaved, so it has no id to check.
            excluded.add("source")
        return excluded


def new_key(source: Source) -> str:
    """A free key made of publisher, title and year, such as netflix-python-at-netflix-2019."""
    words = slugify(f"{source.publisher} {source.title}")[:60].strip("-")
    parts = [words or "source", source.published_on[:4]]
    key = "-".join(part for part in parts if part)
    # The address of a source that was merged into another still leads there.
    taken = {
        one
        for model in (Source, FormerSourceKey)
        for one in model.objects.filter(key__startswith=key).values_list("key", flat=True)
    }
    number = 2
    free = key
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    return free
