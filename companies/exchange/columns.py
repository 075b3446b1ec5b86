"""The fields of the files as columns of the tables."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from companies.exchange.schema import (
    CitationRow,
    ClaimRow,
    ClaimTechnologyRow,
    CompanyRow,
    FigureRow,
    GapRow,
    ListRow,
    Row,
    ShareRow,
    day,
)
from companies.exchange.table_write import Part, Target, Values
from companies.models import (
    Citation,
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyAlias,
    CompanyList,
    CompanyListEntry,
    Domain,
    FormerSlug,
    FormerSourceKey,
    FormerTechnologySlug,
    Gap,
    Source,
    Technology,
)

_GAP = ("claim_kind", "technology_id", "domain_id", "finding", "source_id", "looked_on", "note")
_TECHNOLOGY = ("technology_id", "role", "version", "reason")
_SHARE = ("technology_id", "version", "percentage", "qualifier")
_CITATION = ("source_id", "agreement", "as_reported", "locator", "note")

DOMAINS = Target(Domain, "slug", provisional=("name", "… {pk}"))
TECHNOLOGIES = Target(
    Technology,
    "slug",
    (Part(FormerTechnologySlug, "technology_id", ("slug",)),),
    provisional=("name", "… {pk}"),
)
SOURCES = Target(
    Source,
    "key",
    (Part(FormerSourceKey, "source_id", ("key",)),),
    provisional=("url", "https://provisional.invalid/{pk}"),
)
COMPANIES = Target(
    Company,
    "slug",
    (
        Part(CompanyAlias, "company_id", ("name",)),
        Part(FormerSlug, "company_id", ("slug",)),
        Part(Gap, "company_id", _GAP),
    ),
)
CLAIMS = Target(
    Claim,
    "key",
    (
        Part(ClaimTechnology, "claim_id", _TECHNOLOGY),
        Part(CodebaseShare, "claim_id", _SHARE),
        Part(Citation, "claim_id", _CITATION),
    ),
)
LISTS = Target(
    CompanyList,
    "slug",
    (Part(CompanyListEntry, "company_list_id", ("company_id", "note"), position="position"),),
)

# What isn't a column of the same name with the same value.
_REFERENCES = {"parent", "domain", "source", "technology", "company"}
_PARTS = {
    "aliases",
    "former_slugs",
    "former_keys",
    "gaps",
    "claims",
    "figure",
    "technologies",
    "shares",
    "citations",
    "entries",
}
_DAYS = {"accessed_on", "checked_on", "looked_on"}
_NO_FIGURE = FigureRow.model_construct(unit="")


class Ids:
    """Primary keys by slug or key."""

    def __init__(self) -> None:
        self._ids: dict[type[Model], dict[str, int]] = {}

    def read(self, target: Target[Any]) -> None:
        self._ids[target.model] = target.ids()

    def of(self, model: type[Model], name: str) -> int | None:
        return self._ids[model][name] if name else None


def plain(row: Row) -> dict[str, Any]:
    """The columns that are called and filled like their fields."""
    values = {
        name: getattr(row, name)
        for name in type(row).model_fields
        if name not in _REFERENCES | _PARTS
    }
    return {name: day(value) if name in _DAYS else value for name, value in values.items()}


def former_names(row: Row) -> tuple[list[Values], ...]:
    """The parts of a row whose only part its former names are; none of one that has none."""
    for field in ("former_slugs", "former_keys"):
        if field in type(row).model_fields:
            return ([(name,) for name in getattr(row, field)],)
    return ()


def company_parts(row: CompanyRow, gaps: list[Values]) -> tuple[list[Values], ...]:
    return (
        [(name,) for name in row.aliases],
        [(slug,) for slug in row.former_slugs],
        gaps,
    )


def gap(row: GapRow, ids: Ids) -> Values:
    return _values(_GAP, row, ids)


def claim(row: ClaimRow, company: str, ids: Ids) -> dict[str, Any]:
    figure = row.figure or _NO_FIGURE
    return plain(row) | {
        "company_id": ids.of(Company, company),
        "domain_id": ids.of(Domain, row.domain),
        "source_id": ids.of(Source, row.source),
        **{f"figure_{name}": getattr(figure, name) for name in FigureRow.model_fields},
    }


def claim_parts(row: ClaimRow, ids: Ids) -> tuple[list[Values], ...]:
    return (
        [_values(_TECHNOLOGY, named, ids) for named in row.technologies],
        [_values(_SHARE, share, ids) for share in row.shares],
        [_values(_CITATION, citation, ids) for citation in row.citations],
    )


def company_list(row: ListRow, ids: Ids) -> dict[str, Any]:
    return plain(row) | {"source_id": ids.of(Source, row.source)}


def list_parts(row: ListRow, ids: Ids) -> tuple[list[Values], ...]:
    return ([(ids.of(Company, entry.company), entry.note) for entry in row.entries],)


def _values(
    names: tuple[str, ...], row: GapRow | ClaimTechnologyRow | ShareRow | CitationRow, ids: Ids
) -> Values:
    """One row of a part, its columns in the order of `names`."""
    values = plain(row)
    for name, model in (("technology", Technology), ("domain", Domain), ("source", Source)):
        if name in type(row).model_fields:
            values[f"{name}_id"] = ids.of(model, getattr(row, name))
    return tuple(values[name] for name in names)
