from __future__ import annotations

from pydantic import BaseModel, Field

from companies.api.shapes.member import SITE, always, given
from companies.api.shapes.named import CompanyName, Document, DomainName, TechnologyName
from companies.models import ClaimKind, CompanyKind, Finding


class Gap(BaseModel):
    """A finding that there is nothing to record, which is more than silence."""

    claim_kind: ClaimKind | None = always("Of which kind there are no claims.", "quote")
    technology: TechnologyName | None = always("On which technology.", None)
    domain: DomainName | None = always("In which domain.", None)
    finding: Finding = always("Known not to, unknown after looking, or not applicable.", "unknown")
    looked_on: str = always("The day somebody looked.", "2026-01-15")
    source: Document | None = always("Who says so.", None)
    note: str | None = always("Where one looked.", "The engineering blog since 2015.")


class Company(BaseModel):
    slug: str = always("The company's address within the site, and its name here.", "netflix")
    name: str = given("As the company writes it today.", "Netflix")
    kind: CompanyKind = given("Company, organisation or project.", "company")
    aliases: list[str] = given("Other names people look for.", ["Netflix, Inc."])
    parent: CompanyName | None = given("The company that owns it, if that has a profile too.")
    founded: str | None = given("2016, 2016-05 or 2016-05-27.", "1997")
    headquarters: str | None = given("City, region, country.", "Los Gatos, California, USA")
    industry: str | None = given("In the words that other profiles use.", "Entertainment")
    website: str | None = given("Its own.", "https://www.netflix.com/")
    wikidata: str | None = given("Its item there.", "Q907311")
    logo: str | None = given("A PNG.", f"{SITE}/logos/0c2f.png")
    summary: str | None = given("What it does.", "Streams films and series.")
    claims: int = given("How many are published; /claims?company=… has them.", 18)
    gaps: list[Gap] = given("What somebody looked for and did not find.")
    url: str = given("Its page.", f"{SITE}/companies/netflix/")


class Listed(BaseModel):
    """A company on a list."""

    position: int = always("1 stands first; numbers may be missing.", 1)
    company: CompanyName = Field(description="Which one.")
    claims: int = always("How many are published.", 18)
    note: str | None = always("Why it is on the list.", "Its edge runs on Python.")


class CompanyList(BaseModel):
    slug: str = always("The list's address within the site, and its name here.", "users-of-python")
    title: str = given("What it lists.", "Big users of Python")
    summary: str | None = given("What joins these companies.", "Companies that say so themselves.")
    source: Document | None = given("Whose list it is, if it isn't our own.")
    companies: list[Listed] = given("In the order of the list.")
    url: str = given("Its page.", f"{SITE}/lists/users-of-python/")
