"""The numbers of charts: lengths, ticks and labels. No HTML, no database; templates only loop.

Every length and place is a percentage of the drawing, so that a chart fits any width while its
words keep their size. A scale starts from zero, always.
"""

from companies.charts.bars import Bar, Bars, Tick, count_bars
from companies.charts.change import change_bars, change_in_words
from companies.charts.embed import Embed, embed
from companies.charts.shares import NOT_STATED, one_share, share_bars, unstated
from companies.charts.timeline import Timeline, timeline

__all__ = [
    "NOT_STATED",
    "Bar",
    "Bars",
    "Embed",
    "Tick",
    "Timeline",
    "change_bars",
    "change_in_words",
    "count_bars",
    "embed",
    "one_share",
    "share_bars",
    "timeline",
    "unstated",
]
