from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel

from companies.api.shapes.claim import Claim
from companies.api.shapes.company import Company, CompanyList
from companies.api.shapes.entry import Domain, Source, Technology
from companies.api.shapes.member import SITE, always

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
