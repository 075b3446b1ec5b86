"""The shares of one claim, and what it leaves unstated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from companies import figure
from companies.charts.bars import PERCENT_TICKS, WHOLE, Bar, Bars, Drawn, svg_percentage, total
from companies.figure import Qualifier

# In files; on a page it is in the language of the page.
NOT_STATED = "not stated"

_LOWER = {Qualifier.MORE_THAN, Qualifier.AT_LEAST}
_UPPER = {Qualifier.LESS_THAN, Qualifier.AT_MOST}


class Share(Protocol):
    """What a chart reads of a row of `CodebaseShare`."""

    technology: Any
    percentage: Decimal
    qualifier: str

    @property
    def technology_in_words(self) -> str: ...

    @property
    def in_words(self) -> str: ...


@dataclass(frozen=True)
class Rest:
    percentage: Decimal
    qualifier: Qualifier


def share_bars(shares: Iterable[Share]) -> Bars:
    """A bar per share in the order given, and one for the rest that the source doesn't state."""
    rows = list(shares)
    bars = [_bar(row) for row in rows]
    rest = unstated(rows)
    if rest:
        words = figure.percentage_in_words(rest.percentage, rest.qualifier)
        length = svg_percentage(rest.percentage)
        bars.append(Bar(_("not stated"), length, words, drawn=Drawn.REST))
    return Bars(tuple(bars), PERCENT_TICKS, remark=_remark(total(row.percentage for row in rows)))


def unstated(shares: Iterable[Share]) -> Rest | None:
    """What the shares of one claim leave of the whole; None if nothing, or if there are none."""
    rows = list(shares)
    rest = WHOLE - total(row.percentage for row in rows)
    return Rest(rest, _rest_qualifier(rows)) if rows and rest > 0 else None


def one_share(share: Share) -> Bars:
    """Without the rest, and without a label: whose share it is stands beside it."""
    bar = Bar("", svg_percentage(share.percentage), share.in_words)
    return Bars((bar,), PERCENT_TICKS)


def _rest_qualifier(shares: Sequence[Share]) -> Qualifier:
    """How exactly the rest is known: beside “more than 80%” it is at most what is left."""
    inexact = {Qualifier(row.qualifier) for row in shares} - {Qualifier.EXACTLY}
    if not inexact:
        return Qualifier.EXACTLY
    if inexact <= _LOWER:
        return Qualifier.AT_MOST
    if inexact <= _UPPER:
        return Qualifier.AT_LEAST
    return Qualifier.ABOUT


def _bar(share: Share) -> Bar:
    return Bar(
        label=share.technology_in_words,
        length=svg_percentage(share.percentage),
        words=share.in_words,
        address=share.technology.get_absolute_url(),
    )


def _remark(stated: Decimal) -> str:
    if stated <= WHOLE:
        return ""
    total_of_shares = f"{figure.plain(stated):f}"
    words = _("The shares add up to %(total)s%%, because the source rounds them.")
    return words % {"total": total_of_shares}
