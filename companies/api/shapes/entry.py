from __future__ import annotations

from pydantic import BaseModel

from companies.api.shapes.member import SITE, always, given
from companies.evidence import Tier
from companies.models import SourceKind, TechnologyKind


class Technology(BaseModel):
    slug: str = always("The technology's address within the site, and its name here.", "python")
    name: str = given("As its makers write it.", "Python")
    kind: TechnologyKind = given("What it is.", "language")
    website: str | None = given("Its own.", "https://www.python.org/")
    summary: str | None = given("One sentence.", "A general-purpose language.")
    companies: int = given("How many use it, by a claim. Who only left it doesn't count.", 21)
    url: str = given("Its page.", f"{SITE}/technologies/python/")


class Domain(BaseModel):
    slug: str = always("The domain's address within the site, and its name here.", "web-backend")
    name: str = given("The field of use.", "Web back ends")
    claims: int = given("How many speak of it; /claims?domain=… has them.", 34)
    url: str = given("Its page.", f"{SITE}/domains/web-backend/")


class Source(BaseModel):
    key: str = always(
        "The source's address within the site, and its name here.", "netflix-python-2019"
    )
    title: str = given("As the document has it.", "Python at Netflix")
    publisher: str = given("Who answers for it.", "Netflix Technology Blog")
    author: str | None = given("As shown there.", "Amjith Ramanujam; Ross McNairn")
    published_on: str | None = given("2016, 2016-05 or 2016-05-27.", "2019-04-29")
    kind: SourceKind = given("What kind of document it is.", "engineering_blog")
    tier: Tier = given("Who speaks.", "primary")
    accessed_on: str | None = given("The day one of us last read it.", "2026-01-15")
    note: str | None = given("What a careful reader should know.", "Written by seven teams.")
    statements: int = given("How many claims and citations name it; /claims?source=… has them.", 9)
    document_url: str = given("Where the document is.", "https://example.org/python-at-netflix")
    url: str = given("Its page, with the fact-check.", f"{SITE}/sources/netflix-python-2019/")
