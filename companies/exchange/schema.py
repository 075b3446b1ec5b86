"""The shape of the catalogue's files, declared once.

Reading validates with it, writing takes the order of fields from it, and docs/catalog.schema.json
is made from it. Nothing of the models is known here; tests/exchange/test_schema.py holds lengths
and choices against them. What takes a second field, row or file to judge is in `rules` and
`references`.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from companies import partial_date
from companies.figure import SIGNIFICANT_DIGITS, can_be_kept

# Patterns are read by Rust (pydantic), Python and JavaScript (whoever uses the JSON Schema).
SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
DATE = f"^({partial_date.PATTERN})$"
HTTP_URL = r"^https?://[^/\s]+\S*$"
WIKIDATA = "^Q[1-9][0-9]*$"
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
PROSE = rf"^[^{_CONTROL}]*$"
LINE = rf"^[^{_CONTROL}\t\r\n]*$"
FILLED_PROSE = rf"^[^{_CONTROL}]*[^{_CONTROL}\s][^{_CONTROL}]*$"
FILLED_LINE = rf"^[^{_CONTROL}\t\r\n]*[^{_CONTROL}\s][^{_CONTROL}\t\r\n]*$"

ADVICE = {
    SLUG: "use lower-case letters, digits and single hyphens, for example stack-overflow",
    DATE: "write a real date as '2016', '2016-05' or '2016-05-27'",
    HTTP_URL: "write a full address that starts with http:// or https://",
    WIKIDATA: "write the item's number, like Q907311",
    PROSE: "control characters can't be shown",
    LINE: "write it on one line, without control characters",
    FILLED_PROSE: "write something, without control characters",
    FILLED_LINE: "write something, on one line and without control characters",
}

FIGURE_DECIMALS = 6
FIGURE_LIMIT = Decimal(10) ** 18
PERCENTAGE_DECIMALS = 3
WHOLE = 100

_url_is_valid = URLValidator(["http", "https"])


def _to_decimal(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("must be a number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("must be a number")
    # Zero has a sign in Decimal, but none in a database.
    return number if number else Decimal(0)


def _has_decimals(number: Decimal, at_most: int) -> Decimal:
    digits = number.normalize().as_tuple()
    if -int(digits.exponent) > at_most:
        raise ValueError(f"has more than {at_most} digits after the point")
    return number


def _is_figure(number: Decimal) -> Decimal:
    if abs(number) >= FIGURE_LIMIT or not can_be_kept(number):
        raise ValueError(f"has more digits than can be kept: {SIGNIFICANT_DIGITS} are")
    return _has_decimals(number, FIGURE_DECIMALS)


def _is_percentage(number: Decimal) -> Decimal:
    if not 0 <= number <= WHOLE:
        raise ValueError("lies between 0 and 100 percent")
    return _has_decimals(number, PERCENTAGE_DECIMALS)


def _is_url(address: str) -> str:
    try:
        _url_is_valid(address)
    except ValidationError:
        raise ValueError(ADVICE[HTTP_URL]) from None
    return address


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80)]
ClaimKey = Annotated[str, StringConstraints(pattern=SLUG, max_length=100)]
PartialDate = Annotated[str, StringConstraints(pattern=DATE, max_length=10)]
Day = Annotated[str, StringConstraints(pattern=DATE, min_length=10, max_length=10)]
Url = Annotated[str, StringConstraints(pattern=HTTP_URL, max_length=500), AfterValidator(_is_url)]
Wikidata = Annotated[str, StringConstraints(pattern=WIKIDATA, max_length=20)]
Figure = Annotated[
    Decimal,
    BeforeValidator(_to_decimal),
    AfterValidator(_is_figure),
    WithJsonSchema(
        {
            "type": "number",
            "exclusiveMinimum": -int(FIGURE_LIMIT),
            "exclusiveMaximum": int(FIGURE_LIMIT),
        }
    ),
]
Percentage = Annotated[
    Decimal,
    BeforeValidator(_to_decimal),
    AfterValidator(_is_percentage),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": WHOLE}),
]


def _text(pattern: str, max_length: int) -> Any:
    return StringConstraints(pattern=pattern, max_length=max_length, strip_whitespace=True)


Status = Literal["draft", "in_review", "published", "withdrawn"]
Qualifier = Literal["exactly", "about", "more_than", "less_than", "at_least", "at_most", "nearly"]
ClaimKind = Literal[
    "use_case",
    "codebase_share",
    "key_figure",
    "decision",
    "migration",
    "strength",
    "weakness",
    "quote",
    "open_source",
]


class Row(BaseModel):
    """Fields stand in the order in which they are written; what has its default value isn't."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class DomainRow(Row):
    slug: Slug
    name: Annotated[str, _text(FILLED_LINE, 120)]


