"""Changing an entry as the admin does: what is saved is recorded."""

from __future__ import annotations

from typing import Any

from companies.exchange.revisions import Cause, record
from companies.exchange.snapshot import subject_of
from companies.models import Revision

ANN = Cause(name="Ann", reason="The post was corrected.")


def save(row: Any, cause: Cause = ANN, **values: Any) -> list[Revision]:
    """Set the columns, save, and return the revisions that were written."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return record(subject_of(type(row)), [row.pk], cause)


def last(row: Any) -> Revision:
    return Revision.objects.of(subject_of(type(row)), [row.pk]).latest("pk")


def count() -> int:
    return Revision.objects.count()
