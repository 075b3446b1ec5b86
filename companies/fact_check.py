"""Every statement of a source in the catalogue, held against what is known first-hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from companies import evidence
from companies.evidence import Agreement, Support, Verdict
from companies.models import Citation, Claim, Source


@dataclass(frozen=True)
class Statement:
    """What the source says, and the claim it is set against.

    `verdict` is None where the source itself is primary or measured: there is nothing better to
    check it against.
    """

    claim: Claim
    as_reported: str
    locator: str
    note: str
    verdict: Verdict | None
    is_the_claim: bool


@dataclass(frozen=True)
class FactCheck:
    statements: Sequence[Statement]

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """Every verdict with its count, none left out because it is zero."""
        found = Counter(statement.verdict for statement in self.statements)
        return [(verdict, found[verdict]) for verdict in Verdict]


def fact_check(source: Source) -> FactCheck:
    """Check a source in four queries, however many statements it makes."""
    statements = []
    for claim in Claim.objects.published().citing(source).with_parts().order_by("key"):
        cited = [c for c in claim.citations.all() if c.source_id == source.pk]
        statements += [_as_cited(citation, claim, source) for citation in cited]
        if claim.source_id == source.pk:
            statements.append(_as_claim(claim, source))
    return FactCheck(statements)


def _as_cited(citation: Citation, claim: Claim, source: Source) -> Statement:
    others = [
        evidence.Support(claim.source.tier, claim.source.publisher),
        *(c.as_support for c in claim.citations.all() if c.source_id != source.pk),
    ]
    return Statement(
        claim=claim,
        as_reported=citation.as_reported,
        locator=citation.locator,
        note=citation.note,
        verdict=_verdict(source, citation.agreement, others),
        is_the_claim=False,
    )


def _as_claim(claim: Claim, source: Source) -> Statement:
    citations = [citation.as_support for citation in claim.citations.all()]
    return Statement(
        claim=claim,
        as_reported=claim.text,
        locator=claim.locator,
        note=claim.note,
        verdict=_verdict(source, Agreement.AGREES, citations),
        is_the_claim=True,
    )


def _verdict(source: Source, agreement: str, others: list[Support]) -> Verdict | None:
    return None if evidence.is_first_hand(source.tier) else evidence.verdict(agreement, others)
