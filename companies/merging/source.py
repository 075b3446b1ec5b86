"""Sources: what rests on them and what they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from companies.evidence import Support, grade
from companies.exchange.former_names import agrees_silently, joined
from companies.merging.findings import plan_findings
from companies.merging.steps import Dropped, Plan, Rewritten
from companies.models import (
    Citation,
    Claim,
    CompanyList,
    FormerSourceKey,
    Gap,
    Source,
    Subject,
)

_FILLED = ("author", "published_on", "accessed_on", "note")
_LIMITS = {"locator": 200, "note": 1000}


def plan_sources(survivor: Source, others: Sequence[Source]) -> Plan:
    plan = Plan(Subject.SOURCE, survivor, list(others))
    plan.touch(Subject.SOURCE, [survivor.pk])
    plan.fill(_FILLED)
    plan.leave(("url", "title", "publisher", "kind", "tier", *_FILLED))
    claims = _claims(plan)
    _citations(plan, claims)
    _speakers(plan, claims)
    _grades(plan, claims)
    lists = list(CompanyList.objects.filter(source__in=plan.others).order_by("slug"))
    plan.move("Lists taken from it", CompanyList, "source_id", lists)
    plan.touch(Subject.LIST, [one.pk for one in lists])
    # One finding names one source, so that no two can come to be the same.
    findings = Gap.objects.filter(source__in=plan.others)
    plan_findings(plan, findings, "source_id", lambda gap: (gap.pk,))
    formers = list(FormerSourceKey.objects.filter(source__in=plan.others).order_by("pk"))
    plan.move("Former addresses, which then redirect to it", FormerSourceKey, "source_id", formers)
    return plan


def _claims(plan: Plan) -> list[Claim]:
    """Every claim that has to do with any of them; those of the others are moved."""
    of_any = Q(source__in=plan.candidates)
    citing = Citation.objects.filter(source__in=plan.candidates).values("claim")
    claims = list(
        Claim.objects.filter(of_any | Q(pk__in=citing))
        .select_related("source")
        .prefetch_related("citations__source")
        .order_by("key")
    )
    other_ids = set(plan.other_ids)
    moved = [claim for claim in claims if claim.source_id in other_ids]
    plan.move("Claims that rest on it", Claim, "source_id", moved)
    plan.touch(Subject.CLAIM, [claim.pk for claim in moved])
    return claims


# -- citations


def _citations(plan: Plan, claims: Sequence[Claim]) -> None:
    group = {source.pk for source in plan.candidates}
    moved: list[Citation] = []
    for claim in claims:
        rows = [row for row in claim.citations.all() if row.source_id in group]
        rows.sort(key=lambda row: (row.source_id != plan.survivor.pk, row.pk))
        if claim.source_id in group:
            _of_its_own(plan, claim, rows)
        else:
            moved += _of_another(plan, claim, rows)
        if any(row.source_id != plan.survivor.pk for row in rows):
            plan.touch(Subject.CLAIM, [claim.pk])
    plan.move("Claims that hold it against their own source", Citation, "source_id", moved)


def _of_its_own(plan: Plan, claim: Claim, rows: Sequence[Citation]) -> None:
    """A claim can't cite the source that it rests on."""
    for row in rows:
        if agrees_silently(row, claim):
            sentence = f"A citation that only agrees, as “{claim.title}” then rests on the same."
            plan.dropped.append(Dropped(row, sentence, claim))
            plan.touch(Subject.CLAIM, [claim.pk])
        else:
            plan.obstruct(
                f"“{claim.title}” rests on one of them and cites another, which says something of "
                "its own. Bring that into the claim and remove the citation first.",
                claim,
            )


def _of_another(plan: Plan, claim: Claim, rows: Sequence[Citation]) -> list[Citation]:
    """Those that move. Of several with the same words one stays."""
    by_words: dict[str, list[Citation]] = {}
    for row in rows:
        by_words.setdefault(row.as_reported, []).append(row)
    moved = []
    for kept, *rest in by_words.values():
        if kept.source_id != plan.survivor.pk:
            moved.append(kept)
        if rest:
            _one_citation(plan, claim, kept, rest)
    return moved


def _one_citation(plan: Plan, claim: Claim, kept: Citation, rest: Sequence[Citation]) -> None:
    if len({row.agreement for row in (kept, *rest)}) > 1:
        plan.obstruct(
            f"“{claim.title}” cites them with the same words, once as agreeing and once not. "
            "Decide which it is and remove the other citation first.",
            claim,
        )
        return
    texts = {"locator": kept.locator, "note": kept.note}
    for row in rest:
        texts["locator"] = joined(texts["locator"], row.locator)
        texts["note"] = joined(texts["note"], row.note, " ")
        sentence = f"A second citation with the same words in “{claim.title}”."
        plan.dropped.append(Dropped(row, sentence, claim))
    if any(len(texts[name]) > limit for name, limit in _LIMITS.items()):
        plan.obstruct(
            f"“{claim.title}” cites both with the same words, and what it notes on them is too "
            "long for one citation. Shorten one of them.",
            claim,
        )
    elif texts != {"locator": kept.locator, "note": kept.note}:
        sentence = f"The citation in “{claim.title}” takes in the place and note of the other."
        plan.rewritten.append(Rewritten(kept, texts, sentence, claim))


# -- what depends on who speaks


def _speakers(plan: Plan, claims: Sequence[Claim]) -> None:
    """Words without a speaker are the source's author's, and nobody's words become another's."""
    group = {source.pk for source in plan.candidates}
    author = plan.filled_value("author")
    for claim in claims:
        if claim.source_id in group and claim.quotation and not claim.speaker.strip():
            before = claim.source.author
            if before.strip() != author.strip():
                plan.obstruct(
                    f"“{claim.title}” quotes {before or 'somebody who is not named'}, because it "
                    f"names no speaker; afterwards it would quote {author or 'nobody'}. "
                    "Name its speaker first.",
                    claim,
                )


def _grades(plan: Plan, claims: Sequence[Claim]) -> None:
    dropped = {one.row.pk for one in plan.dropped if isinstance(one.row, Citation)}
    changing = [claim for claim in claims if claim.grade != _grade_after(plan, claim, dropped)]
    if changing:
        plan.remark(
            "The evidence grade changes, because the survivor's tier and publisher count from "
            f"then on: {len(changing)} of the claims.",
            changing,
        )


def _grade_after(plan: Plan, claim: Claim, dropped: set[int]) -> Any:
    group = {source.pk for source in plan.candidates}

    def after(source: Source) -> Source:
        return plan.survivor if source.pk in group else source

    own = after(claim.source)
    supports = [Support(own.tier, own.publisher)]
    for row in claim.citations.all():
        if row.pk not in dropped:
            cited = after(row.source)
            supports.append(Support(cited.tier, cited.publisher, row.agreement))
    return grade(supports)
