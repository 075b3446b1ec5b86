"""Dates of which only the year, or the year and month, is known: `2016`, `2016-05`, `2016-05-27`.

Kept as text because text sorts rightly, is valid in ISO 8601 and JSON-LD, and does not invent a day
that no source gave.
"""

from __future__ import annotations

import calendar
import datetime
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MONTH_AND_DAY = (
    r"(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?"
    r"|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?"
    r"|02(-(0[1-9]|1[0-9]|2[0-8]))?"
)
# A century is a leap year only when divisible by 400, hence the two halves.
_LEAP_DAY = (
    r"([1-9][0-9](0[48]|[2468][048]|[13579][26])"
    r"|([2468][048]|[13579][26])00)-02-29"
)
# Written out in full so that the database can refuse 2023-02-30 by itself, in the syntax that
# Python, SQLite (whose REGEXP is Python's), PostgreSQL and JSON Schema share.
PATTERN = rf"([1-9][0-9]{{3}}(-({_MONTH_AND_DAY}))?|{_LEAP_DAY})"

_MONTHS_A_READER_COUNTS = 24

_REAL = re.compile(PATTERN)


def is_real(text: str) -> bool:
    return bool(_REAL.fullmatch(text))


def earliest(text: str) -> datetime.date:
    """The first day that a real partial date can mean."""
    year, month, day = _parts(text)
    return datetime.date(year, month or 1, day or 1)


def latest(text: str) -> datetime.date:
    """The last day that a real partial date can mean."""
    year, month, day = _parts(text)
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


def is_future(text: str, today: datetime.date) -> bool:
    """Whether no day it can mean has begun yet: `2026` is not in the future during 2026."""
    return earliest(text) > today


def in_words(text: str) -> str:
    """`2016`, `May 2016` or `27 May 2016`, as the language of the page writes it.

    An empty string stays empty.
    """
    if not text:
        return ""
    _year, month, day = _parts(text)
    if not month:
        return text
    return date_format(earliest(text), "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT")


def age_in_words(text: str, today: datetime.date) -> str:
    """How long ago, in the unit a reader would use: `this month`, `7 months ago`, `10 years ago`.

    Counts whole calendar months, or whole calendar years where only the year is known, because
    nothing finer is claimed.
    """
    if not text:
        return ""
    year, month, _day = _parts(text)
    if month is None:
        years = today.year - year
        return _("this year") if years <= 0 else _years_ago(years)
    months = (today.year - year) * 12 + today.month - month
    if months <= 0:
        return _("this month")
    if months < _MONTHS_A_READER_COUNTS:
        return ngettext("%(count)s month ago", "%(count)s months ago", months) % {"count": months}
    return _years_ago(months // 12)


def _years_ago(years: int) -> str:
    return ngettext("%(count)s year ago", "%(count)s years ago", years) % {"count": years}


def _parts(text: str) -> tuple[int, int | None, int | None]:
    if not is_real(text):
        raise ValueError(f"{text!r} is not a date: write 2016, 2016-05 or 2016-05-27.")
    numbers = [int(part) for part in text.split("-")]
    year, month, day = [*numbers, 0, 0][:3]
    return year, month or None, day or None
