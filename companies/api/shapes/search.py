from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

from companies.api.shapes.comparison import Evidence
from companies.api.shapes.member import SITE, always, given
from companies.api.shapes.named import CompanyName
from companies.search import Facet


class HitKind(StrEnum):
    """The kinds by which a search can be narrowed; the keys of `companies.search.KINDS`."""

    COMPANY = "company"
    TECHNOLOGY = "technology"
    USE_CASE = "use_case"
    CODEBASE_SHARE = "codebase_share"
    KEY_FIGURE = "key_figure"
    DECISION = "decision"
    MIGRATION = "migration"
    STRENGTH = "strength"
    WEAKNESS = "weakness"
    QUOTE = "quote"
    OPEN_SOURCE = "open_source"


_PARTS = [
    {"text": "Faster ", "is_match": False},
    {"text": "start", "is_match": True},
    {"text": " pages", "is_match": False},
]


class Part(BaseModel):
    text: str = always("Plain text; what looks like markup in it is none.", "start")
    is_match: bool = always("Whether it was looked for.", True)


class MatchedField(BaseModel):
    field: str = always(
        "Which one: title, text, quotation, company, technologies, domain, speaker, speaker_role, "
        "scope, basis, figure, note, kind, aliases, summary, industry or headquarters. There may "
        "be more one day.",
        "title",
    )
    parts: list[Part] = always(
        "Its text in pieces, to be put together as they stand. Of a long one that around the first "
        "match, with … where it was cut.",
        _PARTS,
    )


class Hit(BaseModel):
    """A company, technology or claim that was found."""

    subject: Literal["company", "technology", "claim"] = always("What it is.", "claim")
    key: str = always("The slug of a company or technology, the key of a claim.", "netflix-01")
    kind: HitKind = given("What `kind` narrows the search to: of a claim, its own.", "migration")
    title: str = given(
        "The name of a company or technology, or a claim's title.", "Faster start pages"
    )
    text: str | None = given(
        "What a claim says, or the summary of a company or technology.",
        "Start pages are built in 14 ms.",
    )
    matched: list[MatchedField] = given(
        "The fields in which something was found. None where there was nothing to look for but "
        "what the search is narrowed to."
    )
    company: CompanyName | None = given("Whom a claim speaks of.")
    claim: Evidence | None = given("What a claim rests on; null of what is none.")
    url: str = given("Its page.", f"{SITE}/claims/netflix-01/")
    api_url: str = given("Where this API has all of it.", f"{SITE}/api/v1/claims/netflix-01")


class FacetValue(BaseModel):
    value: str = always("What to ask for, as in `?kind=migration`.", "migration")
    label: str = always("In words.", "Migration")
    matches: int = always("How many of the `total` have it.", 12)
    is_chosen: bool = always("Whether the search is narrowed to it.", False)


class FacetCounts(BaseModel):
    """What the search can be narrowed to, next."""

    facet: Facet = always("The parameter's name.", "kind")
    values: list[FacetValue] = Field(
        description="Those that most matches have first, years from the last back."
    )
    is_cut: bool = always("Whether there are further values, which fewer matches have.", False)


class Suggestion(BaseModel):
    name: str = always("The name that begins so, which may be another name of it.", "Netflix")
    subject: Literal["company", "technology"] = always("Whose name it is.", "company")
    key: str = always("The slug of the company or technology.", "netflix")
    url: str = always("Its page.", f"{SITE}/companies/netflix/")
