from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from companies.api.shapes.claim import Claim
from companies.api.shapes.company import Company, CompanyList
from companies.api.shapes.entry import Domain, Source, Technology
from companies.api.shapes.member import SITE, always
from companies.api.shapes.search import FacetCounts, Hit, Suggestion

Item = TypeVar("Item", bound=BaseModel)


class _Page(BaseModel, Generic[Item]):
    items: list[Item]
    next: str | None = always(
        "The address of the next page; null on the last.",
        f"{SITE}/api/v1/companies?cursor=WyIyZ…&limit=50",
    )
    next_cursor: str | None = always("The same as a value for `cursor`.", "WyIyZ…")


class Companies(_Page[Company]):
    pass


class Claims(_Page[Claim]):
    pass


class Technologies(_Page[Technology]):
    pass


class Domains(_Page[Domain]):
    pass


class Sources(_Page[Source]):
    pass


class Lists(_Page[CompanyList]):
    pass


class Hits(_Page[Hit]):
    """What a search found, the best first."""

    items: list[Hit] = Field(description="A page of them, in their order.")
    total: int = always(
        "How many matches are put in order, counted and listed: all there are, or where `is_cut`, "
        "the best 1,000.",
        18,
    )
    is_cut: bool = always(
        "Whether more than `total` match. Left out are those without the words in their names "
        "before those with them, and claims before companies and technologies.",
        False,
    )
    corrected: str | None = always(
        "Nothing has all the words of `q`; what was found has these.", None
    )
    is_beginning: bool = always(
        "Nothing has the last word of `q` as it is; what was found has one that begins so.", False
    )
    facets: list[FacetCounts] = Field(description="How the `total` divides.")


class Suggestions(BaseModel):
    items: list[Suggestion] = Field(description="At most eight, the likeliest first.")
