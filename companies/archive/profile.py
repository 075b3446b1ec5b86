from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max, Value

from companies.archive import instances
from companies.archive.chain import (
    Chain,
    NotThenError,
    chain_called,
    end_of,
    nothing_there,
    published_on,
)
from companies.archive.names import named_by, things
from companies.archive.passage import Passage, passage
from companies.models import Action, Claim, Company, FormerSlug, Gap, Revision, Subject


@dataclass(frozen=True)
class ArchivedProfile:
    """A company as it stood, with its claims, newest first."""

    company: Company
    aliases: list[str]
    parent: Company | None
    claims: list[Claim]
    gaps: list[Gap]
    passage: Passage
    # Those of the claims that visitors don't find any more.
    gone: list[Claim]


def profile_on(slug: str, day: datetime.date) -> ArchivedProfile:
    """The profile at the end of the day, in eight queries at most. Raises NotThenError."""
    chain = chain_called(Subject.COMPANY, slug, day)
    if chain is None:
        raise NotThenError(nothing_there(slug))
    known = chain.on(day)
    parent_slug = known.content.get("parent", "") if known else ""
    present, former = _shown_now([chain.last.name, parent_slug])
    ids = _ids_now(chain, present, former)
    if not ids:
        raise NotThenError(nothing_there(slug))
    (then,) = published_on(day, chain)
    parent = _parent(parent_slug, day) if parent_slug in {*present, *former} else None
    company = instances.company(then, parent)
    names = {revision.name for revision in chain.until(day)}
    claims = [revision for revision in _claims(ids, day) if revision.content["company"] in names]
    named = things(named_by([then.content, *(claim.content for claim in claims)]), day)
    made = [instances.claim(claim, company, named, claim.made_at) for claim in claims]
    # By key, and then by date, as `newest_first` does.
    made.sort(key=lambda claim: claim.key)
    made.sort(key=lambda claim: claim.as_of, reverse=True)
    ids_then = [claim.pk for claim in made]
    there = set(Claim.objects.published().filter(pk__in=ids_then).values_list("pk", flat=True))
    return ArchivedProfile(
        company=company,
        aliases=then.content.get("aliases", []),
        parent=parent,
        claims=made,
        gaps=instances.gaps(then, company, named),
        passage=passage([chain], named.ids, ids, day),
        gone=[claim for claim in made if claim.pk not in there],
    )


def _shown_now(slugs: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of companies that visitors find at the slugs, by present and by former one.

    One query.
    """
    present = Company.objects.published().filter(slug__in=slugs).order_by()
    former = FormerSlug.objects.published().filter(slug__in=slugs).order_by()
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for slug, pk, is_former in present.values_list("slug", F("pk"), Value(0)).union(
        former.values_list("slug", F("company_id"), Value(1))
    ):
        found[is_former][slug] = pk
    return found


def _ids_now(chain: Chain, present: dict[str, int], former: dict[str, int]) -> set[int]:
    """The company's id, and that of what it was merged into, which its claims belong to now.

    Empty if visitors find neither: the history of a hidden company is hidden with it. A deleted
    company's address may be another's now, which is none of the two.
    """
    slug = chain.last.name
    survivor = former.get(slug) if chain.last.action == Action.DELETED else None
    if survivor:
        return {chain.pk, survivor}
    return {chain.pk} if present.get(slug) == chain.pk else set()


def _parent(slug: str, day: datetime.date) -> Company | None:
    """One query."""
    chain = chain_called(Subject.COMPANY, slug, day)
    then = chain.on(day) if chain else None
    return instances.company(then) if then and then.is_published else None


def _claims(companies: set[int], day: datetime.date) -> list[Revision]:
    """How each claim that ever was one of theirs stood, if it was published; one query."""
    end = end_of(day)
    ids = Revision.objects.filter(
        subject=Subject.CLAIM, company_id__in=companies, made_at__lt=end
    ).order_by()
    latest = (
        Revision.objects.filter(
            subject=Subject.CLAIM, subject_id__in=ids.values("subject_id"), made_at__lt=end
        )
        .order_by()
        .values("subject_id")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    return [one for one in Revision.objects.filter(pk__in=latest) if one.is_published]
