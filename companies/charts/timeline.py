"""Claims along the years they are true for. A date of which only the year is known is a span."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from companies import partial_date
from companies.charts.bars import WHOLE, Tick, svg_percentage

# As many labels as fit beside each other on a phone.
_MOST_TICKS = 6
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True)
class Mark:
    """`start` and `length` are SVG percentages; a day is a point, and its length is of no use."""

    start: str
    length: str
    is_point: bool


@dataclass(frozen=True)
class Lane:
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Timeline:
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def timeline(events: Iterable[tuple[str, str]]) -> Timeline | None:
    """Of pairs of a lane's label and a real partial date; the lanes keep the order they come in.

    The scale is whole years. None of no events at all.
    """
    lanes: dict[str, list[str]] = {}
    for label, date in events:
        lanes.setdefault(label, []).append(date)
    dates = [date for of_lane in lanes.values() for date in of_lane]
    if not dates:
        return None
    first, last = int(min(dates)[:4]), int(max(dates)[:4])
    return Timeline(
        tuple(
            Lane(label, tuple(_mark(date, first, last) for date in sorted(of_lane)))
            for label, of_lane in lanes.items()
        ),
        _ticks(first, last),
    )


def _mark(date: str, first: int, last: int) -> Mark:
    start = _place(partial_date.earliest(date), first, last)
    end = _place(partial_date.latest(date), first, last, days=1)
    is_point = partial_date.earliest(date) == partial_date.latest(date)
    return Mark(svg_percentage(start), svg_percentage(end - start), is_point)


def _ticks(first: int, last: int) -> tuple[Tick, ...]:
    """Years on a round step; each at its first of January."""
    years = last - first + 1
    step = next(step for step in _STEPS if years <= step * _MOST_TICKS)
    shown = [year for year in range(first, last + 1) if step == 1 or year % step == 0]
    return tuple(
        Tick(str(year), svg_percentage(_place(datetime.date(year, 1, 1), first, last)))
        for year in shown or [first]
    )


def _place(day: datetime.date, first: int, last: int, days: int = 0) -> Decimal:
    """Where the day begins, or so many days later, on the scale of whole years."""
    begin = datetime.date(first, 1, 1).toordinal()
    # Not the first of January after it, which the year 9999 does not have.
    end = datetime.date(last, 12, 31).toordinal() + 1
    return Decimal(day.toordinal() + days - begin) / Decimal(end - begin) * WHOLE
