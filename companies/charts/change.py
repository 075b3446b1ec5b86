"""A figure before and after, and by how much it changed."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies import figure
from companies.charts.bars import PERCENT_TICKS, WHOLE, Bar, Bars, Drawn, Tick, svg_percentage
from companies.figure import Qualifier

_PERCENT = "percent"
# From here on "54 times" says more than "98% less"; below it is the other way round.
_TIMES = 2
# Beyond this many times, tenths say nothing.
_TENTHS_BELOW = 10

# What a figure that is at most so much says of how much was saved: at least that much.
_FLIPPED = {
    Qualifier.MORE_THAN: Qualifier.LESS_THAN,
    Qualifier.LESS_THAN: Qualifier.MORE_THAN,
    Qualifier.AT_LEAST: Qualifier.AT_MOST,
    Qualifier.AT_MOST: Qualifier.AT_LEAST,
    Qualifier.NEARLY: Qualifier.ABOUT,
}
# Rounded so that "more than" stays true.
_ROUNDING = {
    Qualifier.MORE_THAN: ROUND_FLOOR,
    Qualifier.AT_LEAST: ROUND_FLOOR,
    Qualifier.LESS_THAN: ROUND_CEILING,
    Qualifier.AT_MOST: ROUND_CEILING,
}


def change_bars(before: Decimal, after: Decimal, unit: str, qualifier: str) -> Bars:
    """Two bars on one scale: percentages on 0 to 100, other figures on zero to the greater."""
    low, high, ticks = _scale(before, after, unit)
    zero = _place(Decimal(0), low, high)
    sign = "%" if unit == _PERCENT else ""
    words = {
        _("Before"): f"{figure.number_in_words(before)}{sign}",
        _("After"): figure.qualified(f"{figure.number_in_words(after)}{sign}", qualifier),
    }
    bars = tuple(
        Bar(
            label=label,
            start=svg_percentage(_place(min(value, Decimal(0)), low, high)),
            length=svg_percentage(abs(value) / (high - low) * WHOLE),
            words=words[label],
            drawn=drawn,
        )
        for label, value, drawn in (
            (_("Before"), before, Drawn.BEFORE),
            (_("After"), after, Drawn.PART),
        )
    )
    remark = change_in_words(before, after, unit, qualifier)
    return Bars(bars, ticks, svg_percentage(zero), remark, "" if sign else unit)


def change_in_words(before: Decimal, after: Decimal, unit: str, qualifier: str) -> str:
    """`About 54 times less`, `10 times as much`, `50% more`, `52 percentage points less`.

    Empty where none of them holds.
    """
    if before == after:
        return "" if _is_loose(qualifier) else _("Unchanged.")
    way = "less" if after < before else "more"
    if unit == _PERCENT:
        points = figure.number_in_words(abs(after - before))
        words = ngettext(
            "%(points)s percentage point", "%(points)s percentage points", 1 if points == "1" else 2
        )
        return _sentence(words % {"points": points}, _of_change(qualifier, way), way)
    if min(before, after) <= 0:
        # Nothing is so many times zero, or so many times a debt.
        return ""
    factor = max(before, after) / min(before, after)
    said = _of_change(qualifier, way)
    if factor >= _TIMES:
        step = Decimal("0.1") if factor < _TENTHS_BELOW else Decimal(1)
        shown, said = _rounded(factor, step, said)
        return _sentence(
            _("%(factor)s times") % {"factor": shown}, said, "less" if way == "less" else "as much"
        )
    shown, said = _rounded(abs(after - before) / before * WHOLE, Decimal(1), said)
    if shown == "0":
        return ""
    return _sentence(f"{shown}%", said, way)


def _rounded(number: Decimal, step: Decimal, qualifier: Qualifier) -> tuple[str, Qualifier]:
    rounded = number.quantize(step, _ROUNDING.get(qualifier, ROUND_HALF_UP))
    if qualifier == Qualifier.EXACTLY and rounded != number:
        qualifier = Qualifier.ABOUT
    return figure.in_digits(figure.plain(rounded)), qualifier


def _of_change(qualifier: str, way: str) -> Qualifier:
    said = Qualifier(qualifier or Qualifier.EXACTLY)
    return _FLIPPED.get(said, said) if way == "less" else said


def _is_loose(qualifier: str) -> bool:
    return qualifier not in ("", Qualifier.EXACTLY)


def _sentence(words: str, qualifier: Qualifier, way: str) -> str:
    said = figure.qualified(words, qualifier)
    sentences = {
        "less": _("%(amount)s less."),
        "more": _("%(amount)s more."),
        "as much": _("%(amount)s as much."),
    }
    return sentences[way] % {"amount": f"{said[0].upper()}{said[1:]}"}


def _scale(before: Decimal, after: Decimal, unit: str) -> tuple[Decimal, Decimal, tuple[Tick, ...]]:
    """Where the scale begins and ends; zero lies in it, and is an end unless something is less."""
    low, high = min(before, after, Decimal(0)), max(before, after, Decimal(0))
    if unit == _PERCENT and low == 0 and high <= WHOLE:
        return Decimal(0), WHOLE, PERCENT_TICKS
    if low == high:
        return Decimal(0), Decimal(1), (Tick("0", "0%"),)
    sign = "%" if unit == _PERCENT else ""
    ends = sorted({low, Decimal(0), high})
    ticks = tuple(
        Tick(f"{figure.number_in_words(end)}{sign}", svg_percentage(_place(end, low, high)))
        for end in ends
    )
    return low, high, ticks


def _place(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return (value - low) / (high - low) * WHOLE
