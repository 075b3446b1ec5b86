from __future__ import annotations

from pydantic import BaseModel, Field

from companies.api.shapes.member import AS_OF, SITE, Number, always, given
from companies.api.shapes.named import CompanyName, Document, DomainName, TechnologyName
from companies.evidence import Agreement, Grade
from companies.figure import Qualifier
from companies.models import ClaimKind, Role


class Figure(BaseModel):
    value: Number | None = always("The number; null where the source gives none.", 14)
    before: Number | None = always("The number before the change.", 750)
    unit: str = always("What is counted.", "milliseconds")
    qualifier: Qualifier | None = always("How exactly the source states it.", "about")
    as_worded: str | None = always("The source's words where it gives no plain number.", None)
    in_words: str = always("As a reader would say it.", "750 → about 14 milliseconds")


class Quotation(BaseModel):
    words: str = always("Word for word.", "Python is used by all of us.")
    speaker: str | None = always("Who says it; or else the source's author does.", "A. Engineer")
    speaker_role: str | None = always("At the time.", "Engineer, Netflix")


class NamedTechnology(BaseModel):
    technology: TechnologyName = Field(description="Which one.")
    role: Role = always("What the company did with it.", "uses")
    version: str | None = always("If stated.", "3.7")
    reason: str | None = always("Why, in a few words.", "Fast to write")


class Share(BaseModel):
    technology: TechnologyName = Field(description="Which one.")
    version: str | None = always("If stated.", None)
    percentage: Number = always("Of what `basis` names, between 0 and 100.", 60)
    qualifier: Qualifier = always("How exactly the source states it.", "about")


class Citation(BaseModel):
    """A further source set against the claim."""

    source: Document = Field(description="Which document says so.")
    agreement: Agreement = always("How it stands to the claim.", "differs")
    as_reported: str | None = always("How this source puts it.", "Netflix is all Python.")
    locator: str | None = always("Where in the source.", "Section 2")
    note: str | None = always("What exactly differs.", "It leaves out the Java services.")


class Claim(BaseModel):
    """One sourced statement about a company."""

    key: str = always("The claim's permanent name.", "netflix-01")
    company: CompanyName = given("Whom it speaks of.")
    kind: ClaimKind = given("What it is about.", "migration")
    title: str = given("A headline of a few words.", "Faster start pages")
    text: str = given("The statement in our words.", "Start pages are built in 14 ms.")
    domain: DomainName | None = given("The field of use.")
    scope: str | None = given(
        "What part of the company it speaks of; null is the whole.", "Backend services"
    )
    basis: str | None = given(
        "What is counted. Figures compare only where this is the same.", "requests"
    )
    as_of: str | None = given(AS_OF, "2016-05")
    figure: Figure | None = given("The number it states.")
    quotation: Quotation | None = given("Words that somebody said.")
    technologies: list[NamedTechnology] = given("The technologies it names.")
    shares: list[Share] = given("Parts of a codebase. They need not sum to 100.")
    grade: Grade = given(
        "How well it is evidenced: measured, primary, corroborated or reported.", "primary"
    )
    disputed: bool = given("Whether a citation contradicts it.", False)
    source: Document = given("What it rests on.")
    locator: str | None = given("Where in the source: page, section, minute.", "Section 3")
    note: str | None = given("What a careful reader should know.", "Measured at the median.")
    citations: list[Citation] = given("Further sources, and how they stand to it.")
    checked_on: str | None = given("The day it was last held against its source.", "2026-01-15")
    url: str = given("Its permanent page.", f"{SITE}/claims/netflix-01/")
