"""The kinds of entries that files of one table hold, and what they are in the schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from companies.exchange.schema import (
    ClaimRow,
    CompanyRow,
    Row,
    Slug,
    SourceRow,
    TechnologyRow,
)
from companies.models import ImportKind, Subject


class _OfCompany(Row):
    company: Slug


class ClaimTableRow(ClaimRow, _OfCompany):
    """A claim outside its company's file says whose it is; first, as in a revision."""


@dataclass(frozen=True)
class TableKind:
    """`row_type` is checked, `table_type` has the columns; `attribute` is that of a Catalogue."""

    kind: ImportKind
    subject: Subject
    row_type: type[Any]
    table_type: type[Row]
    attribute: str
    name: str

    @property
    def nouns(self) -> str:
        return self.kind.label.lower()


KINDS: dict[str, TableKind] = {
    kind.kind: kind
    for kind in (
        TableKind(ImportKind.CLAIMS, Subject.CLAIM, ClaimRow, ClaimTableRow, "claims", "key"),
        TableKind(
            ImportKind.COMPANIES, Subject.COMPANY, CompanyRow, CompanyRow, "companies", "slug"
        ),
        TableKind(ImportKind.SOURCES, Subject.SOURCE, SourceRow, SourceRow, "sources", "key"),
        TableKind(
            ImportKind.TECHNOLOGIES,
            Subject.TECHNOLOGY,
            TechnologyRow,
            TechnologyRow,
            "technologies",
            "slug",
        ),
    )
}
