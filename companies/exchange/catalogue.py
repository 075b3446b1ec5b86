"""The catalogue as a directory of files:

    domains.yaml  technologies.yaml  sources.yaml  lists.yaml  companies/<slug>.yaml
    logos/<slug>.png

Each may be absent; what the others refer to must then be in the database. What is too long for one
file goes on in `sources-2.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic

from companies.exchange.logo_files import LOGOS, LogoFile, is_logo, read_logo
from companies.exchange.placed import AnyRow, Place, Placed, validated
from companies.exchange.problem import CatalogueError, Problem
from companies.exchange.progress import Bar, no_bar
from companies.exchange.schema import (
    ClaimRow,
    CompanyRow,
    DomainRow,
    GapRow,
    ListRow,
    Row,
    SourceRow,
    TechnologyRow,
)
from companies.exchange.yaml_document import Document, Location, read

COMPANIES = "companies"
LISTS = ("domains", "technologies", "sources", "lists")


class Table(Generic[AnyRow]):
    """The rows of one kind by name, whichever files they stand in."""

    def __init__(self) -> None:
        self.rows: dict[str, Placed[AnyRow]] = {}
        # Also of rows with mistakes: whatever refers to one of them has made none.
        self.places: dict[str, Place] = {}
        # A whole file of them could not be read, so that a name that isn't here may well be there.
        self.is_partial = False

    def __iter__(self) -> Iterator[Placed[AnyRow]]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)


@dataclass
class Catalogue:
    domains: Table[DomainRow] = field(default_factory=Table)
    technologies: Table[TechnologyRow] = field(default_factory=Table)
    sources: Table[SourceRow] = field(default_factory=Table)
    lists: Table[ListRow] = field(default_factory=Table)
    companies: Table[CompanyRow] = field(default_factory=Table)
    claims: Table[ClaimRow] = field(default_factory=Table)
    gaps: list[Placed[GapRow]] = field(default_factory=list)
    # By the slug of the company; None takes its logo off.
    logos: dict[str, LogoFile | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Whether the files say anything on these at all: what is said nowhere isn't withdrawn.
    has_lists: bool = False
    has_companies: bool = False
    has_logos: bool = False

    def add(
        self,
        table: Table[AnyRow],
        row_type: type[AnyRow],
        value: Any,
        place: Place,
        company: str = "",
    ) -> None:
        row = validated(row_type, value, place)
        if isinstance(row, list):
            self.problems += row
        name = _name(row_type, value)
        earlier = table.places.setdefault(name, place) if name else place
        if earlier is not place:
            self.problems.append(
                place.problem((_name_field(row_type),), f"is in {earlier} already")
            )
        elif isinstance(row, Row):
            table.rows[name] = Placed(row, place, company)

    def add_logo(self, found: LogoFile | Problem, slug: str) -> None:
        if isinstance(found, Problem):
            self.problems.append(found)
            return
        earlier = self.logos.setdefault(slug, found)
        if earlier and earlier is not found:
            self.problems.append(found.problem(f"there is {earlier.file} already"))

    def add_gap(self, value: Any, place: Place) -> None:
        """A gap of the company that the place names."""
        gap = validated(GapRow, value, place)
        if isinstance(gap, GapRow):
            self.gaps.append(Placed(gap, place, place.name))
        else:
            self.problems += gap


def read_catalogue(directory: Path, bar: Bar = no_bar) -> Catalogue:
    """Everything in the directory whose shape is right, and what is wrong with the rest.

    Raises CatalogueError if the directory isn't there or holds no catalogue.
    """
    catalogue = Catalogue()
    paths = list(files_in(directory))
    with bar("Reading files", len(paths)) as reading:
        for path in paths:
            take_file(catalogue, directory, path)
            reading.update(1)
    catalogue.has_lists = (directory / "lists.yaml").exists()
    catalogue.has_companies = (directory / COMPANIES).is_dir()
    catalogue.has_logos = (directory / LOGOS).is_dir()
    return catalogue


def take_file(catalogue: Catalogue, directory: Path, path: Path) -> None:
    """A file of the directory, whichever kind it is of."""
    file = path.relative_to(directory).as_posix()
    if path.parent == directory / LOGOS:
        catalogue.add_logo(read_logo(path, file), path.stem)
    else:
        take(catalogue, read(path, file))


def files_in(directory: Path, *, may_be_empty: bool = False) -> Iterator[Path]:
    """What is read of a directory; raises CatalogueError if that isn't one, or has nothing."""
    try:
        found = sorted(_yaml_in(directory)) + sorted(_yaml_in(directory / COMPANIES))
        if (directory / LOGOS).is_dir():
            found += sorted(filter(is_logo, (directory / LOGOS).iterdir()))
    except OSError as error:
        raise CatalogueError(f"{directory} can't be read: {error.strerror}.") from None
    if not directory.exists():
        raise CatalogueError(f"There is no directory {directory}.")
    if not directory.is_dir():
        raise CatalogueError(f"{directory} is a file; name the directory that holds the catalogue.")
    if not found and not may_be_empty:
        raise CatalogueError(
            f"{directory} holds no catalogue: no domains.yaml, technologies.yaml, sources.yaml, "
            "lists.yaml or companies/*.yaml."
        )
    yield from found


