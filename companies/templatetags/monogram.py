"""The letters and the colour that stand for a company without a logo."""

from __future__ import annotations

from django import template

from companies import monogram

register = template.Library()


@register.filter
def initials(name: str) -> str:
    return monogram.initials(name)


@register.filter
def monogram_colour(slug: str) -> int:
    return monogram.colour(slug)
