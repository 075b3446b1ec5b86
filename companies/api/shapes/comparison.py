from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from companies.api.shapes.member import AS_OF, SITE, always
from companies.api.shapes.named import CompanyName, Document
from companies.comparison import TITLES
from companies.evidence import Grade


class Evidence(BaseModel):
    """What a claim rests on, in short."""

    key: str = always("The claim's permanent name.", "netflix-01")
    grade: Grade = always("How well it is evidenced.", "primary")
    disputed: bool = always("Whether a citation contradicts it.", False)
    as_of: str | None = always(AS_OF, "2016-05")
    basis: str | None = always("What is counted.", "lines of code")
    scope: str | None = always("What part of the company it speaks of.", None)
    source: Document = Field(description="What it rests on.")
    locator: str | None = always("Where in the source.", "Section 3")
    url: str = always("The claim's permanent page.", f"{SITE}/claims/netflix-01/")


class Statement(BaseModel):
    text: str = always("In words, as in the cell of the page.", "about 60%")
    claim: Evidence | None = Field(
        description="The claim that says so; null for what the profile itself records."
    )
    url: str | None = always("Where there is more.", f"{SITE}/claims/netflix-01/")


class Cell(BaseModel):
    company: str = always("The company's slug.", "netflix")
    statements: list[Statement] = Field(description="Conflicting ones stand together.")
    empty: str | None = always("Which kind of empty it is, if it is.", None)


class Row(BaseModel):
    label: str = always("What is compared.", "Python")
    note: str | None = always("What to know before comparing the cells.", None)
    comparable: bool = always("Whether the cells count the same thing.", True)
    cells: list[Cell] = Field(description="One for each company, in the order asked for.")


class Section(BaseModel):
    key: Literal[tuple(TITLES)] = always("Which section.", "shares")  # type: ignore[valid-type]
    title: str = always("In words.", "Codebase shares")
    rows: list[Row] = Field(description="All that any of the companies has a statement for.")


class Comparison(BaseModel):
    """Companies side by side. Nothing is scored, averaged or ranked."""

    companies: list[CompanyName] = Field(description="The columns.")
    sections: list[Section] = Field(description="All that have a row.")
    url: str = always("Its page.", f"{SITE}/compare/netflix-vs-spotify/")
