"""How well a claim is evidenced, and what a fact-check makes of a statement: pure functions.

Grades are computed from the claim's sources and never typed in, so that they cannot go stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import TextChoices


class Tier(TextChoices):
    """Who speaks in a source."""

    PRIMARY = "primary", "Primary: the company's or its people's own words"
    SECONDARY = "secondary", "Secondary: somebody reporting"
    MEASURED = "measured", "Measured: counted by us from a repository"


class Agreement(TextChoices):
    """How a further source stands to a claim."""

    AGREES = "agrees", "Agrees"
    DIFFERS = "differs", "Differs"
    CONTRADICTS = "contradicts", "Contradicts"


class Grade(TextChoices):
    """Best first; each value is what pages, filters and exports call it."""

    MEASURED = "measured", "Measured"
    PRIMARY = "primary", "Primary"
    CORROBORATED = "corroborated", "Corroborated"
    REPORTED = "reported", "Reported"

    @property
    def meaning(self) -> str:
        return _GRADE_MEANINGS[self]


_GRADE_MEANINGS = {
    Grade.MEASURED: "counted from a public repository",
    Grade.PRIMARY: "said by the company or its own people",
    Grade.CORROBORATED: "reported by two or more independent publishers",
    Grade.REPORTED: "reported by one publisher only",
}


class Verdict(TextChoices):
    """What a fact-check makes of one statement of a source."""

    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Corrected"
    CONTRADICTED = "contradicted", "Contradicted"
    UNVERIFIED = "unverified", "Unverified"

    @property
    def meaning(self) -> str:
        return _VERDICT_MEANINGS[self]


_VERDICT_MEANINGS = {
    Verdict.CONFIRMED: "a primary or measured source says the same",
    Verdict.CORRECTED: "a primary or measured source says it differently",
    Verdict.CONTRADICTED: "a primary or measured source says the opposite",
    Verdict.UNVERIFIED: "no primary or measured source is known",
}


class Support(NamedTuple):
    """One document behind a claim: the claim's own source, or a citation of another."""

    tier: str
    publisher: str
    agreement: str = Agreement.AGREES


def grade(supports: Iterable[Support]) -> Grade:
    """Grade a claim from everything that supports it: its own source and its agreeing citations.

    A claim taken from a news item that the company's own post agrees with is as well evidenced as
    one taken from the post, so an agreeing citation counts like the claim's own source. Publishers
    are counted, not articles: several articles of one publisher corroborate nothing.
    """
    agreeing = [support for support in supports if support.agreement == Agreement.AGREES]
    tiers = {support.tier for support in agreeing}
    if Tier.MEASURED in tiers:
        return Grade.MEASURED
    if Tier.PRIMARY in tiers:
        return Grade.PRIMARY
    if len({support.publisher for support in agreeing}) > 1:
        return Grade.CORROBORATED
    return Grade.REPORTED


def is_disputed(agreements: Collection[str]) -> bool:
    """Whether any citation contradicts the claim."""
    return Agreement.CONTRADICTS in agreements


def verdict(agreement: str, others: Collection[Support]) -> Verdict:
    """Judge a statement that stands to a claim in `agreement`.

    `others` is what else is known of the claim, without the document whose statement is judged: a
    source cannot confirm itself. A statement that rests on the claim itself `agrees` with it.

    Where a primary or measured source supports the claim, the claim is what the statement is held
    against. Where such a source is only set against it, a statement that agrees shares the claim's
    fate; whether one that differs from it too is right, no rule can tell.
    """
    first_hand = {other.agreement for other in others if is_first_hand(other.tier)}
    if Agreement.AGREES in first_hand:
        return _VERDICTS[Agreement(agreement)]
    if agreement == Agreement.AGREES:
        for word in (Agreement.CONTRADICTS, Agreement.DIFFERS):
            if word in first_hand:
                return _VERDICTS[word]
    return Verdict.UNVERIFIED


def is_first_hand(tier: str) -> bool:
    """Whether there is nothing better to check such a source against."""
    return tier in (Tier.PRIMARY, Tier.MEASURED)


_VERDICTS = {
    Agreement.AGREES: Verdict.CONFIRMED,
    Agreement.DIFFERS: Verdict.CORRECTED,
    Agreement.CONTRADICTS: Verdict.CONTRADICTED,
}
