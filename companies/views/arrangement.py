from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from companies.comparison import FEWEST, TITLES
from companies.models import Company

SEPARATOR = "-vs-"


@dataclass(frozen=True)
class Arrangement:
    """Which companies a comparison shows and how: its whole state, which its address carries.

    `slugs` are in the order of the columns. The path names them in alphabetical order, so that a
    set of companies has one address, and what differs from the plain page follows the “?”.
    """

    slugs: tuple[str, ...]
    differences: bool = False
    folded: tuple[str, ...] = ()
    # The day of an archive, so that it can be arranged as well.
    as_of: str = ""

    @property
    def path(self) -> str:
        return comparison_address(self.slugs)

    @property
    def parameters(self) -> dict[str, str]:
        """What a link or a form on the page has to say for the state to last."""
        found = {}
        if self.differences:
            found["differences"] = "on"
        if self.folded:
            found["folded"] = ",".join(self.folded)
        if list(self.slugs) != sorted(self.slugs):
            found["order"] = ",".join(self.slugs)
        if self.as_of:
            found["as_of"] = self.as_of
        return found

    @property
    def address(self) -> str:
        return self.address_with()

    def address_with(self, **further: str) -> str:
        query = urlencode(self.parameters | further, safe=",")
        return f"{self.path}?{query}" if query else self.path

    def without(self, slug: str) -> Arrangement:
        return replace(self, slugs=tuple(other for other in self.slugs if other != slug))

    def along_with(self, slug: str) -> Arrangement:
        """With one more: last, unless the others are in the order of the alphabet."""
        slugs = (*self.slugs, slug)
        return replace(self, slugs=slugs if "order" in self.parameters else tuple(sorted(slugs)))

    def moved(self, slug: str, places: int) -> Arrangement | None:
        """With the company so many columns further right; None past either end."""
        start = self.slugs.index(slug)
        if not 0 <= start + places < len(self.slugs):
            return None
        others = [other for other in self.slugs if other != slug]
        others.insert(start + places, slug)
        return replace(self, slugs=tuple(others))

    def toggled(self, section: str) -> Arrangement:
        if section in self.folded:
            return self.folding(key for key in self.folded if key != section)
        return self.folding((*self.folded, section))

    def folding(self, sections: Iterable[str]) -> Arrangement:
        """With these sections folded, named in the order of the page whatever the order here."""
        folded = set(sections)
        return replace(self, folded=tuple(key for key in TITLES if key in folded))


def comparison_address(slugs: Sequence[str]) -> str:
    """The one address of a set of companies: in alphabetical order."""
    return reverse("companies:comparison", args=[SEPARATOR.join(sorted(slugs))])


class Column(NamedTuple):
    """A company with the addresses of the comparison after a change to its column, if it can be.

    Each leads to where a keyboard goes on: to the arrow that was pressed, or to the next column.
    """

    company: Company
    removed: str
    further_left: str
    further_right: str


def columns(companies: Sequence[Company], arrangement: Arrangement) -> list[Column]:
    found = []
    for place, company in enumerate(companies):
        others = [*companies[place + 1 :], *reversed(companies[:place])]
        removed = (
            f"{arrangement.without(company.slug).address}#column-{others[0].slug}"
            if len(companies) > FEWEST
            else ""
        )
        left, right = (_moved_column(arrangement, company.slug, places) for places in (-1, 1))
        found.append(Column(company, removed, left, right))
    return found


def _moved_column(arrangement: Arrangement, slug: str, places: int) -> str:
    moved = arrangement.moved(slug, places)
    if moved is None:
        return ""
    goes_on = bool(moved.moved(slug, places))
    arrow = "left" if (places < 0) is goes_on else "right"
    return f"{moved.address}#{arrow}-{slug}"
