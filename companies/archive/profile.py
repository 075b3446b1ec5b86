from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Max, Value

from companies.archive import instances
from companies.archive.chain import (
    Chain,
    NotThenError,
    chains_called,
    end_of,
    nothing_there,
    published_on,
)
from companies.archive.names import Things, named_by, things
from companies.archive.passage import Passage, passage
from companies.models import Action, Claim, Company, FormerSlug, Gap, Revision, Subject


@dataclass(frozen=True)
class ArchivedProfile:
    """A company as it stood, with its claims, newest first."""

    company: Company
    aliases: list[str]
    claims: list[Claim]
    gaps: list[Gap]


@dataclass(frozen=True)
class ArchivedProfiles:
    """Some companies in the order they were asked for."""

    profiles: list[ArchivedProfile]
    passage: Passage
    # Those of the claims that visitors don't find any more.
    gone: list[Claim]

    @property
    def claims(self) -> list[Claim]:
        return [claim for profile in self.profiles for claim in profile.claims]


def profiles_on(slugs: Sequence[str], day: datetime.date) -> ArchivedProfiles:
    """The companies at the end of the day, in eight queries at most, however many there are.

    Raises NotThenError, also if only one of them can't be shown.
    """
    found = chains_called(Subject.COMPANY, slugs, day)
    missing = [slug for slug in slugs if slug not in found]
    if missing:
        raise NotThenError(nothing_there(missing[0]))
    chains = [found[slug] for slug in slugs]
    known = [chain.on(day) for chain in chains]
    above = [one.content.get("parent", "") if one else "" for one in known]
    present, former = _shown_now([*(chain.last.name for chain in chains), *above])
    ids = [_ids_now(chain, present, former) for chain in chains]
    for slug, those in zip(slugs, ids, strict=True):
        if not those:
            raise NotThenError(nothing_there(slug))
    then = published_on(day, *chains)
    parents = _parents({slug for slug in above if slug in present or slug in former}, day)
    every = set().union(*ids)
    claims = _claims(every, day)
    named = things(named_by(revision.content for revision in [*then, *claims]), day)
    profiles = [
        _profile(revision, parents.get(slug), _of(claims, chain, those, day), named)
        for revision, slug, chain, those in zip(then, above, chains, ids, strict=True)
    ]
    made = [claim for profile in profiles for claim in profile.claims]
    ids_then = [claim.pk for claim in made]
    there = set(Claim.objects.published().filter(pk__in=ids_then).values_list("pk", flat=True))
    return ArchivedProfiles(
        profiles=profiles,
        passage=passage(chains, named.ids, every, day),
        gone=[claim for claim in made if claim.pk not in there],
    )


def _profile(
    then: Revision, parent: Company | None, claims: Iterable[Revision], named: Things
) -> ArchivedProfile:
    company = instances.company(then, parent)
    made = [instances.claim(claim, company, named, claim.made_at) for claim in claims]
    # By key, and then by date, as `newest_first` does.
    made.sort(key=lambda claim: claim.key)
    made.sort(key=lambda claim: claim.as_of, reverse=True)
    return ArchivedProfile(
        company=company,
        aliases=then.content.get("aliases", []),
        claims=made,
        gaps=instances.gaps(then, company, named),
    )


def _of(
    claims: Iterable[Revision], chain: Chain, ids: set[int], day: datetime.date
) -> list[Revision]:
    """Those that were the company's then, whatever company they belong to since."""
    names = {revision.name for revision in chain.until(day)}
    return [
        claim for claim in claims if claim.company_id in ids and claim.content["company"] in names
    ]


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


def _parents(slugs: set[str], day: datetime.date) -> dict[str, Company]:
    """Those that were public then; one query, or none."""
    if not slugs:
        return {}
    known = {
        slug: chain.on(day) for slug, chain in chains_called(Subject.COMPANY, slugs, day).items()
    }
    return {
        slug: instances.company(then) for slug, then in known.items() if then and then.is_published
    }


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
