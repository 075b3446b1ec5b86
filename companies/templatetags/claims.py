"""Filters for what every claim shows: dates with their age, and shares as lengths."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django import template

from companies import figure, partial_date
from companies.evidence import Grade

register = template.Library()


@register.simple_tag
def evidence_grades() -> list[Grade]:
    """All grades, best first, for the legend."""
    return list(Grade)


@register.filter
def date_in_words(text: str) -> str:
    """`2016-05` as `May 2016`."""
    return partial_date.in_words(text)


@register.filter
def age(text: str) -> str:
    """`2016-05` as `10 years ago`, counted from today."""
    return partial_date.age_in_words(text, datetime.datetime.now(tz=datetime.UTC).date())


@register.filter
def bar_length(percentage: Decimal) -> str:
    """A percentage as an SVG length: a locale's decimal comma would be invalid there."""
    return f"{figure.plain(percentage):f}"
