"""Every statement of a source in the catalogue, held against what is known first-hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery

from companies import evidence
from companies.charts.bars import WHOLE, svg_percentage
from companies.evidence import Agreement, Support, Verdict
from companies.models import Citation, Claim, Revision, Source, Subject


@dataclass(frozen=True)
class Witness:
    """What a document says of a matter: `words` as the catalogue puts it, `quotation` literally."""

    source: Source
    words: str
    locator: str
    note: str = ""
    quotation: str = ""
    said_by: str = ""

    @property
    def is_first_hand(self) -> bool:
        return evidence.is_first_hand(self.source.tier)


@dataclass(frozen=True)
class Statement:
    """What the source says, and the claim it is set against.

    `verdict` is None where the source itself is primary or measured: there is nothing better to
    check it against. `against` is what it was held against: first-hand where there is any, else
    what the claim rests on, else None. `anchor` is its place on the source's page.
    """

    claim: Claim
    as_reported: str
    locator: str
    note: str
    verdict: Verdict | None
    is_the_claim: bool
    against: Witness | None = None
    anchor: str = ""

    @property
    def is_checked(self) -> bool:
        return self.verdict not in (None, Verdict.UNVERIFIED)

    @property
    def is_undecided(self) -> bool:
        """Something first-hand is known, but no rule can tell whether it bears this out."""
        found = self.against
        return self.verdict == Verdict.UNVERIFIED and found is not None and found.is_first_hand


@dataclass(frozen=True)
class Tally:
    """How many statements have a verdict, drawn on a scale from none to all of them.

    `start` is where its part begins if all are laid end to end. Both are SVG percentages.
    """

    verdict: Verdict
    count: int
    start: str
    length: str


@dataclass(frozen=True)
class FactCheck:
    statements: Sequence[Statement]

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """Every verdict with its count, none left out because it is zero."""
        found = Counter(statement.verdict for statement in self.statements)
        return [(verdict, found[verdict]) for verdict in Verdict]

    @property
    def tallies(self) -> list[Tally]:
        return tallies(dict(self.counts))

    @property
    def checked(self) -> int:
        return sum(statement.is_checked for statement in self.statements)


def fact_check(source: Source) -> FactCheck:
    """Check a source in four queries, however many statements it makes.

    Each claim is annotated with `last_changed`, when what visitors see of it last changed.
    """
    changes = Revision.objects.filter(
        subject=Subject.CLAIM, subject_id=OuterRef("pk"), was_public=True
    )
    last_changed = changes.order_by().values("subject_id").annotate(last=Max("made_at"))
    claims = Claim.objects.published().citing(source).with_parts().order_by("key")
    statements: list[Statement] = []
    for claim in claims.annotate(last_changed=Subquery(last_changed.values("last"))):
        cited = [c for c in claim.citations.all() if c.source_id == source.pk]
        for number, citation in enumerate(cited, 1):
            # A key has no point in it, so that no two anchors can be the same.
            anchor = claim.key if number == 1 else f"{claim.key}.{number}"
            statements.append(_as_cited(citation, claim, source, anchor))
        if claim.source_id == source.pk:
            statements.append(_as_claim(claim, source))
    return FactCheck(statements)


def tallies(counts: Mapping[Verdict, int]) -> list[Tally]:
    """One for each verdict, none left out because it is zero."""
    whole = Decimal(max(sum(counts.values()), 1))
    found, before = [], 0
    for verdict in Verdict:
        count = counts.get(verdict, 0)
        start, length = (
            svg_percentage(n / whole * WHOLE) for n in (Decimal(before), Decimal(count))
        )
        found.append(Tally(verdict, count, start, length))
        before += count
    return found


def tallies_of(sources: Iterable[Source]) -> dict[int, list[Tally]]:
    """The tallies of those that can be checked, by id; one query, without any statement read."""
    ids = [source.pk for source in sources if not evidence.is_first_hand(source.tier)]
    counted: dict[int, dict[Verdict, int]] = defaultdict(dict)
    if ids:
        citations, claims = (
            rows.filter(source__in=ids).values_list("source", "verdict").annotate(Count("pk"))
            for rows in judged()
        )
        for source, verdict, count in citations.union(claims, all=True):
            counts = counted[source]
            counts[Verdict(verdict)] = counts.get(Verdict(verdict), 0) + count
    return {pk: tallies(counts) for pk, counts in counted.items()}


def judged() -> tuple[Any, Any]:
    """Every published statement of a secondary source, with its `verdict`: two querysets,
    citations and claims.
    """
    return (
        Citation.objects.published().judged().order_by(),
        Claim.objects.published().judged().order_by(),
    )


def witness(claim: Claim, source: Source) -> Witness | None:
    """What a statement of the source about the claim is held against.

    In the order in which `evidence.verdict` asks: what supports the claim first-hand, then what
    contradicts it, then what differs from it; then what the claim itself rests on.
    """
    others = [citation for citation in claim.citations.all() if citation.source_id != source.pk]
    own = None if claim.source_id == source.pk else _of_claim(claim)
    if own and own.is_first_hand:
        return own
    for word in (Agreement.AGREES, Agreement.CONTRADICTS, Agreement.DIFFERS):
        for citation in others:
            if citation.agreement == word and evidence.is_first_hand(citation.source.tier):
                return _of_citation(citation, claim)
    return own


def _of_claim(claim: Claim) -> Witness:
    return Witness(
        claim.source, claim.text, claim.locator, claim.note, claim.quotation, claim.said_by
    )


def _of_citation(citation: Citation, claim: Claim) -> Witness:
    words = citation.as_reported or claim.text
    return Witness(citation.source, words, citation.locator, citation.note)


def _as_cited(citation: Citation, claim: Claim, source: Source, anchor: str) -> Statement:
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
        against=witness(claim, source),
        anchor=anchor,
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
        against=witness(claim, source),
        anchor=claim.key,
    )


def _verdict(source: Source, agreement: str, others: list[Support]) -> Verdict | None:
    return None if evidence.is_first_hand(source.tier) else evidence.verdict(agreement, others)
