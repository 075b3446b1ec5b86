"""Bringing a table to what is wanted with few queries, touching only what differs.

Bulk operations call no `save()`, so the timestamps are set here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model

AnyModel = TypeVar("AnyModel", bound=Model)
Values = tuple[Any, ...]

# Rows in one statement. SQLite takes at most 250,000 values, older ones fewer.
BATCH = 500


@dataclass(frozen=True)
class Part:
    """Rows that belong to one record and are written anew together when any of them differs.

    `columns` are compared in order. `position` is a column that holds the order, if one does.
    """

    model: type[Model]
    owner: str
    columns: tuple[str, ...]
    position: str = ""

    def stored(self, owners: Iterable[int]) -> dict[int, list[Values]]:
        found: dict[int, list[Values]] = defaultdict(list)
        order = [self.position, "pk"] if self.position else ["pk"]
        for batch in batches(owners):
            rows = self.model._default_manager.filter(**{f"{self.owner}__in": batch})
            for owner, *values in rows.order_by(*order).values_list(self.owner, *self.columns):
                found[owner].append(tuple(values))
        return found

    def replace(self, wanted: Mapping[int, Sequence[Values]], stored: Iterable[int]) -> None:
        """Delete first: shares that change places would add up to too much in between."""
        for batch in batches(stored):
            self.model._default_manager.filter(**{f"{self.owner}__in": batch}).delete()
        rows = [
            self._row(owner, number, values)
            for owner, several in wanted.items()
            for number, values in enumerate(several, 1)
        ]
        self.model._default_manager.bulk_create(rows, batch_size=BATCH)

    def _row(self, owner: int, number: int, values: Values) -> Model:
        columns = dict(zip(self.columns, values, strict=True))
        if self.position:
            columns[self.position] = number
        return self.model(**{self.owner: owner}, **columns)


@dataclass(frozen=True)
class Target(Generic[AnyModel]):
    """A table and its parts.

    `name` is the column by which files call a record. `provisional` is a column that must be unique
    and a value, with `{pk}` in it, that records hold there while they trade values.
    """

    model: type[AnyModel]
    name: str
    parts: tuple[Part, ...] = ()
    provisional: tuple[str, str] | None = None

    def stored(self, names: Iterable[str]) -> dict[str, AnyModel]:
        return self.model._default_manager.in_bulk(list(names), field_name=self.name)

    def ids(self) -> dict[str, int]:
        return dict(self.model._default_manager.values_list(self.name, "pk"))


@dataclass
class Wanted:
    """One record: its columns, and for each of the target's parts the rows it should have."""

    columns: dict[str, Any]
    parts: tuple[list[Values], ...] = ()


@dataclass
class Written(Generic[AnyModel]):
    """The records by name, and what became of them."""

    records: dict[str, AnyModel] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


def write(
    target: Target[AnyModel],
    stored: Mapping[str, AnyModel],
    wanted: Mapping[str, Wanted],
    now: datetime.datetime,
) -> Written[AnyModel]:
    """Make the records so. `stored` has those that exist, by the same names as `wanted`."""
    differing = _set_columns(stored, wanted)
    replaced = [
        _with_other_rows(part, index, stored, wanted) for index, part in enumerate(target.parts)
    ]
    changed = set(differing).union(*replaced)
    _make_way(target, stored, differing)
    _update([stored[name] for name in wanted if name in changed], differing, now)
    # After the updates, because a new record may take over what an old one has just given up.
    new = {name: target.model(**one.columns) for name, one in wanted.items() if name not in stored}
    target.model._default_manager.bulk_create(new.values(), batch_size=BATCH)
    records = {**stored, **new}
    for index, part in enumerate(target.parts):
        names = [name for name in wanted if name in new or name in replaced[index]]
        part.replace(
            {records[name].pk: wanted[name].parts[index] for name in names},
            [records[name].pk for name in names if name not in new],
        )
    return Written(records, set(new), changed)


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    everything = list(values)
    for start in range(0, len(everything), BATCH):
        yield everything[start : start + BATCH]


def _set_columns(
    stored: Mapping[str, Model], wanted: Mapping[str, Wanted]
) -> dict[str, dict[str, Any]]:
    """Set what differs, and tell what it is."""
    differing: dict[str, dict[str, Any]] = {}
    for name, record in stored.items():
        columns = wanted[name].columns
        changes = {key: value for key, value in columns.items() if getattr(record, key) != value}
        for key, value in changes.items():
            setattr(record, key, value)
        if changes:
            differing[name] = changes
    return differing


def _with_other_rows(
    part: Part, index: int, stored: Mapping[str, Model], wanted: Mapping[str, Wanted]
) -> set[str]:
    rows = part.stored(record.pk for record in stored.values())
    return {
        name
        for name, record in stored.items()
        if rows.get(record.pk, []) != wanted[name].parts[index]
    }


def _make_way(
    target: Target[Any], stored: Mapping[str, Model], differing: Mapping[str, Mapping[str, Any]]
) -> None:
    if not target.provisional:
        return
    column, pattern = target.provisional
    trading = [stored[name].pk for name, changes in differing.items() if column in changes]
    if len(trading) > 1:
        for pk in trading:
            value = pattern.format(pk=pk)
            target.model._default_manager.filter(pk=pk).update(**{column: value})


def _update(
    records: list[Any], differing: Mapping[str, Mapping[str, Any]], now: datetime.datetime
) -> None:
    if not records:
        return
    columns = {column for changes in differing.values() for column in changes}
    for record in records:
        record.updated = now
    manager = type(records[0])._default_manager
    if columns:
        manager.bulk_update(records, sorted(columns), batch_size=BATCH)
    # One value for all, which bulk_update would spell out for each.
    for batch in batches(record.pk for record in records):
        manager.filter(pk__in=batch).update(updated=now)
