"""What a test asks of a comparison."""

from __future__ import annotations

from typing import Any

from companies.comparison import Comparison, Row
from companies.models import ClaimKind, Company
from tests.factories import ClaimFactory


def rows_of(comparison: Comparison, section_key: str) -> list[Row]:
    return [row for s in comparison.sections if s.key == section_key for row in s.rows]


def words(row: Row) -> list[list[str] | str]:
    return [[entry.words for entry in cell.entries] or cell.empty for cell in row.cells]


def share(company: Company, percentage: float, **claim: Any) -> None:
    ClaimFactory(
        company=company, kind=ClaimKind.CODEBASE_SHARE, shares={"Python": percentage}, **claim
    )
