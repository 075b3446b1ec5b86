"""Names by which entries were called before they were merged or renamed, and what they mean now.

A revision, a proposal or an old file may speak of a source that has become one with another. Its
references are rewritten before any rule looks at them, so that rules judge what will be stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Model

from companies.exchange.catalogue import Catalogue, Table
from companies.exchange.identity import Identity
from companies.exchange.placed import AnyRow, Placed
from companies.exchange.problem import Problem
from companies.exchange.schema import CitationRow, ClaimTechnologyRow, EntryRow, GapRow, Row
from companies.models import FormerSlug, FormerSourceKey, FormerTechnologySlug, Source, Technology

REASON_LENGTH = 300
NOTE_LENGTH = 600


class _Kind(NamedTuple):
    """Entries whose name is permanent, so that only a merge makes it a former one."""

    noun: str
    model: type[Model]
    name: str
    former: type[Model]
    former_name: str
    owner: str
    field: str


_TECHNOLOGY = _Kind(
    "technology",
    Technology,
    "slug",
    FormerTechnologySlug,
    "slug",
    "technology__slug",
    "former_slugs",
)
_SOURCE = _Kind("source", Source, "key", FormerSourceKey, "key", "source__key", "former_keys")


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """An address leads to one entry: the one that has it, or the one that took it over."""
    yield from _taken(_TECHNOLOGY, catalogue.technologies)
    yield from _taken(_SOURCE, catalogue.sources)


def _taken(kind: _Kind, table: Table[Any]) -> Iterator[Problem]:
    stored = kind.model._default_manager.values_list(kind.name, flat=True)
    current = dict.fromkeys(stored, f"a {kind.noun} in the database")
    current |= {name: f"the {kind.noun} in {place}" for name, place in table.places.items()}
    former = {
        name: f"{owner} in the database"
        for name, owner in _stored(kind.former, kind.former_name, kind.owner)
        if owner not in table.places
    }
    for row in table:
        if row.place.name in former:
            reason = f"is a former {kind.name} of {former[row.place.name]}, and leads there"
            yield row.problem(reason, kind.name)
    for row in table:
        for index, name in enumerate(getattr(row.row, kind.field)):
            taken_by = current.get(name) or former.get(name)
            if taken_by:
                yield row.problem(f"is taken by {taken_by}", kind.field, index)
            former.setdefault(name, f"the {kind.noun} in {row.place}")


def _stored(former: type[Model], name: str, owner: str) -> Iterable[tuple[str, str]]:
    return former._default_manager.values_list(name, owner)


# -- references


def in_current_names(catalogue: Catalogue, identity: Identity) -> None:
    """Rewrite what refers to a former name. Rows that say the same thereafter become one."""
    companies = _today(
        catalogue.companies,
        "former_slugs",
        _stored(FormerSlug, "slug", "company__slug"),
        identity.is_in_files,
    )
    names = {
        "technology": _today_of(_TECHNOLOGY, catalogue.technologies),
        "source": _today_of(_SOURCE, catalogue.sources),
        "company": companies,
        "parent": companies,
    }
    if not any(names.values()):
        return
    for table in (catalogue.companies, catalogue.lists, catalogue.claims):
        rows: dict[str, Placed[Any]] = table.rows
        for name, placed in rows.items():
            company = companies.get(placed.company, placed.company)
            rows[name] = replace(placed, row=_renamed(placed.row, names), company=company)
    catalogue.gaps = _without_repeated(catalogue.gaps, names)


def _today_of(kind: _Kind, table: Table[Any]) -> dict[str, str]:
    stored = _stored(kind.former, kind.former_name, kind.owner)
    return _today(table, kind.field, stored, lambda owner: owner in table.rows)


def _today(
    table: Table[Any],
    field: str,
    stored: Iterable[tuple[str, str]],
    is_in_files: Callable[[str], bool],
) -> dict[str, str]:
    """What each former name means once the files are loaded."""
    today = {former: owner for former, owner in stored if not is_in_files(owner)}
    today |= {former: row.place.name for row in table for former in getattr(row.row, field)}
    return {former: name for former, name in today.items() if former not in table.places}


def _renamed(row: AnyRow, names: dict[str, dict[str, str]]) -> AnyRow:
    changes: dict[str, Any] = {}
    for field, today in names.items():
        if field in type(row).model_fields and getattr(row, field) in today:
            changes[field] = today[getattr(row, field)]
    for field in ("technologies", "shares", "citations", "entries"):
        if field in type(row).model_fields:
            parts = getattr(row, field)
            renamed = [_renamed(part, names) for part in parts]
            if renamed != parts:
                changes[field] = _as_one(renamed)
    if not changes:
        return row
    row = row.model_copy(update=changes)
    if "citations" in type(row).model_fields:
        row = row.model_copy(update={"citations": _of_others(row)})
    return row


def _of_others(claim: Any) -> list[CitationRow]:
    """Without those that only say once more that the claim's own source agrees with it."""
    return [
        citation
        for citation in claim.citations
        if citation.source != claim.source or not agrees_silently(citation, claim)
    ]


def agrees_silently(citation: Any, claim: Any) -> bool:
    """Whether a citation, as a row or a record, says nothing of its own beside the claim."""
    return (
        citation.agreement == "agrees"
        and not citation.as_reported
        and not citation.note
        and citation.locator in ("", claim.locator)
    )


def _as_one(parts: Sequence[Row]) -> list[Row]:
    """Parts that stand for the same become one where nothing is lost by it."""
    kept: dict[Any, Row] = {}
    for number, part in enumerate(parts):
        key = _subject(part) or number
        together = _together(kept[key], part) if key in kept else part
        kept[key if together else number] = together or part
    return list(kept.values())


def _subject(part: Row) -> tuple[str, ...]:
    if isinstance(part, ClaimTechnologyRow):
        return part.technology, part.role, part.version
    if isinstance(part, CitationRow):
        return part.source, part.as_reported, part.agreement, part.locator, part.note
    return (part.company,) if isinstance(part, EntryRow) else ()


def _together(first: Row, second: Row) -> Row | None:
    if isinstance(first, ClaimTechnologyRow) and isinstance(second, ClaimTechnologyRow):
        reason = joined(first.reason, second.reason)
        fits = len(reason) <= REASON_LENGTH
        return first.model_copy(update={"reason": reason}) if fits else None
    if isinstance(first, EntryRow) and isinstance(second, EntryRow):
        note = joined(first.note, second.note, " ")
        return first.model_copy(update={"note": note}) if len(note) <= NOTE_LENGTH else None
    return first


def joined(first: str, second: str, between: str = "; ") -> str:
    """Both texts, or the one that is there or says it all."""
    if not second or second in first:
        return first
    return f"{first}{between}{second}" if first and first not in second else second


def _without_repeated(
    gaps: list[Placed[GapRow]], names: dict[str, dict[str, str]]
) -> list[Placed[GapRow]]:
    """Of two findings on what is one technology now, the one that named it so already."""
    renamed = [(gap, _renamed(gap.row, names)) for gap in gaps]
    seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for gap, row in renamed:
        if row.technology == gap.row.technology:
            seen[gap.company].add(_gap_subject(row))
    kept = []
    for gap, row in renamed:
        if row.technology != gap.row.technology:
            if _gap_subject(row) in seen[gap.company]:
                continue
            seen[gap.company].add(_gap_subject(row))
        kept.append(replace(gap, row=row))
    return kept


def _gap_subject(row: GapRow) -> tuple[str, ...]:
    return row.claim_kind, row.technology, row.domain
