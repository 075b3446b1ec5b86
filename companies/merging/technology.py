"""Technologies: what claims name and what share of the code they state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from companies.exchange.former_names import REASON_LENGTH, joined
from companies.merging.findings import plan_findings
from companies.merging.steps import Dropped, Plan, Rewritten
from companies.models import (
    ClaimTechnology,
    CodebaseShare,
    FormerTechnologySlug,
    Gap,
    Role,
    Subject,
    Technology,
)
from companies.models.claim_parts import IN_USE


def plan_technologies(survivor: Technology, others: Sequence[Technology]) -> Plan:
    plan = Plan(Subject.TECHNOLOGY, survivor, list(others))
    plan.touch(Subject.TECHNOLOGY, [survivor.pk])
    _named(plan)
    _shares(plan)
    findings = Gap.objects.filter(technology__in=plan.candidates)
    plan_findings(
        plan, findings, "technology_id", lambda gap: (gap.company_id, gap.claim_kind, gap.domain_id)
    )
    formers = list(FormerTechnologySlug.objects.filter(technology__in=plan.others).order_by("pk"))
    plan.move(
        "Former addresses, which then redirect to it",
        FormerTechnologySlug,
        "technology_id",
        formers,
    )
    plan.fill(("website", "summary"))
    plan.leave(("name", "kind", "website", "summary"))
    return plan


def _named(plan: Plan) -> None:
    rows = _rows(plan, ClaimTechnology.objects.all())
    moved = []
    for same in _grouped(plan, rows, lambda row: (row.claim_id, row.role, row.version)):
        kept, *rest = same
        if kept.technology_id != plan.survivor.pk:
            moved.append(kept)
        if rest:
            _one_row(plan, kept, rest)
    plan.move("Claims that name it", ClaimTechnology, "technology_id", moved)
    _contradictions(plan, rows)


def _one_row(plan: Plan, kept: ClaimTechnology, rest: Sequence[ClaimTechnology]) -> None:
    reason = kept.reason
    for row in rest:
        reason = joined(reason, row.reason)
        sentence = f"Named in the same role by “{row.claim.title}” already: {row}."
        plan.dropped.append(Dropped(row, sentence, row.claim))
    if len(reason) > REASON_LENGTH:
        plan.obstruct(
            f"“{kept.claim.title}” names both in the same role, and its reasons together are "
            f"longer than {REASON_LENGTH} characters. Shorten one of them.",
            kept.claim,
        )
    elif reason != kept.reason:
        sentence = f"The reason in “{kept.claim.title}” becomes “{reason}”."
        plan.rewritten.append(Rewritten(kept, {"reason": reason}, sentence, kept.claim))


def _contradictions(plan: Plan, rows: Iterable[ClaimTechnology]) -> None:
    """Claims for which the merged technologies were two, one given up for the other."""
    in_use: dict[int, set[int]] = {}
    given_up: dict[int, set[int]] = {}
    claims = {}
    for row in rows:
        claims[row.claim_id] = row.claim
        if row.role in IN_USE:
            in_use.setdefault(row.claim_id, set()).add(row.technology_id)
        elif row.role in (Role.REJECTED, Role.MIGRATED_FROM):
            given_up.setdefault(row.claim_id, set()).add(row.technology_id)
    found = [
        claims[pk]
        for pk, technologies in given_up.items()
        if in_use.get(pk) and len(in_use[pk] | technologies) > 1
    ]
    if found:
        plan.remark(
            "Claims tell one of them from the other, as given up for it, so that they may not be "
            f"the same: {len(found)}.",
            found,
        )


def _shares(plan: Plan) -> None:
    rows = _rows(plan, CodebaseShare.objects.all())
    moved = []
    for same in _grouped(plan, rows, lambda row: (row.claim_id, row.version)):
        kept, *rest = same
        if rest:
            plan.obstruct(
                f"“{kept.claim.title}” states a share of each: "
                + ", ".join(str(row) for row in same)
                + ". To add them up would invent a figure; change the claim by hand first.",
                kept.claim,
            )
        moved += [row for row in same if row.technology_id != plan.survivor.pk]
    plan.move("Claims that state its share", CodebaseShare, "technology_id", moved)


def _rows(plan: Plan, everything: QuerySet[Any]) -> list[Any]:
    """The rows of the others, and those of the survivor in the same claims."""
    named = everything.filter(technology__in=plan.others).values("claim")
    found = everything.filter(technology__in=plan.candidates, claim__in=named)
    rows = list(found.select_related("claim", "technology").order_by("claim__key", "pk"))
    plan.touch(Subject.CLAIM, [row.claim_id for row in rows])
    return rows


def _grouped(
    plan: Plan, rows: Iterable[Any], subject: Callable[[Any], tuple[Any, ...]]
) -> list[list[Any]]:
    """Rows that would say the same thereafter, the survivor's own first."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        groups.setdefault(subject(row), []).append(row)
    for same in groups.values():
        same.sort(key=lambda row: (row.technology_id != plan.survivor.pk, row.pk))
    return list(groups.values())
