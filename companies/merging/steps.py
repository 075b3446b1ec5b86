"""What a merge would do, before anybody has decided on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from companies.models import Subject

FEWEST, MOST = 2, 10


@dataclass(frozen=True)
class Moved:
    """Rows that come to belong to the survivor: `column` of `model` will hold its id."""

    title: str
    model: type[Model]
    column: str
    rows: Sequence[Any]

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.rows]


@dataclass(frozen=True)
class Added:
    """A row that the survivor gets: another name."""

    title: str
    model: type[Model]
    columns: dict[str, Any]
    words: str


@dataclass(frozen=True)
class Rewritten:
    """A row of the survivor that takes in what another says."""

    row: Any
    columns: dict[str, Any]
    sentence: str
    link: Any


@dataclass(frozen=True)
class Dropped:
    """A row that goes, because the survivor has the same already."""

    row: Any
    sentence: str
    link: Any


@dataclass(frozen=True)
class Filled:
    """An empty field of the survivor that takes over the value of another."""

    column: str
    label: str
    value: Any
    words: str
    origin: Any


@dataclass(frozen=True)
class Left:
    """What one of the others says and the survivor doesn't take over."""

    label: str
    words: str
    origin: Any


@dataclass(frozen=True)
class Remark:
    """What an editor should know: as an obstacle it forbids the merge. `rows` are linked to."""

    sentence: str
    rows: Sequence[Any] = ()


@dataclass
class Plan:
    subject: Subject
    survivor: Any
    others: list[Any]
    moved: list[Moved] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    rewritten: list[Rewritten] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    filled: list[Filled] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    obstacles: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    # Whose content changes, by what kind of entry it is; the others are not among them.
    touched: dict[Subject, set[int]] = field(default_factory=dict)
    # Of companies: the survivor's parent thereafter.
    parent_id: int | None = None

    @property
    def candidates(self) -> list[Any]:
        return [self.survivor, *self.others]

    @property
    def other_ids(self) -> list[int]:
        return [other.pk for other in self.others]

    @property
    def old_addresses(self) -> list[str]:
        return [other.get_absolute_url() for other in self.others]

    def touch(self, subject: Subject, ids: Iterable[int]) -> None:
        self.touched.setdefault(subject, set()).update(ids)

    def move(self, title: str, model: type[Model], column: str, rows: Sequence[Any]) -> None:
        if rows:
            self.moved.append(Moved(title, model, column, rows))

    def obstruct(self, sentence: str, *rows: Any) -> None:
        self.obstacles.append(Remark(sentence, rows))

    def remark(self, sentence: str, rows: Sequence[Any] = ()) -> None:
        self.remarks.append(Remark(sentence, rows))

    def fill(self, columns: Iterable[str]) -> None:
        """Fill empty columns of the survivor from the first of the others that is not."""
        for column in columns:
            model_field = self.survivor._meta.get_field(column)
            if getattr(self.survivor, model_field.attname):
                continue
            for other in self.others:
                value = getattr(other, model_field.attname)
                if value:
                    label = _label(model_field)
                    self.filled.append(Filled(model_field.attname, label, value, str(value), other))
                    break

    def leave(self, columns: Iterable[str]) -> None:
        """Name what of the others is in none of the survivor's fields thereafter."""
        for other in self.others:
            for column in columns:
                value = getattr(other, column)
                if value and value != self.filled_value(column):
                    model_field = self.survivor._meta.get_field(column)
                    words = dict(model_field.flatchoices).get(value, value)
                    self.left.append(Left(_label(model_field), str(words), other))

    def filled_value(self, column: str) -> Any:
        """What the survivor has there after the merge."""
        for filled in self.filled:
            if filled.column == column:
                return filled.value
        return getattr(self.survivor, column)

    @property
    def fingerprint(self) -> str:
        """The same for two plans that do the same to the same entries as they are saved."""
        says = [
            [[row.pk, row.updated.isoformat()] for row in self.candidates],
            [[moved.title, moved.ids] for moved in self.moved],
            [[added.title, added.columns] for added in self.added],
            [[_name(one.row), one.columns] for one in self.rewritten],
            [[_name(one.row), one.sentence] for one in self.dropped],
            [[filled.column, str(filled.value)] for filled in self.filled],
            [[one.sentence, [_name(row) for row in one.rows]] for one in self.obstacles],
            [[one.sentence, [_name(row) for row in one.rows]] for one in self.remarks],
            self.parent_id,
        ]
        return hashlib.sha256(json.dumps(says).encode()).hexdigest()


def _label(model_field: Any) -> str:
    label = str(model_field.verbose_name)
    return label[:1].upper() + label[1:]


def _name(row: Any) -> str:
    return f"{row._meta.model_name} {row.pk}"
