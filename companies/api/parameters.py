"""What can be asked for: the parameters of each address, as the OpenAPI document lists them.

The filters are those of the pages and are understood by the same forms; only the empty choice of a
form, its default order, has a name here.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from django import forms
from django.http import QueryDict
from ninja import Schema
from pydantic import Field, ValidationInfo, model_validator

from companies.api.named import NAMED, look_up, unknown
from companies.api.problem import ProblemError
from companies.api.shapes.search import HitKind
from companies.comparison import FEWEST, MOST
from companies.evidence import Grade, Tier
from companies.models import ClaimKind, CompanyKind, Role, SourceKind, TechnologyKind

MOST_ON_A_PAGE = 100
PER_PAGE = 50
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_SLUGS = rf"^[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9]+(-[a-z0-9]+)*){{{FEWEST - 1},{MOST - 1}}}$"
_NAMES = r"^[a-z_]+(,[a-z_]+)*$"
# A word to look for: PostgreSQL doesn't even look for a NUL.
_TEXT = r"^[^\u0000]*$"


def _optional(description: str, example: Any, **rules: Any) -> Any:
    return Field(default=None, description=description, examples=[example], **rules)


def _slug(description: str, example: str) -> Any:
    return _optional(description, example, pattern=_SLUG, max_length=100)


class Parameters(Schema):
    """Of an address. One that it doesn't know is refused: a misspelt filter would find too much."""

    @model_validator(mode="after")
    def _given_once_and_known(self, info: ValidationInfo) -> Parameters:
        given = info.context["request"].GET if info.context else QueryDict()
        for name in given:
            if name not in type(self).model_fields:
                known = ", ".join(type(self).model_fields) or "none"
                raise ValueError(f"There is no parameter “{name}” here. There are: {known}.")
            if len(given.getlist(name)) > 1:
                raise ValueError(f"“{name}” is given more than once.")
        return self


class EntryParameters(Parameters):
    fields: str = _optional(
        "Which members to send, set apart by commas; the one that names the entry always comes.",
        "name,url",
        pattern=_NAMES,
        max_length=500,
    )

    @property
    def chosen(self) -> list[str]:
        return self.fields.split(",") if self.fields else []


class ListParameters(EntryParameters):
    limit: int = Field(
        default=PER_PAGE, ge=1, le=MOST_ON_A_PAGE, description="How many a page has at most."
    )
    cursor: str = _optional(
        "Where the page begins: `next_cursor` of the page before.", None, max_length=2000
    )

    @property
    def filters(self) -> dict[str, Any]:
        """All that decides which rows there are and in which order."""
        given = self.model_dump(mode="json", exclude_none=True)
        return {name: given[name] for name in given if name not in ListParameters.model_fields}


class FilterParameters(ListParameters):
    """With words to look for, and perhaps an order whose first choice is the form's empty one."""

    default_sort: ClassVar[str] = ""

    q: str = _optional("Words to look for.", "python", max_length=200, pattern=_TEXT)

    def cleaned(self, form_class: type[forms.Form]) -> dict[str, Any]:
        """What the page's form makes of the filters, with ids for what they name and None for what
        they don't; in `few` those that few claims fit. One query at most.

        Raises ProblemError with all that is wrong.
        """
        given = self.filters
        if given.get("sort") == self.default_sort:
            given.pop("sort", None)
        wanted = {name: given[name] for name in NAMED if name in given}
        known = look_up(wanted)
        form = form_class(given)
        for name in NAMED:
            # The form would ask for each of them by itself.
            form.fields.pop(name, None)
        errors = [(name, str(text)) for name, texts in form.errors.items() for text in texts]
        errors += unknown(wanted, known)
        if errors:
            raise ProblemError("bad-parameters", errors=errors)
        return dict.fromkeys(NAMED) | form.cleaned_data | known.ids | {"few": known.few}


class CompanyParameters(FilterParameters):
    default_sort = "name"

    technology: str = _slug("Has a claim that names the technology, whatever its role.", "python")
    domain: str = _slug("Has a claim in this domain.", "web-backend")
    industry: str = _optional(
        "In exactly these words.", "Entertainment", max_length=80, pattern=_TEXT
    )
    kind: CompanyKind = _optional("Company, organisation or project.", "company")
    evidence: Grade = _optional(
        "Has a claim of this grade. With technology and domain: one claim that fits all.",
        "measured",
    )
    sort: Literal["name", "claims", "newest", "founded"] = Field(
        default="name",
        description="By name, most claims first, newest claim first, or oldest company first.",
    )


class ClaimParameters(FilterParameters):
    company: str = _slug("About this company.", "netflix")
    technology: str = _slug("Names this technology.", "python")
    role: Role = _optional("Names the technology in this role; only with `technology`.", "uses")
    domain: str = _slug("In this domain.", "web-backend")
    source: str = _slug("Rests on this source or is held against it.", "netflix-python-2019")
    kind: ClaimKind = _optional("What it is about.", "migration")
    evidence: Grade = _optional("Of this grade.", "primary")


class QuoteParameters(FilterParameters):
    technology: str = _slug("Names this technology.", "python")


class TechnologyParameters(FilterParameters):
    default_sort = "companies"

    kind: TechnologyKind = _optional("What it is.", "language")
    sort: Literal["companies", "name"] = Field(
        default="companies", description="Used by most companies first, or by name."
    )


class SourceParameters(FilterParameters):
    default_sort = "statements"

    tier: Tier = _optional("Who speaks.", "primary")
    kind: SourceKind = _optional("What kind of document it is.", "talk")
    sort: Literal["statements", "newest", "title"] = Field(
        default="statements", description="Most statements first, newest first, or by title."
    )


class SearchParameters(ListParameters):
    q: str = _optional(
        "Words, all of which an entry has, in any form of the word; “in quotes” they stand side by "
        "side. No sign or word is an operator.",
        "python migration",
        max_length=200,
        pattern=_TEXT,
    )
    kind: HitKind = _optional("Companies, technologies, or claims of one kind.", "migration")
    technology: str = _slug("Names this technology, or is it.", "python")
    domain: str = _slug("In this domain.", "web-backend")
    industry: str = _optional(
        "Of companies in exactly these words.", "Entertainment", max_length=80, pattern=_TEXT
    )
    evidence: Grade = _optional("Claims of this grade.", "primary")
    year: int = _optional("Claims that are true for this year.", 2016, ge=1, le=9999)

    @property
    def named(self) -> dict[str, str]:
        """Of what the search is narrowed to, that which has to be looked up."""
        filters = self.filters
        return {name: filters[name] for name in NAMED if name in filters}


class SuggestionParameters(Parameters):
    q: str = Field(
        description="How the name begins.", examples=["netf"], max_length=200, pattern=_TEXT
    )


class ComparisonParameters(Parameters):
    companies: str = Field(
        description=f"The slugs of {FEWEST} to {MOST} companies, set apart by commas.",
        examples=["netflix,spotify"],
        pattern=_SLUGS,
        max_length=MOST * 101,
    )
    differences: bool = Field(
        default=False, description="Without the rows in which all companies say the same."
    )
