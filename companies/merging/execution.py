from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone

from companies import search
from companies.exchange.revisions import NOBODY, Cause, record, record_deletion
from companies.exchange.snapshot import SHAPES, subject_of
from companies.exchange.table_write import batches
from companies.merging.company import plan_companies
from companies.merging.source import plan_sources
from companies.merging.steps import Plan
from companies.merging.technology import plan_technologies
from companies.models import (
    FormerSlug,
    FormerSourceKey,
    FormerTechnologySlug,
    Revision,
    Subject,
)

_PLANNERS: dict[str, Callable[[Any, Any], Plan]] = {
    Subject.COMPANY: plan_companies,
    Subject.TECHNOLOGY: plan_technologies,
    Subject.SOURCE: plan_sources,
}
# The table of former names, the column of the name and the one of whose it is.
_FORMER: dict[str, tuple[type[Any], str, str]] = {
    Subject.COMPANY: (FormerSlug, "slug", "company_id"),
    Subject.TECHNOLOGY: (FormerTechnologySlug, "slug", "technology_id"),
    Subject.SOURCE: (FormerSourceKey, "key", "source_id"),
}
# Locked in the order in which a form that saves one of them locks what it refers to.
_LOCKED = (Subject.CLAIM, Subject.LIST, Subject.COMPANY, Subject.TECHNOLOGY, Subject.SOURCE)


class PlanChangedError(Exception):
    """Something was saved since the plan was made, so that it isn't what would be done."""


class ObstructedError(Exception):
    """The plan names what has to be done by hand first."""


def plan(survivor: Any, others: Iterable[Any]) -> Plan:
    """What it takes to make `survivor` of all of them; all are of one model."""
    ordered = sorted(others, key=lambda one: one.pk)
    return _PLANNERS[subject_of(type(survivor))](survivor, ordered)


def merge(shown: Plan, cause: Cause) -> None:
    """Do what the plan says, in one transaction, with `cause` in the history of all it changes.

    Raises PlanChangedError or ObstructedError, and changes nothing; IntegrityError where a rule of
    the database forbids it.
    """
    with search.following():
        _lock(shown)
        now = _again(shown)
        if now is None or now.fingerprint != shown.fingerprint:
            raise PlanChangedError
        if now.obstacles:
            raise ObstructedError
        for subject, ids in now.touched.items():
            record(subject, ids, NOBODY)
        record_deletion(now.subject, now.other_ids, cause, lists=False)
        _do(now)
        for subject, ids in now.touched.items():
            record(subject, ids, cause)
        if now.subject == Subject.COMPANY:
            # Whether visitors see the history of a claim depends on its company being there. Only
            # now, because a claim of the same company under another address counts as unchanged.
            earlier = Revision.objects.filter(subject=Subject.CLAIM, company_id__in=now.other_ids)
            earlier.update(company_id=now.survivor.pk)


def _lock(shown: Plan) -> None:
    wanted = {subject: set(ids) for subject, ids in shown.touched.items()}
    wanted.setdefault(shown.subject, set()).update(row.pk for row in shown.candidates)
    for subject in _LOCKED:
        for batch in batches(sorted(wanted.get(subject, ()))):
            rows = SHAPES[subject].model._default_manager.select_for_update()
            list(rows.filter(pk__in=batch).order_by("pk").values_list("pk"))


def _again(shown: Plan) -> Plan | None:
    """The plan as it is now; None if one of them is gone."""
    found = type(shown.survivor)._default_manager.in_bulk([row.pk for row in shown.candidates])
    if len(found) < len(shown.candidates):
        return None
    return plan(found[shown.survivor.pk], [found[pk] for pk in shown.other_ids])


def _do(now: Plan) -> None:
    model, survivor = type(now.survivor), now.survivor
    if now.subject == Subject.COMPANY:
        # On the way from one parent to another no company may be above itself.
        model._default_manager.filter(pk__in=[survivor.pk, *now.other_ids]).update(parent=None)
    # First, because a quote that moves here may need its author.
    columns = {filled.column: filled.value for filled in now.filled}
    columns.pop("parent_id", None)
    model._default_manager.filter(pk=survivor.pk).update(**columns, updated=timezone.now())
    dropped: dict[type[Any], list[int]] = {}
    for one in now.dropped:
        dropped.setdefault(type(one.row), []).append(one.row.pk)
    for part, ids in dropped.items():
        for batch in batches(ids):
            part._default_manager.filter(pk__in=batch).delete()
    for rewritten in now.rewritten:
        rows = type(rewritten.row)._default_manager.filter(pk=rewritten.row.pk)
        rows.update(**rewritten.columns)
    for moved in now.moved:
        for batch in batches(moved.ids):
            rows = moved.model._default_manager.filter(pk__in=batch)
            rows.update(**{moved.column: survivor.pk})
    for added in now.added:
        added.model._default_manager.create(company=survivor, **added.columns)
    _keep_addresses(now)
    if now.subject == Subject.COMPANY:
        model._default_manager.filter(pk=survivor.pk).update(parent=now.parent_id)
    _stamp(now)


def _keep_addresses(now: Plan) -> None:
    """The others go, and what led to them leads to the survivor."""
    former, name, owner = _FORMER[now.subject]
    names = [getattr(other, name) for other in now.others]
    type(now.survivor)._default_manager.filter(pk__in=now.other_ids).delete()
    for one in names:
        former._default_manager.update_or_create(**{name: one}, defaults={owner: now.survivor.pk})


def _stamp(now: Plan) -> None:
    """So that whoever has one of them open is told that it was changed."""
    moment = timezone.now()
    for subject, ids in now.touched.items():
        for batch in batches(ids):
            rows = SHAPES[subject].model._default_manager.filter(pk__in=batch)
            rows.update(updated=moment)
