"""The day from which pages count how old things are: today, or the day of an archived page.

Without it a page cited today would say “2 years ago” in two years' time, and not what was cited.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_day: ContextVar[datetime.date | None] = ContextVar("reading_day", default=None)


def today() -> datetime.date:
    """In UTC, as all days of the catalogue are."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def reading_day() -> datetime.date:
    return _day.get() or today()


@contextmanager
def read_on(day: datetime.date) -> Iterator[None]:
    """Whatever is rendered within is read as on that day."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)
