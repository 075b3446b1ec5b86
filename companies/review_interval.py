"""How long a check of a claim against its source stays fresh, by the kind of claim."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Mapping

from django.conf import settings

# In months; 0 is never due. `REVIEW_MONTHS` overrides single kinds.
MONTHS: Mapping[str, int] = {
    # Companies count anew every year, and a figure is read as if it were today's.
    "key_figure": 12,
    "codebase_share": 12,
    # What a technology does somewhere outlasts a figure, but is replaced in the end; a repository
    # is archived or moves.
    "use_case": 24,
    "open_source": 24,
    # Judgements change slowly, and are dated when they are read.
    "strength": 36,
    "weakness": 36,
    # These happened and these words were said: no later day makes them less true. Whether the
    # source still answers is another question, which needs no reader.
    "decision": 0,
    "migration": 0,
    "quote": 0,
}


def months() -> dict[str, int]:
    return {**MONTHS, **settings.REVIEW_MONTHS}


def limits(today: datetime.date) -> dict[datetime.date, list[str]]:
    """By day, the kinds whose last check must not lie before it. Kinds never due are in none."""
    found: dict[datetime.date, list[str]] = {}
    for kind, number in months().items():
        if number:
            found.setdefault(months_before(today, number), []).append(kind)
    return found


def months_before(day: datetime.date, number: int) -> datetime.date:
    """The same day of an earlier month, or that month's last day if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - number, 12)
    return datetime.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
