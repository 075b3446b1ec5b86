"""The shape of a comparison: columns, and sections of rows with one cell per column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.models import Claim, ClaimKind, Company, Finding, Gap

NOT_RECORDED = _("not recorded")
NOT_APPLICABLE = _("not applicable")
_FINDINGS = {
    Finding.NONE: pgettext_lazy("finding", "none"),
    Finding.UNKNOWN: _("unknown after looking"),
    Finding.NOT_APPLICABLE: NOT_APPLICABLE,
}


@dataclass(frozen=True)
class Entry:
    """One statement in a cell, with the claim that evidences it or the address that shows more."""

    words: str
    claim: Claim | None = None
    address: str = ""
    # Whether all of the words are the catalogue's, in its language whatever that of the page.
    is_stored: bool = False


@dataclass(frozen=True)
class Cell:
    """What one company has in a row; an empty one says which kind of empty it is."""

    company: Company
    entries: tuple[Entry, ...]
    empty: str = ""
    gap: Gap | None = None

    @property
    def face(self) -> frozenset[str]:
        return frozenset(entry.words for entry in self.entries) or frozenset([self.empty])


@dataclass(frozen=True)
class Row:
    """One thing compared. `note` says in a sentence what to know before comparing the cells.

    `reasons` are the parts of the sentence, where it says why they do not compare.
    """

    label: str
    cells: tuple[Cell, ...]
    note: str = ""
    address: str = ""
    is_unlike: bool = False
    reasons: tuple[str, ...] = ()
    # Whether the label is in the catalogue's words.
    is_stored: bool = False

    @property
    def is_same(self) -> bool:
        """Whether all say the same; equal numbers of unlike things do not."""
        return not self.is_unlike and len({cell.face for cell in self.cells}) == 1


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    companies: tuple[Company, ...]
    sections: tuple[Section, ...]

    @property
    def row_count(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @property
    def claims(self) -> list[Claim]:
        """Each that any cell rests on, once."""
        cells = (cell for section in self.sections for row in section.rows for cell in row.cells)
        claims = (entry.claim for cell in cells for entry in cell.entries if entry.claim)
        return list({claim.pk: claim for claim in claims}.values())

    def differences(self) -> Comparison:
        """Without the rows in which every company's cell says the same."""
        kept = [
            replace(section, rows=tuple(row for row in section.rows if not row.is_same))
            for section in self.sections
        ]
        return replace(self, sections=tuple(section for section in kept if section.rows))


class Columns:
    """Lays statements out over the companies compared."""

    def __init__(
        self, companies: Sequence[Company], claims: Sequence[Claim], gaps: Iterable[Gap]
    ) -> None:
        self.companies = companies
        self.claims = claims
        self._gaps: dict[int, list[Gap]] = defaultdict(list)
        for gap in gaps:
            self._gaps[gap.company_id].append(gap)

    def of_kind(self, *kinds: ClaimKind) -> list[Claim]:
        return [claim for claim in self.claims if claim.kind in kinds]

    def row(  # noqa: PLR0913 - a subject has three parts, each optional
        self,
        label: str,
        statements: Iterable[tuple[Claim, str]],
        *,
        kind: str = "",
        technology_id: int | None = None,
        domain_id: int | None = None,
        note: str = "",
        address: str = "",
        is_unlike: bool = False,
        reasons: Iterable[str] = (),
        is_stored: bool = False,
        are_entries_stored: bool = False,
    ) -> Row:
        """A row of claims, each in the words given; the subject decides what an empty cell says."""
        by_company: dict[int, list[Entry]] = defaultdict(list)
        for claim, words in statements:
            by_company[claim.company_id].append(Entry(words, claim, is_stored=are_entries_stored))
        cells = []
        for company in self.companies:
            entries = tuple(by_company[company.pk])
            gap = None if entries else self._gap(company, kind, technology_id, domain_id)
            empty = _FINDINGS[Finding(gap.finding)] if gap else NOT_RECORDED
            cells.append(Cell(company, entries, "" if entries else str(empty), gap))
        return Row(label, tuple(cells), note, address, is_unlike, tuple(reasons), is_stored)

    def facts(
        self,
        label: str,
        fact: Callable[[Company], Entry | None],
        empty: Callable[[Company], str | Promise] = lambda company: NOT_RECORDED,
    ) -> Row:
        """A row of what the company's own record says."""
        cells = []
        for company in self.companies:
            entry = fact(company)
            cells.append(
                Cell(company, (entry,)) if entry else Cell(company, (), str(empty(company)))
            )
        return Row(label, tuple(cells))

    def has_gap(self, technology_id: int) -> bool:
        """Whether somebody looked for the technology in one of these companies."""
        gaps = (gap for found in self._gaps.values() for gap in found)
        return any(gap.technology_id == technology_id for gap in gaps)

    def _gap(
        self, company: Company, kind: str, technology_id: int | None, domain_id: int | None
    ) -> Gap | None:
        """The narrowest finding that covers the cell: each part of its subject is the cell's."""
        covering = [
            gap
            for gap in self._gaps[company.pk]
            if gap.claim_kind in ("", kind)
            and gap.technology_id in (None, technology_id)
            and gap.domain_id in (None, domain_id)
        ]
        return max(
            covering,
            key=lambda gap: bool(gap.claim_kind) + bool(gap.technology_id) + bool(gap.domain_id),
            default=None,
        )
