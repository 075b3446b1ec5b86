"""The charts of a claim, worked out where they are drawn: a claim without one pays nothing."""

from __future__ import annotations

from typing import Any

from django import template

from companies.charts import Bars, change_bars, one_share, share_bars

register = template.Library()


@register.filter
def shares_chart(claim: Any) -> Bars | None:
    """The shares of a claim fetched `with_parts()`, or None if it states none."""
    shares = claim.shares.all()
    return share_bars(shares) if shares else None


@register.filter
def share_chart(share: Any) -> Bars:
    """One share by itself, where those of other companies stand around it."""
    return one_share(share)


@register.filter
def change_chart(claim: Any) -> Bars | None:
    """A figure before and after; None without both, or where only the source's wording is shown."""
    if claim.figure_before is None or claim.figure_as_worded:
        return None
    return change_bars(
        claim.figure_before, claim.figure_value, claim.figure_unit, claim.figure_qualifier
    )
