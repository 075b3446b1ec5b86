"""The catalogue at a glance, for the first page: its numbers, an example and comparisons.

One query for each; nothing here is written down anywhere, so nothing of it can go stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Value, When
from django.db.models.functions import Length

from companies.evidence import Grade, Verdict
from companies.fact_check import judged
from companies.models import Citation, Claim, Company, Source
from companies.models.verdict import FIRST_HAND

_FIRST_HAND_GRADES = [Grade.MEASURED, Grade.PRIMARY]
# Among the companies with most claims; beyond them a comparison would have little to show.
_CANDIDATES, _TOGETHER = 60, 3


@dataclass(frozen=True)
class Numbers:
    """What is published. `verdicts` counts the statements of secondary sources."""

    companies: int
    claims: int
    sources: int
    first_hand: int
    verdicts: dict[Verdict, int]

    @property
    def first_hand_percent(self) -> int:
        """Rounded down, so that 100 means every claim."""
        return self.first_hand * 100 // self.claims if self.claims else 0

    @property
    def checked(self) -> int:
        return sum(self.verdicts.values()) - self.verdicts[Verdict.UNVERIFIED]

    @property
    def not_borne_out(self) -> int:
        return self.verdicts[Verdict.CORRECTED] + self.verdicts[Verdict.CONTRADICTED]


@dataclass(frozen=True)
class Example:
    """A statement of a secondary source that the claim it is set against does not bear out."""

    citation: Citation
    verdict: Verdict

    @property
    def claim(self) -> Claim:
        claim: Claim = self.citation.claim
        return claim


@dataclass(frozen=True)
class Suggestion:
    """Companies worth seeing side by side; `industry` is what joins them, if anything does."""

    industry: str
    companies: list[Company]


def numbers() -> Numbers:
    claims = Claim.objects.published().order_by()
    citations_judged, claims_judged = judged()
    with_grade: Any = claims.with_evidence()
    first_hand = with_grade.filter(evidence_grade__in=_FIRST_HAND_GRADES)
    counts = [
        _counted(claims, "companies", Count("company", distinct=True)),
        _counted(first_hand, "first_hand", Count("pk")),
        _counted(Source.objects.published().order_by(), "sources", Count("pk")),
        *(
            rows.values_list("verdict").annotate(count=Count("pk"))
            for rows in (citations_judged, claims_judged)
        ),
    ]
    found: dict[str, int] = {}
    for name, count in _counted(claims, "claims", Count("pk")).union(*counts, all=True):
        found[name] = found.get(name, 0) + count
    verdicts = {verdict: found.pop(verdict.value, 0) for verdict in Verdict}
    return Numbers(verdicts=verdicts, **found)


def example() -> Example | None:
    """The shortest that a first-hand source contradicts, or else corrects; None without."""
    statements: Any = Citation.objects.published().judged().exclude(as_reported="")
    telling = statements.filter(
        verdict__in=[Verdict.CONTRADICTED, Verdict.CORRECTED],
        # What corrects it is then the claim itself, with its own source and locator.
        claim__source__tier__in=FIRST_HAND,
    )
    worst_first = Case(When(verdict=Verdict.CONTRADICTED, then=0), default=1)
    length = Length("as_reported") + Length("claim__text")
    found: Any = (
        telling.select_related("source", "claim__source", "claim__company")
        .order_by(worst_first, length, "pk")
        .first()
    )
    return Example(found, Verdict(found.verdict)) if found else None


def suggestions(most: int) -> list[Suggestion]:
    """Companies of one industry, those with most claims first; two at least, three at most.

    Where no two share an industry, the two companies with most claims.
    """
    candidates = list(
        Company.objects.published()
        .with_claim_count()
        .filter(claim_count__gt=0)
        .sorted_by("claims")[:_CANDIDATES]
    )
    industries: dict[str, list[Company]] = {}
    for company in candidates:
        if company.industry:
            industries.setdefault(company.industry, []).append(company)
    found = [
        Suggestion(industry, companies[:_TOGETHER])
        for industry, companies in industries.items()
        if len(companies) > 1
    ]
    if not found and len(candidates) > 1:
        return [Suggestion("", candidates[:2])]
    return sorted(found, key=_claims_to_compare, reverse=True)[:most]


def _claims_to_compare(suggestion: Suggestion) -> int:
    """How much there is to see: a comparison is as good as its second column."""
    counts: Iterable[Any] = suggestion.companies
    return sorted((company.claim_count for company in counts), reverse=True)[1]


def _counted(rows: Any, name: str, count: Count) -> Any:
    """One row, even for nothing: the name and the count."""
    return rows.annotate(name_of=Value(name)).values_list("name_of").annotate(count=count)
