"""What the entries of a file would do: each new, changed, unchanged, or wrong and why.

The rules and their words are those of a catalogue's files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from companies.exchange import references, rules
from companies.exchange.catalogue import Catalogue
from companies.exchange.entry import Entry, EntryPlace, RowPlace, RowProblem
from companies.exchange.identity import Identity
from companies.exchange.problem import Problem, did_you_mean
from companies.exchange.rows import as_written
from companies.exchange.snapshot import SHAPES, Snapshot, snapshots
from companies.exchange.table_kind import TableKind
from companies.exchange.table_write import BATCH, batches
from companies.models import ImportKind, RowOutcome
from companies.models.revision import as_stored

# Of one row; the first ones are enough to mend it.
MOST_PROBLEMS = 20
_CLAIMS_APART = "claims are imported by themselves; leave them out of a company"


@dataclass(frozen=True)
class Checked:
    """What one entry does. `before` and `content` are in the exchange shape, as stored in JSON."""

    number: int
    name: str
    outcome: RowOutcome
    before: dict[str, Any] | None = None
    content: dict[str, Any] | None = None
    problems: tuple[Problem, ...] = ()


@dataclass
class Batch:
    """Entries checked together, and the catalogue that they make, for whoever loads it."""

    checked: list[Checked]
    catalogue: Catalogue
    identity: Identity
    # The stored entries, by the name that the file has for them.
    stored: dict[str, Snapshot]


@dataclass
class Stored:
    """The entries of the database that a batch speaks of, by their names there."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)


def check(kind: TableKind, entries: Iterable[Entry]) -> Iterator[Checked]:
    """Every entry in order. Claims in batches, which bounds the memory that they take."""
    for batch in checked_batches(kind, entries):
        yield from batch.checked


def checked_batches(
    kind: TableKind, entries: Iterable[Entry], *, lock: bool = False
) -> Iterator[Batch]:
    """`lock` keeps others from changing the entries until the transaction ends."""
    if kind.kind != ImportKind.CLAIMS:
        # They speak of each other: a parent, a name given up by one and taken by another.
        yield _batch(kind, list(entries), Catalogue(), lock)
        return
    places: dict[str, Any] = {}
    for some in _in_batches(entries):
        catalogue = Catalogue()
        catalogue.claims.places = places
        yield _batch(kind, some, catalogue, lock)


def _in_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def _batch(kind: TableKind, entries: list[Entry], catalogue: Catalogue, lock: bool) -> Batch:
    stored = _stored(kind, entries, lock)
    problems = [problem for entry in entries for problem in entry.problems]
    sound = [entry for entry in entries if not entry.problems]
    for entry in sound:
        _complete(kind, entry, stored)
        problems += _add(kind, entry, catalogue)
    identity = Identity(catalogue)
    if kind.kind == ImportKind.CLAIMS:
        problems += _unknown_companies(catalogue, identity)
    problems += [
        *catalogue.problems,
        *rules.problems(catalogue, rules.today()),
        *references.problems(catalogue, identity),
    ]
    by_number: dict[int, list[Problem]] = {}
    for problem in problems:
        if isinstance(problem, RowProblem):
            by_number.setdefault(problem.number, []).append(problem)
    gaps: dict[str, list[Any]] = {}
    for gap in catalogue.gaps:
        gaps.setdefault(gap.company, []).append(as_written(gap.row))
    checked = [
        _checked(kind, entry, catalogue, stored, gaps, by_number.get(entry.number, []))
        for entry in entries
    ]
    known = {
        name: stored.snapshots[there]
        for entry in sound
        if (there := _stored_name(kind, entry.values, stored)) and (name := entry.place.name)
    }
    return Batch(checked, catalogue, identity, known)


# ------------------------------------------------------------------------- the stored entries


def _stored(kind: TableKind, entries: list[Entry], lock: bool) -> Stored:
    names = {name for entry in entries for name in _names(kind, entry.values)}
    manager: Any = SHAPES[kind.subject].model._default_manager
    found = Stored()
    for some in batches(sorted(names)):
        rows = manager.filter(**{f"{kind.name}__in": some}).order_by("pk")
        if lock:
            rows = rows.select_for_update()
        ids = dict(rows.values_list(kind.name, "pk"))
        now = snapshots(kind.subject, ids.values())
        for name, pk in ids.items():
            found.snapshots[name] = now[pk]
            # A logo is in no table, and stays.
            content = {part: value for part, value in now[pk].content.items() if part != "logo"}
            found.contents[name] = as_stored(content)
    return found


