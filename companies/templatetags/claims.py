"""Filters for what every claim shows: dates with their age."""

from __future__ import annotations

from django import template

from companies import partial_date
from companies.evidence import Age, Grade
from companies.reading_day import reading_day

register = template.Library()


@register.simple_tag
def evidence_grades() -> list[Grade]:
    """All grades, best first, for the legend."""
    return list(Grade)


@register.simple_tag
def evidence_ages() -> list[Age]:
    """All ages, youngest first, for the legend."""
    return list(Age)


@register.filter
def age_band(text: str) -> Age:
    """How old `2016-05` is, roughly, for the mark beside it."""
    return Age.of(reading_day().year - int(text[:4]))


@register.filter
def date_in_words(text: str) -> str:
    """`2016-05` as `May 2016`."""
    return partial_date.in_words(text)


@register.filter
def age(text: str) -> str:
    """`2016-05` as `10 years ago`, counted from today or the day of an archive."""
    return partial_date.age_in_words(text, reading_day())
