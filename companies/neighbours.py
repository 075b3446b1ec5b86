"""The companies a profile leads to: those it belongs with, and those worth a comparison."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse

from companies.models import Claim, ClaimTechnology, Company, Status, Technology

# Of each reason; together at most twice as many are looked at.
_CANDIDATES = 5
_MOST_SUGGESTED = 6
_TECHNOLOGIES_NAMED = 4
_SIBLINGS_NAMED = 12


@dataclass(frozen=True)
class Suggestion:
    company: Company
    address: str
    # The most telling of the technologies that both have in use, and how many more there are.
    technologies: list[Technology]
    further: int
    is_same_industry: bool

    @property
    def names(self) -> str:
        return ", ".join(technology.name for technology in self.technologies)


@dataclass(frozen=True)
class Neighbours:
    parent: Company | None
    subsidiaries: list[Company]
    # Further companies of the same parent, and how many there are besides.
    siblings: list[Company]
    further_siblings: int
    suggestions: list[Suggestion]


def neighbours(company: Company, technologies: Sequence[Technology]) -> Neighbours:
    """Of a company fetched with its parent, and what it has in use; two queries.

    Only published companies. What other companies only state shares of is not looked at.
    """
    parent = company.parent
    if parent and parent.status != Status.PUBLISHED:
        parent = None
    others = Company.objects.published().exclude(pk=company.pk)
    wanted = Q(parent=company.pk) | Q(pk__in=_users(company, technologies))
    if parent:
        wanted |= Q(parent=parent.pk)
    if company.industry:
        wanted |= Q(pk__in=_of_industry(company))
    found = list(others.filter(wanted).order_by(Lower("name"), "slug"))
    siblings = [other for other in found if parent and other.parent_id == parent.pk]
    return Neighbours(
        parent=parent,
        subsidiaries=[other for other in found if other.parent_id == company.pk],
        siblings=siblings[:_SIBLINGS_NAMED],
        further_siblings=max(len(siblings) - _SIBLINGS_NAMED, 0),
        suggestions=_suggestions(company, found, technologies),
    )


def _users(company: Company, technologies: Sequence[Technology]) -> object:
    """The ids of the companies that use most of the technologies, the most first."""
    uses = ClaimTechnology.objects.published().in_use().filter(technology__in=technologies)
    return (
        uses.exclude(claim__company=company.pk)
        .order_by()
        .values("claim__company")
        .annotate(shared=Count("technology", distinct=True))
        .order_by("-shared", Lower("claim__company__name"), "claim__company__slug")
        .values("claim__company")[:_CANDIDATES]
    )


def _of_industry(company: Company) -> object:
    """The ids of the first few of its industry of which anything is known."""
    claims = Claim.objects.published().filter(company=OuterRef("pk"))
    return (
        Company.objects.published()
        .filter(Exists(claims), industry=company.industry)
        .exclude(pk=company.pk)
        .order_by(Lower("name"), "slug")
        .values("pk")[:_CANDIDATES]
    )


def _suggestions(
    company: Company, others: Sequence[Company], technologies: Sequence[Technology]
) -> list[Suggestion]:
    """Those of the same industry first, and those that share most first among each."""
    uses = ClaimTechnology.objects.published().in_use()
    rows = uses.filter(claim__company__in=others, technology__in=technologies)
    used: dict[int, set[int]] = defaultdict(set)
    for user, technology in rows.order_by().values_list("claim__company", "technology").distinct():
        used[user].add(technology)
    found = []
    for other in others:
        shared = [one for one in technologies if one.pk in used[other.pk]]
        is_same_industry = bool(company.industry) and other.industry == company.industry
        if shared or is_same_industry:
            slugs = sorted([company.slug, other.slug])
            found.append(
                (
                    (not is_same_industry, -len(shared), other.name.lower(), other.slug),
                    Suggestion(
                        company=other,
                        address=reverse("companies:comparison", args=["-vs-".join(slugs)]),
                        technologies=shared[:_TECHNOLOGIES_NAMED],
                        further=max(len(shared) - _TECHNOLOGIES_NAMED, 0),
                        is_same_industry=is_same_industry,
                    ),
                )
            )
    found.sort(key=lambda pair: pair[0])
    return [suggestion for _, suggestion in found[:_MOST_SUGGESTED]]
