"""The layout of a social preview: what a link to a page looks like where somebody shares it.

Nothing can flow in a picture, so every place is worked out here and the template only draws. Words
that don't fit are set smaller, broken or cut.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from companies.charts.bars import WHOLE, Bar, Bars, Drawn
from companies.charts.lettering import Fitted, Font, cut, fit, printable, width, wrap

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_RIGHT = WIDTH - _MARGIN
_ROOM = _RIGHT - _MARGIN
# The line above the site's name and the page's address, and the first above which all has to end.
_FOOT, _BODY_END = 536, 512
_TILE, _TILE_RADIUS = 120, 18
_NAME_SIZES, _COLUMN_SIZES = (76, 64, 54, 46), (64, 54, 46, 40, 34, 28, 24)
_BAR_ROW, _BAR_HEIGHT, _MOST_BARS, _LABEL_ROOM, _WORDS_ROOM = 34, 22, 4, 250, 170
# With more bars than these the summary has one line.
_FEW_BARS = 3
_MOST_TECHNOLOGIES, _PILL_HEIGHT, _PILL_GAP, _PILL_PADDING = 5, 56, 16, 26
_FEW_COLUMNS = 3


@dataclass(frozen=True)
class Words:
    x: int
    y: int
    words: str
    size: int
    style: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Tile:
    """A company's logo, or its monogram where it has none."""

    x: int
    y: int
    size: int
    logo: str
    monogram: Words

    @property
    def inset(self) -> int:
        return self.size // 8

    @property
    def logo_size(self) -> int:
        return self.size - 2 * self.inset


@dataclass(frozen=True)
class Shape:
    x: int
    y: int
    width: int
    height: int
    style: str


@dataclass(frozen=True)
class Card:
    words: tuple[Words, ...]
    tiles: tuple[Tile, ...] = ()
    shapes: tuple[Shape, ...] = ()
    big_mark: bool = False


@dataclass(frozen=True)
class Portrait:
    """What a card shows of one company; `logo` is a PNG, or empty."""

    name: str
    claims: str
    logo: bytes = b""
    summary: str = ""
    technologies: Sequence[str] = ()


@dataclass(frozen=True)
class Chart:
    """The shares of a company's codebase, with where they are from in a line."""

    title: str
    bars: Bars
    source: str


@dataclass(frozen=True)
class Imprint:
    """What every card ends with."""

    site: str
    address: str
    counts: str


def company_card(portrait: Portrait, chart: Chart | None, imprint: Imprint) -> Card:
    """Name and summary above its shares, or else the technologies it names most."""
    x, top = _MARGIN + _TILE + 36, 64
    name = fit(printable(portrait.name), _NAME_SIZES, _RIGHT - x, 2, Font.SERIF)
    leading = round(name.size * 1.1)
    first = top + _TILE // 2 + round(name.size * 0.35) - (len(name.lines) - 1) * leading // 2
    words = [
        Words(x, first + number * leading, line, name.size, "serif")
        for number, line in enumerate(name.lines)
    ]
    few = not chart or len(chart.bars.bars) <= _FEW_BARS
    summary = wrap(printable(portrait.summary), 30, _ROOM, 2 if few else 1)
    words += [
        Words(_MARGIN, 236 + number * 41, line, 30, "soft") for number, line in enumerate(summary)
    ]
    below = 236 + len(summary) * 41
    shapes, said = _chart(chart, below) if chart else _technologies(portrait, below)
    tile = _tile(portrait, _MARGIN, top, _TILE)
    return Card((*words, *said, *_imprint(imprint)), (tile,), tuple(shapes))