def _yaml_in(directory: Path) -> Iterator[Path]:
    if directory.is_dir():
        for path in directory.iterdir():
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
                yield path


def take(catalogue: Catalogue, document: Document) -> None:
    folder, _, name = document.file.rpartition("/")
    catalogue.problems += document.problems
    if folder == COMPANIES and name.endswith(".yaml"):
        _take_company(catalogue, document, name.removesuffix(".yaml"))
    elif list_file := LIST_FILE.fullmatch(document.file):
        kind = list_file["kind"]
        _take_list(catalogue, document, kind, _ROW_TYPES[kind])
    else:
        reason = "is not a file of a catalogue; rename it, or move it elsewhere"
        catalogue.problems.append(Problem(document.file, reason))


LIST_FILE = re.compile(rf"(?P<kind>{'|'.join(LISTS)})(?P<part>-[1-9][0-9]*)?\.yaml")
_ROW_TYPES: dict[str, type[Row]] = {
    "domains": DomainRow,
    "technologies": TechnologyRow,
    "sources": SourceRow,
    "lists": ListRow,
}


def _take_list(
    catalogue: Catalogue, document: Document, attribute: str, row_type: type[Row]
) -> None:
    table = getattr(catalogue, attribute)
    table.is_partial |= not isinstance(document.value, list)
    if document.is_unreadable:
        return
    for index, value in enumerate(_values(catalogue, document, document.value, ())):
        place = Place(document, (index,), _name(row_type, value) or f"row {index + 1}")
        catalogue.add(table, row_type, value, place)


def _take_company(catalogue: Catalogue, document: Document, slug: str) -> None:
    if document.is_unreadable:
        # Other files may still refer to it.
        catalogue.companies.places.setdefault(slug, Place(document, (), slug))
        return
    if not isinstance(document.value, dict):
        catalogue.problems.append(Problem(document.file, "must be a group of fields", 1))
        return
    values = dict(document.value)
    claims, gaps = values.pop("claims", []), values.pop("gaps", [])
    place = Place(document, (), _name(CompanyRow, values) or slug)
    catalogue.add(catalogue.companies, CompanyRow, values, place)
    if place.name != slug:
        reason = f"the file of this company is called {COMPANIES}/{place.name}.yaml"
        catalogue.problems.append(place.problem(("slug",), reason))
    take_claims(catalogue, document, claims, ("claims",), place.name)
    for index, value in enumerate(_values(catalogue, document, gaps, ("gaps",))):
        catalogue.add_gap(value, Place(document, ("gaps", index), place.name, ("gaps", index)))


def take_claims(
    catalogue: Catalogue, document: Document, claims: Any, location: Location, company: str
) -> None:
    """The claims of a company, which stand at this location of the document."""
    for index, value in enumerate(_values(catalogue, document, claims, location)):
        name = _name(ClaimRow, value) or f"claims[{index + 1}]"
        place = Place(document, (*location, index), name)
        catalogue.add(catalogue.claims, ClaimRow, value, place, company)


def _values(catalogue: Catalogue, document: Document, values: Any, location: Location) -> list[Any]:
    if isinstance(values, list):
        return values
    catalogue.problems.append(
        Place(document, (), "").problem(location, "must be a list, each entry after a hyphen")
    )
    return []


def _name_field(row_type: type[Row]) -> str:
    return next(iter(row_type.model_fields))


def _name(row_type: type[Row], value: Any) -> str:
    name = value.get(_name_field(row_type)) if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""
