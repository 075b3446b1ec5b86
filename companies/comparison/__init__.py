"""Companies side by side: `compare(companies)` gives columns and rows.

No HTTP and no HTML: the page, the CSV and the JSON are three ways to write down one `Comparison`.
Nothing is scored, averaged or ranked, and conflicting claims stand together in their cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from companies.comparison.sections import TITLES, sections
from companies.comparison.table import Cell, Columns, Comparison, Entry, Row, Section
from companies.models import Claim, Company, Gap

FEWEST, MOST = 2, 5

__all__ = [
    "FEWEST",
    "MOST",
    "TITLES",
    "Cell",
    "Comparison",
    "Entry",
    "Row",
    "Section",
    "compare",
    "side_by_side",
]


def compare(companies: Sequence[Company]) -> Comparison:
    """Compare published companies in the order given, in five queries however many there are.

    The companies come with their `parent` fetched.
    """
    claims = list(
        Claim.objects.published().filter(company__in=companies).with_parts().order_by("key")
    )
    gaps = list(Gap.objects.filter(company__in=companies).select_related("source"))
    return side_by_side(companies, claims, gaps)


def side_by_side(
    companies: Sequence[Company], claims: Sequence[Claim], gaps: Iterable[Gap]
) -> Comparison:
    """The same from what was fetched: `claims` with their parts, by key. Asks nothing more."""
    return Comparison(tuple(companies), sections(Columns(companies, claims, gaps)))
