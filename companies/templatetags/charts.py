"""The charts of a claim, worked out where they are drawn: a claim without one pays nothing."""

from __future__ import annotations

from typing import Any

from django import template

from companies.charts import Bars, one_share, share_bars

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
