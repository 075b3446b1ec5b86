"""Companies: claims, names, addresses, findings, places on lists, companies above and below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from companies.exchange.former_names import NOTE_LENGTH, joined
from companies.merging.findings import plan_findings
from companies.merging.steps import Added, Dropped, Filled, Left, Plan, Rewritten
from companies.models import (
    Claim,
    Company,
    CompanyAlias,
    CompanyListEntry,
    FormerSlug,
    Gap,
    Status,
    Subject,
)

_FILLED = ("founded", "headquarters", "industry", "website", "wikidata", "summary")


def plan_companies(survivor: Company, others: Sequence[Company]) -> Plan:
    plan = Plan(Subject.COMPANY, survivor, list(others))
    plan.touch(Subject.COMPANY, [survivor.pk])
    _claims(plan)
    _names(plan)
    _addresses(plan)
    findings = Gap.objects.filter(company__in=plan.candidates)
    plan_findings(
        plan, findings, "company_id", lambda gap: (gap.claim_kind, gap.technology_id, gap.domain_id)
    )
    _lists(plan)
    _family(plan)
    plan.fill(_FILLED)
    plan.leave(("kind", *_FILLED))
    _logo(plan)
    _status(plan)
    return plan


def _claims(plan: Plan) -> None:
    claims = Claim.objects.filter(company__in=plan.others).order_by("key")
    rows = list(claims.only("key", "kind", "title", "status", "company"))
    plan.move("Claims, each with its address", Claim, "company_id", rows)
    plan.touch(Subject.CLAIM, [claim.pk for claim in rows])
    hidden = {other.pk for other in plan.others if other.status != Status.PUBLISHED}
    shown = [row for row in rows if row.company_id in hidden and row.status == Status.PUBLISHED]
    if shown and plan.survivor.status == Status.PUBLISHED:
        plan.remark(
            "Visitors will see published claims that they don't see now, because their company "
            f"isn't published: {len(shown)}.",
            shown,
        )


def _names(plan: Plan) -> None:
    known = {plan.survivor.name.casefold()}
    aliases: dict[int, list[CompanyAlias]] = {}
    for alias in CompanyAlias.objects.filter(company__in=plan.candidates).order_by("pk"):
        aliases.setdefault(alias.company_id, []).append(alias)
    known |= {alias.name.casefold() for alias in aliases.get(plan.survivor.pk, [])}
    moved = []
    for other in plan.others:
        if other.name.casefold() not in known:
            added = Added("Other name", CompanyAlias, {"name": other.name}, other.name)
            plan.added.append(added)
            known.add(other.name.casefold())
        for alias in aliases.get(other.pk, []):
            if alias.name.casefold() in known:
                sentence = f"The other name “{alias.name}”: it has that already."
                plan.dropped.append(Dropped(alias, sentence, other))
            else:
                moved.append(alias)
                known.add(alias.name.casefold())
    plan.move("Other names", CompanyAlias, "company_id", moved)


def _addresses(plan: Plan) -> None:
    moved = []
    for former in FormerSlug.objects.filter(company__in=plan.others).order_by("pk"):
        if former.slug == plan.survivor.slug:
            sentence = f"The former address “{former.slug}”: it is the survivor's own."
            plan.dropped.append(Dropped(former, sentence, former.company))
        else:
            moved.append(former)
    plan.move("Former addresses, which then redirect to it", FormerSlug, "company_id", moved)


def _lists(plan: Plan) -> None:
    entries = CompanyListEntry.objects.filter(company__in=plan.candidates)
    on_list: dict[int, list[CompanyListEntry]] = {}
    for entry in entries.select_related("company_list").order_by("company_list", "pk"):
        on_list.setdefault(entry.company_list_id, []).append(entry)
    moved = []
    for rows in on_list.values():
        # Its own entry stays if it has one, whatever the order of the rows.
        rows.sort(key=lambda entry: (entry.company_id != plan.survivor.pk, entry.pk))
        kept, *rest = rows
        if kept.company_id != plan.survivor.pk:
            moved.append(kept)
        if rest:
            _one_entry(plan, kept, rest)
    plan.move("Places on lists", CompanyListEntry, "company_id", moved)
    other_ids = set(plan.other_ids)
    plan.touch(
        Subject.LIST,
        [
            list_id
            for list_id, rows in on_list.items()
            if any(row.company_id in other_ids for row in rows)
        ],
    )


def _one_entry(plan: Plan, kept: CompanyListEntry, rest: Sequence[CompanyListEntry]) -> None:
    note, position = kept.note, kept.position
    for entry in rest:
        note = joined(note, entry.note, " ")
        position = min(position, entry.position)
        sentence = f"Its second place on the list “{entry.company_list}”, number {entry.position}."
        plan.dropped.append(Dropped(entry, sentence, entry.company_list))
    if len(note) > NOTE_LENGTH:
        plan.obstruct(
            f"Both are on the list “{kept.company_list}”, and their notes together are longer than "
            f"{NOTE_LENGTH} characters. Shorten one of them.",
            kept.company_list,
        )
    changes = {"note": note, "position": position}
    if changes != {"note": kept.note, "position": kept.position}:
        sentence = (
            f"Its place on the list “{kept.company_list}” becomes number {position}"
            + (f", with the note “{note}”" if note != kept.note else "")
            + "."
        )
        plan.rewritten.append(Rewritten(kept, changes, sentence, kept.company_list))


# -- the companies above and below


def _family(plan: Plan) -> None:
    group = {company.pk: company for company in plan.candidates}
    parents = dict(Company.objects.exclude(parent=None).values_list("pk", "parent_id"))
    below = Company.objects.filter(parent__in=plan.others).exclude(pk__in=group)
    subsidiaries = list(below.order_by("slug"))
    plan.move("Companies that belong to it", Company, "parent_id", subsidiaries)
    plan.touch(Subject.COMPANY, [company.pk for company in subsidiaries])
    for pk in group:
        parent_id = parents.get(pk)
        if not parent_id or parent_id in group:
            continue
        if _is_below(parent_id, set(group), parents):
            if pk == plan.survivor.pk:
                plan.parent_id = parent_id
                _between(plan, parent_id)
                return
            continue
        if plan.parent_id is None:
            plan.parent_id = parent_id
        if pk == plan.survivor.pk:
            # What it says itself goes before what any of the others says.
            break
    _left_parents(plan, parents)
    if plan.parent_id == plan.survivor.parent_id:
        return
    origin, words = None, "none: the company it belonged to becomes one with it"
    if plan.parent_id:
        origin = next(one for one in plan.others if parents.get(one.pk) == plan.parent_id)
        words = str(Company.objects.get(pk=plan.parent_id))
    plan.filled.append(Filled("parent_id", "Parent", plan.parent_id, words, origin))


def _left_parents(plan: Plan, parents: Mapping[int, int | None]) -> None:
    group = {company.pk for company in plan.candidates}
    left = [
        (other, parents[other.pk])
        for other in plan.others
        if other.pk in parents and parents[other.pk] not in group | {plan.parent_id}
    ]
    names = Company.objects.in_bulk([pk for _other, pk in left if pk])
    plan.left += [Left("Parent", str(names[pk]), other) for other, pk in left if pk]


def _is_below(pk: int | None, group: set[int], parents: Mapping[int, int | None]) -> bool:
    while pk:
        if pk in group:
            return True
        pk = parents.get(pk)
    return False


def _between(plan: Plan, parent_id: int) -> None:
    between = Company.objects.get(pk=parent_id)
    plan.obstruct(
        f"{plan.survivor} belongs to {between}, which itself belongs to a company that is to "
        "become one with it. Give one of them another parent first.",
        between,
    )


def _logo(plan: Plan) -> None:
    kept = plan.survivor.logo_id
    for other in plan.others:
        if not kept and other.logo_id:
            kept = other.logo_id
            plan.filled.append(Filled("logo_id", "Logo", kept, "the logo", other))
        elif other.logo_id not in (None, kept):
            plan.left.append(Left("Logo", "another logo", other))


def _status(plan: Plan) -> None:
    published: list[Any] = [other for other in plan.others if other.status == Status.PUBLISHED]
    if published and plan.survivor.status != Status.PUBLISHED:
        names = " and ".join(str(other) for other in published)
        plan.obstruct(
            f"{names} would disappear from the pages, because {plan.survivor} isn't published. "
            "Publish it first, or let a published one stay.",
            plan.survivor,
        )