class TechnologyRow(Row):
    slug: Slug
    name: Annotated[str, _text(FILLED_LINE, 120)]
    kind: Literal["language", "framework", "library", "tool", "database", "protocol", "platform"]
    former_slugs: list[Slug] = []
    website: Url = ""
    summary: Annotated[str, _text(PROSE, 600)] = ""


class SourceRow(Row):
    key: Slug
    url: Url
    title: Annotated[str, _text(FILLED_LINE, 300)]
    publisher: Annotated[str, _text(FILLED_LINE, 120)]
    author: Annotated[str, _text(LINE, 200)] = ""
    published_on: PartialDate = ""
    kind: Literal[
        "engineering_blog",
        "official_doc",
        "repo_readme",
        "repository",
        "talk",
        "slides",
        "paper",
        "whitepaper",
        "case_study",
        "interview",
        "podcast",
        "q_and_a",
        "forum_comment",
        "job_ad",
        "news",
        "article",
    ]
    tier: Literal["primary", "secondary", "measured"]
    former_keys: list[Slug] = []
    accessed_on: Day = ""
    note: Annotated[str, _text(PROSE, 1000)] = ""


class ClaimTechnologyRow(Row):
    technology: Slug
    role: Literal["uses", "chose", "rejected", "migrated_from", "migrated_to"]
    version: Annotated[str, _text(LINE, 40)] = ""
    reason: Annotated[str, _text(LINE, 300)] = ""


class ShareRow(Row):
    technology: Slug
    version: Annotated[str, _text(LINE, 40)] = ""
    percentage: Percentage
    qualifier: Qualifier


class FigureRow(Row):
    value: Figure | None = None
    before: Figure | None = None
    unit: Annotated[str, _text(FILLED_LINE, 80)]
    qualifier: Literal[Qualifier, ""] = ""
    as_worded: Annotated[str, _text(LINE, 200)] = ""


class CitationRow(Row):
    source: Slug
    agreement: Literal["agrees", "differs", "contradicts"]
    as_reported: Annotated[str, _text(PROSE, 600)] = ""
    locator: Annotated[str, _text(LINE, 200)] = ""
    note: Annotated[str, _text(PROSE, 1000)] = ""


class ClaimRow(Row):
    key: ClaimKey
    kind: ClaimKind
    title: Annotated[str, _text(FILLED_LINE, 120)]
    text: Annotated[str, _text(FILLED_PROSE, 1000)]
    status: Status = "published"
    technologies: list[ClaimTechnologyRow] = []
    shares: list[ShareRow] = []
    domain: Slug = ""
    scope: Annotated[str, _text(LINE, 200)] = ""
    basis: Annotated[str, _text(LINE, 200)] = ""
    figure: FigureRow | None = None
    as_of: PartialDate = ""
    quotation: Annotated[str, _text(PROSE, 2000)] = ""
    speaker: Annotated[str, _text(LINE, 120)] = ""
    speaker_role: Annotated[str, _text(LINE, 200)] = ""
    source: Slug
    locator: Annotated[str, _text(LINE, 200)] = ""
    note: Annotated[str, _text(PROSE, 1000)] = ""
    checked_on: Day = ""
    checked_by: Annotated[str, _text(LINE, 150)] = ""
    citations: list[CitationRow] = []


class GapRow(Row):
    claim_kind: Literal[ClaimKind, ""] = ""
    technology: Slug = ""
    domain: Slug = ""
    finding: Literal["none", "unknown", "not_applicable"]
    source: Slug = ""
    looked_on: Day
    note: Annotated[str, _text(PROSE, 600)] = ""


class CompanyRow(Row):
    slug: Slug
    name: Annotated[str, _text(FILLED_LINE, 120)]
    kind: Literal["company", "organisation", "project"]
    status: Status = "published"
    aliases: list[Annotated[str, _text(FILLED_LINE, 120)]] = []
    former_slugs: list[Slug] = []
    parent: Slug = ""
    founded: PartialDate = ""
    headquarters: Annotated[str, _text(LINE, 120)] = ""
    industry: Annotated[str, _text(LINE, 80)] = ""
    website: Url = ""
    wikidata: Wikidata = ""
    summary: Annotated[str, _text(PROSE, 600)] = ""
    gaps: list[GapRow] = []
    claims: list[ClaimRow] = []


class EntryRow(Row):
    company: Slug
    note: Annotated[str, _text(PROSE, 600)] = ""


class ListRow(Row):
    slug: Slug
    title: Annotated[str, _text(FILLED_LINE, 200)]
    summary: Annotated[str, _text(PROSE, 1000)] = ""
    source: Slug = ""
    status: Status = "published"
    entries: Annotated[list[EntryRow], Field(description="In order: the first stands first.")] = []


def day(text: str) -> datetime.date | None:
    """A validated `Day` as a date."""
    return datetime.date.fromisoformat(text) if text else None
