"""The layout of a chart that stands by itself, as a picture on somebody else's page.

There it can't flow with the width of a page, so every place is in units of a drawing that is
`WIDTH` wide. Words are cut to what fits, since a picture can't measure them.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from decimal import Decimal

from companies import figure
from companies.charts.bars import WHOLE, Bars, Drawn

WIDTH = 640
_MARGIN, _ROW, _LINE = 20, 28, 18
_BARS_FROM, _BARS_WIDE = 180, 330
_LONGEST_LABEL, _LONGEST_WORDS, _LONGEST_LINE, _MOST_LINES = 21, 14, 88, 3
_LONGEST_TITLE = 56


@dataclass(frozen=True)
class Row:
    """`y` is the middle of the row; `label` and `words` may be cut."""

    y: int
    label: str
    length: str
    words: str
    drawn: Drawn


@dataclass(frozen=True)
class TextLine:
    y: int
    words: str


@dataclass(frozen=True)
class EmbedTick:
    x: str
    words: str


@dataclass(frozen=True)
class Embed:
    """Everything a template needs to draw it; `alternative` says the same in words, uncut."""

    width: int
    height: int
    margin: int
    bars_from: int
    title: TextLine
    axis: int
    ticks: tuple[EmbedTick, ...]
    rows: tuple[Row, ...]
    bottom: int
    lines: tuple[TextLine, ...]
    alternative: str

    @property
    def right(self) -> int:
        return self.width - self.margin


def embed(bars: Bars, title: str, notes: list[str]) -> Embed:
    """The bars under a title, with a paragraph for each of the notes beneath."""
    axis = _MARGIN + 48
    rows = tuple(
        Row(
            y=axis + 20 + number * _ROW,
            label=_cut(bar.label, _LONGEST_LABEL),
            length=_units(bar.length),
            words=_cut(bar.words, _LONGEST_WORDS),
            drawn=bar.drawn,
        )
        for number, bar in enumerate(bars.bars)
    )
    bottom = axis + 20 + len(rows) * _ROW
    wrapped = [
        line
        for note in notes
        for line in textwrap.wrap(
            note, _LONGEST_LINE, max_lines=_MOST_LINES, placeholder=" …", break_long_words=True
        )
    ]
    lines = tuple(
        TextLine(bottom + 14 + number * _LINE, line) for number, line in enumerate(wrapped)
    )
    stated = "; ".join(f"{bar.label}: {bar.words}" for bar in bars.bars)
    return Embed(
        width=WIDTH,
        height=bottom + 14 + len(lines) * _LINE + 4,
        margin=_MARGIN,
        bars_from=_BARS_FROM,
        title=TextLine(_MARGIN + 14, _cut(title, _LONGEST_TITLE)),
        axis=axis,
        ticks=tuple(
            EmbedTick(f"{_BARS_FROM + Decimal(_units(tick.place)):f}", tick.words)
            for tick in bars.ticks
        ),
        rows=rows,
        bottom=bottom,
        lines=lines,
        alternative=f"{stated}. {' '.join(notes)}",
    )


def _units(percentage: str) -> str:
    """`50%` of the bars' width."""
    share = Decimal(percentage.removesuffix("%")) / WHOLE
    return f"{figure.plain(share * _BARS_WIDE):f}"


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
