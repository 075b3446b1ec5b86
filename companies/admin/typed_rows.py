"""Rows of an inline as they were typed, fitted onto rows that were saved meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import QueryDict

Fields = dict[str, str]


def fit(data: QueryDict, prefix: str, names: Sequence[str], stored: Sequence[Model]) -> None:
    """Rewrite the rows of `prefix` in a mutable `data`.

    All stored rows come first, as a formset wants them: with what was typed into them, or as they
    are if somebody has added them since. New rows follow, and those that were typed into rows which
    are gone.
    """
    typed = _typed(data, prefix)
    by_id = {fields["id"]: fields for fields in typed if fields.get("id")}
    rows = [
        by_id.pop(str(row.pk)) if str(row.pk) in by_id else _as_stored(row, names) for row in stored
    ]
    already = {_said(_as_stored(row, names), names) for row in stored}
    for fields in typed:
        is_gone = fields.get("id") in by_id
        if fields.get("id") and not is_gone:
            continue
        # A load replaces rows by others that say the same; those are not typed twice.
        if is_gone and ("DELETE" in fields or _said(fields, names) in already):
            continue
        rows.append({**fields, "id": ""})
    for key in [key for key in data if _is_of_row(key, prefix)]:
        del data[key]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    for number, fields in enumerate(rows):
        for name, value in fields.items():
            data[f"{prefix}-{number}-{name}"] = value


def _typed(data: QueryDict, prefix: str) -> list[Fields]:
    rows: dict[int, Fields] = {}
    for key in data:
        if _is_of_row(key, prefix):
            number, _, name = key.removeprefix(f"{prefix}-").partition("-")
            rows.setdefault(int(number), {})[name] = str(data[key])
    return [rows[number] for number in sorted(rows)]


def _is_of_row(key: str, prefix: str) -> bool:
    number, _, name = key.removeprefix(f"{prefix}-").partition("-")
    return key.startswith(f"{prefix}-") and number.isascii() and number.isdigit() and bool(name)


def _as_stored(row: Any, names: Sequence[str]) -> Fields:
    values = {name: row._meta.get_field(name).value_from_object(row) for name in names}
    return {"id": str(row.pk)} | {
        name: "" if value is None else str(value) for name, value in values.items()
    }


def _said(fields: Fields, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(fields.get(name, "").strip() for name in names)
