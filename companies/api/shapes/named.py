from __future__ import annotations

from pydantic import BaseModel

from companies.api.shapes.member import SITE, always
from companies.evidence import Tier
from companies.models import SourceKind


class CompanyName(BaseModel):
    slug: str = always("The company's address within the site.", "netflix")
    name: str = always("As the company writes it today.", "Netflix")
    url: str = always("Its page.", f"{SITE}/companies/netflix/")


class TechnologyName(BaseModel):
    slug: str = always("The technology's address within the site.", "python")
    name: str = always("As its makers write it.", "Python")


class DomainName(BaseModel):
    slug: str = always("The domain's address within the site.", "web-backend")
    name: str = always("The field of use.", "Web back ends")


class Document(BaseModel):
    """A source as far as a citation of it needs."""

    key: str = always("The source's address within the site.", "netflix-python-2019")
    url: str = always("Where the document is.", "https://example.org/python-at-netflix")
    title: str = always("As the document has it.", "Python at Netflix")
    publisher: str = always("Who answers for it.", "Netflix Technology Blog")
    author: str | None = always("As shown there; several are set apart by “; ”.", None)
    published_on: str | None = always("2016, 2016-05 or 2016-05-27.", "2019-04-29")
    kind: SourceKind = always("What kind of document it is.", "engineering_blog")
    tier: Tier = always(
        "Who speaks: the company itself (primary), somebody reporting (secondary), or we who "
        "counted (measured).",
        "primary",
    )
