"""Bars on one scale from zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from companies import figure

WHOLE = Decimal(100)
# Finer than any screen can draw.
_PLACES = Decimal("0.001")


class Drawn(StrEnum):
    """How a bar is told from the others where colour can't: filled, outlined or striped."""

    PART = "part"
    BEFORE = "before"
    REST = "rest"


@dataclass(frozen=True)
class Bar:
    """`start` and `length` are SVG percentages; `words` is the value as a reader would say it."""

    label: str
    length: str
    words: str
    start: str = "0%"
    drawn: Drawn = Drawn.PART
    address: str = ""


@dataclass(frozen=True)
class Tick:
    words: str
    place: str


@dataclass(frozen=True)
class Bars:
    """Bars on one scale; `zero` is where it has its zero, and `remark` what a reader must know.

    `unit` is what the words of the bars leave out, because it is the same for all of them.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    zero: str = "0%"
    remark: str = ""
    unit: str = ""


PERCENT_TICKS = (Tick("0", "0%"), Tick("50", "50%"), Tick("100%", "100%"))


def svg_percentage(number: Decimal) -> str:
    """`62.5%`: with a point whatever the language, and never longer than the drawing."""
    shown = min(max(number, Decimal(0)), WHOLE).quantize(_PLACES)
    return f"{figure.plain(shown):f}%"


def total(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def count_bars(counts: Iterable[int]) -> Bars:
    """A bar per count without a label, on a scale from zero to the greatest."""
    numbers = list(counts)
    greatest = max(numbers, default=0)
    if not greatest:
        return Bars((), ())
    bars = tuple(
        Bar("", svg_percentage(number / greatest * WHOLE), figure.in_digits(number))
        for number in map(Decimal, numbers)
    )
    return Bars(bars, (Tick("0", "0%"), Tick(figure.in_digits(Decimal(greatest)), "100%")))
