"""Which company of the database a file speaks of, also when its slug has changed."""

from __future__ import annotations

from collections.abc import Iterator

from companies.exchange.catalogue import Catalogue
from companies.exchange.placed import Placed
from companies.exchange.problem import Problem
from companies.exchange.schema import CompanyRow
from companies.models import Company, FormerSlug


class Identity:
    """A file whose slug is new, but which names a stored company's as a former one, renames it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.problems: list[Problem] = []
        self._files = catalogue.companies
        self._slugs = set(Company.objects.values_list("slug", flat=True))
        self._stored = {slug: slug for slug in self._files.places if slug in self._slugs}
        for company in self._files:
            if company.row.slug not in self._slugs:
                self._stored |= self._renamed(company)
        self._in_files = {stored: slug for slug, stored in self._stored.items()}
        self.problems += self._addresses_taken()

    def stored_slug(self, slug: str) -> str:
        """The slug in the database of the company that is called `slug`; empty if it is new."""
        return self._stored.get(slug, slug if slug in self._slugs else "")

    def slug(self, stored_slug: str) -> str:
        """What a company of the database is called once the files are loaded."""
        return self._in_files.get(stored_slug, stored_slug)

    def is_in_files(self, stored_slug: str) -> bool:
        return stored_slug in self._in_files

    def slugs(self) -> set[str]:
        """Every company there is once the files are loaded."""
        return {self.slug(stored) for stored in self._slugs} | set(self._files.places)

    def _renamed(self, company: Placed[CompanyRow]) -> dict[str, str]:
        former = [
            slug
            for slug in dict.fromkeys(company.row.former_slugs)
            if slug in self._slugs and slug not in self._files.places
        ]
        if len(former) > 1:
            names = " and ".join(former)
            reason = f"{names} are companies of their own in the database; make them one there"
            self.problems.append(company.problem(reason, "former_slugs"))
        return {company.row.slug: former[0]} if former else {}

    def _addresses_taken(self) -> Iterator[Problem]:
        """An address leads to one company: the one that has it, or the one that had it once."""
        current = dict.fromkeys(self._slugs - set(self._in_files), "a company in the database")
        current |= {slug: f"the company in {place}" for slug, place in self._files.places.items()}
        former = {
            slug: f"{owner} in the database"
            for slug, owner in FormerSlug.objects.values_list("slug", "company__slug")
            if owner not in self._in_files
        }
        for company in self._files:
            if company.row.slug in former:
                owner = former[company.row.slug]
                yield company.problem(f"is a former slug of {owner}, and leads there", "slug")
        for company in self._files:
            for index, slug in enumerate(company.row.former_slugs):
                taken_by = current.get(slug) or former.get(slug)
                if taken_by:
                    yield company.problem(f"is taken by {taken_by}", "former_slugs", index)
                former.setdefault(slug, f"the company in {company.place}")