def comparison_card(portraits: Sequence[Portrait], imprint: Imprint) -> Card:
    """Two to five companies in columns."""
    gap = 96 if len(portraits) <= _FEW_COLUMNS else 56
    room = (_ROOM - (len(portraits) - 1) * gap) // len(portraits)
    names = _names([printable(portrait.name) for portrait in portraits], room)
    size, leading = names[0].size, round(names[0].size * 1.1)
    first = 64 + _TILE + 16 + size
    below = first + (max(len(name.lines) for name in names) - 1) * leading + 58
    words: list[Words] = []
    tiles, shapes = [], []
    for number, (portrait, name) in enumerate(zip(portraits, names, strict=True)):
        x = _MARGIN + number * (room + gap)
        tiles.append(_tile(portrait, x, 64, _TILE))
        if number:
            shapes.append(Shape(x - gap // 2, 64, 2, 36, "line"))
            shapes.append(Shape(x - gap // 2, 148, 2, _BODY_END - 148, "line"))
            words.append(Words(x - gap // 2 + 1, 132, "vs", 28, "serif soft", "middle"))
        for row, line in enumerate(name.lines):
            words.append(Words(x, first + row * leading, line, size, "serif"))
        words.append(Words(x, below, cut(portrait.claims, 26, room), 26, "accent"))
        rows = min((_BODY_END - below) // 38, _MOST_TECHNOLOGIES)
        for row, technology in enumerate(portrait.technologies[:rows], start=1):
            shown = cut(printable(technology), 26, room)
            words.append(Words(x, below + row * 38, shown, 26, "soft"))
    return Card((*words, *_imprint(imprint)), tuple(tiles), tuple(shapes))


def site_card(site: str, title: str, imprint: Imprint) -> Card:
    """For the pages that are about no company."""
    name = fit(printable(site), (104, 84, 64, 52), _RIGHT - 232, 1, Font.SERIF)
    lines = wrap(title, 46, _ROOM, 3)
    words = [Words(232, 188, line, name.size, "serif") for line in name.lines]
    words += [Words(_MARGIN, 322 + n * 62, line, 46, "soft") for n, line in enumerate(lines)]
    return Card((*words, *_imprint(imprint)), big_mark=True)


def _names(names: Sequence[str], room: int) -> list[Fitted]:
    """All in the one size that the longest needs."""
    size = min(fit(name, _COLUMN_SIZES, room, 2, Font.SERIF).size for name in names)
    return [fit(name, (size,), room, 2, Font.SERIF) for name in names]


def monogram(name: str) -> str:
    """The first letters of its first two words."""
    words = [word for word in printable(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def _tile(portrait: Portrait, x: int, y: int, size: int) -> Tile:
    logo = base64.b64encode(portrait.logo).decode()
    letters = round(size * 0.44)
    middle = Words(
        x + size // 2,
        y + size // 2 + round(letters * 0.34),
        monogram(portrait.name),
        letters,
        "serif on-accent",
        "middle",
    )
    return Tile(x, y, size, f"data:image/png;base64,{logo}" if logo else "", middle)


def _chart(chart: Chart, top: int) -> tuple[list[Shape], list[Words]]:
    """Bars from zero on a track that is the whole; what has no room is counted, never left out."""
    shown, omitted = _most_telling(chart.bars.bars)
    from_x, whole = _MARGIN + _LABEL_ROOM, _ROOM - _LABEL_ROOM - _WORDS_ROOM
    shapes: list[Shape] = []
    words = [Words(_MARGIN, top + 26, cut(printable(chart.title), 25, _ROOM), 25, "accent")]
    first = top + 44
    for number, bar in enumerate(shown):
        y = first + number * _BAR_ROW
        length = round(Decimal(bar.length.removesuffix("%")) / WHOLE * whole)
        label = cut(printable(bar.label), 24, _LABEL_ROOM - 20)
        value = cut(bar.words, 24, _WORDS_ROOM - 20)
        shapes.append(Shape(from_x, y, whole, _BAR_HEIGHT, "track"))
        shapes.append(Shape(from_x, y, length, _BAR_HEIGHT, bar.drawn))
        words.append(Words(_MARGIN, y + 20, label, 24))
        words.append(Words(_RIGHT, y + 20, value, 24, "", "end"))
    note = f"{omitted} smaller not shown. {chart.source}" if omitted else chart.source
    y = first + len(shown) * _BAR_ROW + 18
    for number, line in enumerate(wrap(printable(note), 20, _ROOM, 2)):
        words.append(Words(_MARGIN, y + number * 27, line, 20, "soft"))
    return shapes, words


def _most_telling(bars: Sequence[Bar]) -> tuple[list[Bar], int]:
    """The largest, with the unstated rest last if there is one; and how many others there are."""
    rest = [bar for bar in bars if bar.drawn == Drawn.REST]
    stated = [bar for bar in bars if bar.drawn != Drawn.REST]
    by_length = sorted(stated, key=lambda bar: -Decimal(bar.length.removesuffix("%")))
    kept = by_length[: _MOST_BARS - len(rest)]
    return [*kept, *rest], len(stated) - len(kept)


def _technologies(portrait: Portrait, top: int) -> tuple[list[Shape], list[Words]]:
    if not portrait.technologies:
        return [], []
    shapes: list[Shape] = []
    words = [Words(_MARGIN, top + 30, "Named most", 25, "accent")]
    x, y = _MARGIN, top + 52
    for name in portrait.technologies[:_MOST_TECHNOLOGIES]:
        label = cut(printable(name), 28, _ROOM - 2 * _PILL_PADDING)
        wide = round(width(label, 28)) + 2 * _PILL_PADDING
        if x > _MARGIN and x + wide > _RIGHT:
            x, y = _MARGIN, y + _PILL_HEIGHT + _PILL_GAP
        if y + _PILL_HEIGHT > _BODY_END:
            break
        shapes.append(Shape(x, y, wide, _PILL_HEIGHT, "pill"))
        words.append(Words(x + wide // 2, y + 38, label, 28, "", "middle"))
        x += wide + _PILL_GAP
    return shapes, words


def _imprint(imprint: Imprint) -> list[Words]:
    name = cut(printable(imprint.site), 34, _ROOM // 3, Font.SERIF)
    # The mark stands before the name.
    x = round(_MARGIN + 50 + width(name, 34, Font.SERIF) + 28) if name else _MARGIN
    counts = cut(imprint.counts, 26, _ROOM // 2)
    address = cut(imprint.address, 23, _RIGHT - width(counts, 26) - 32 - x)
    return [
        Words(_MARGIN + 50, _FOOT + 54, name, 34, "serif"),
        Words(x, _FOOT + 53, address, 23, "soft"),
        Words(_RIGHT, _FOOT + 54, counts, 26, "accent", "end"),
    ]
