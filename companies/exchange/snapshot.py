"""Entries of the catalogue as they stand now, each whole, in the shape of the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch, QuerySet

from companies.exchange import rows
from companies.models import (
    Claim,
    Company,
    CompanyList,
    CompanyListEntry,
    Domain,
    Gap,
    Source,
    Subject,
    Technology,
)


class Shape(NamedTuple):
    model: type[Model]
    fetch: Callable[[QuerySet[Any]], QuerySet[Any]]
    row: Callable[[Any], rows.Written]


def _company_row(company: Company) -> rows.Written:
    # The logo is a file of its own; a revision keeps which one it was.
    row = rows.company_row(company, company.parent, [])
    return row | ({"logo": company.logo_id} if company.logo_id else {})


def _claim_row(claim: Claim) -> rows.Written:
    return {"company": claim.company.slug, **rows.claim_row(claim)}


def _as_is(found: QuerySet[Any]) -> QuerySet[Any]:
    return found


SHAPES: dict[str, Shape] = {
    Subject.COMPANY: Shape(
        Company,
        lambda found: found.select_related("parent").prefetch_related(
            "aliases",
            "former_slugs",
            Prefetch("gaps", Gap.objects.select_related("technology", "domain", "source")),
        ),
        _company_row,
    ),
    Subject.CLAIM: Shape(Claim, lambda found: found.with_parts(), _claim_row),  # type: ignore[attr-defined]
    Subject.SOURCE: Shape(
        Source, lambda found: found.prefetch_related("former_keys"), rows.source_row
    ),
    Subject.TECHNOLOGY: Shape(
        Technology, lambda found: found.prefetch_related("former_slugs"), rows.technology_row
    ),
    Subject.DOMAIN: Shape(Domain, _as_is, rows.domain_row),
    Subject.LIST: Shape(
        CompanyList,
        lambda found: found.select_related("source").prefetch_related(
            Prefetch("entries", CompanyListEntry.objects.select_related("company"))
        ),
        lambda one: rows.list_row(one, one.entries.all()),
    ),
}
_SUBJECTS = {shape.model: Subject(subject) for subject, shape in SHAPES.items()}


def subject_of(model: type[Model]) -> Subject:
    """Which kind of entry the rows of a model, or of a proxy of it, are."""
    concrete: Any = model._meta.concrete_model
    return _SUBJECTS[concrete]


class Snapshot(NamedTuple):
    record: Any
    content: rows.Written


def snapshots(subject: str, ids: Iterable[int]) -> dict[int, Snapshot]:
    """By id, those that exist; at most five queries, however many there are."""
    shape = SHAPES[subject]
    found = shape.fetch(shape.model._default_manager.filter(pk__in=list(ids)))
    return {record.pk: Snapshot(record, shape.row(record)) for record in found.order_by("pk")}
