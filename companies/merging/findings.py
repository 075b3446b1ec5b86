"""Findings that there is nothing, whichever of the merged entries they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from companies.merging.steps import Dropped, Plan
from companies.models import Gap, Subject


def plan_findings(
    plan: Plan, findings: QuerySet[Gap], column: str, subject: Callable[[Gap], tuple[Any, ...]]
) -> None:
    """Move those of the others, but for what the survivor has a finding on already.

    `subject` is what a finding is on, apart from the merged entry.
    """
    rows = findings.select_related("company", "technology", "domain", "source").order_by("pk")
    survivor_id = plan.survivor.pk
    seen = {subject(gap) for gap in rows if getattr(gap, column) == survivor_id}
    moved = []
    for gap in rows:
        if getattr(gap, column) == survivor_id:
            continue
        plan.touch(Subject.COMPANY, [gap.company_id])
        if subject(gap) in seen:
            sentence = f"A second finding of {gap.company} on the same: {gap}."
            plan.dropped.append(Dropped(gap, sentence, gap.company))
        else:
            seen.add(subject(gap))
            moved.append(gap)
    plan.move("Findings that there is nothing", Gap, column, moved)