def _names(kind: TableKind, values: Any) -> list[str]:
    """The names by which the database may know the entry; a company's former ones come last."""
    if not isinstance(values, dict):
        return []
    former = values.get("former_slugs")
    names = [values.get(kind.name), *(former if isinstance(former, list) else [])]
    # No name has a NUL, and a database can't be asked for one.
    return [name for name in names if isinstance(name, str) and name and "\0" not in name]


def _stored_name(kind: TableKind, values: Any, stored: Stored) -> str:
    return next((name for name in _names(kind, values) if name in stored.snapshots), "")


def _complete(kind: TableKind, entry: Entry, stored: Stored) -> None:
    """A column that the table lacks leaves its field as it is."""
    there = _stored_name(kind, entry.values, stored)
    if there and entry.given is not None:
        kept = {
            name: value for name, value in stored.contents[there].items() if name not in entry.given
        }
        entry.values = kept | entry.values


# ----------------------------------------------------------------------------- the catalogue


def _add(kind: TableKind, entry: Entry, catalogue: Catalogue) -> list[Problem]:
    table = getattr(catalogue, kind.attribute)
    place, values = entry.place, entry.values
    if not isinstance(values, dict):
        catalogue.add(table, kind.row_type, values, place)
        return []
    values, company = dict(values), ""
    problems: list[Problem] = []
    if kind.kind == ImportKind.CLAIMS:
        company = values.pop("company", "")
        if not isinstance(company, str):
            problems.append(place.problem(("company",), "must be the slug of a company, as text"))
            company = ""
        elif not company:
            problems.append(place.problem(("company",), "is missing"))
        if not values.get("key"):
            values["key"] = provisional_key(company, entry.number)
            place = entry.place = replace(place, name=values["key"])
    elif kind.kind == ImportKind.COMPANIES:
        if "claims" in values:
            del values["claims"]
            problems.append(place.problem(("claims",), _CLAIMS_APART))
        problems += _add_gaps(values.pop("gaps", []), place, catalogue)
    catalogue.add(table, kind.row_type, values, place, company)
    return problems


def provisional_key(company: str, number: int) -> str:
    """Of a claim that has none yet; it is given its number when it is loaded."""
    return f"{company[:80] or 'nobody'}-new-row-{number}"


def _add_gaps(gaps: Any, place: RowPlace | EntryPlace, catalogue: Catalogue) -> list[Problem]:
    if not isinstance(gaps, list):
        return [place.problem(("gaps",), "must be a list")]
    for index, gap in enumerate(gaps):
        location = (*place.location, "gaps", index)
        catalogue.add_gap(gap, replace(place, location=location, prefix=("gaps", index)))
    return []


def _unknown_companies(catalogue: Catalogue, identity: Identity) -> Iterator[Problem]:
    known = identity.slugs()
    close: dict[str, str] = {}
    for claim in catalogue.claims:
        if claim.company and claim.company not in known:
            if claim.company not in close:
                close[claim.company] = did_you_mean(claim.company, known)
            reason = f"there is no company “{claim.company[:80]}”{close[claim.company]}"
            yield claim.problem(reason, "company")


# ------------------------------------------------------------------------------ the findings


def _checked(  # noqa: PLR0913, PLR0917 - what one entry is judged by
    kind: TableKind,
    entry: Entry,
    catalogue: Catalogue,
    stored: Stored,
    gaps: dict[str, list[Any]],
    problems: list[Problem],
) -> Checked:
    has_key = isinstance(entry.values, dict) and bool(entry.values.get(kind.name))
    name = entry.place.name if has_key else ""
    placed = getattr(catalogue, kind.attribute).rows.get(entry.place.name)
    if problems or placed is None:
        return Checked(
            entry.number, name, RowOutcome.ERROR, problems=tuple(problems[:MOST_PROBLEMS])
        )
    content = as_written(placed.row)
    if kind.kind == ImportKind.CLAIMS:
        content = {"company": placed.company, **content}
        if not has_key:
            del content["key"]
    if name in gaps:
        content["gaps"] = gaps[name]
    after = as_stored(content)
    before = stored.contents.get(_stored_name(kind, entry.values, stored))
    outcome = RowOutcome.CHANGED
    if before is None:
        outcome = RowOutcome.NEW
    elif before == after:
        outcome = RowOutcome.UNCHANGED
    return Checked(entry.number, name, outcome, before, after)
