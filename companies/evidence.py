"""How well a claim is evidenced, and what a fact-check makes of a statement: pure functions.

Grades are computed from the claim's sources and never typed in, so that they cannot go stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    """Who speaks in a source."""

    PRIMARY = "primary", _("Primary: the company's or its people's own words")
    SECONDARY = "secondary", _("Secondary: somebody reporting")
    MEASURED = "measured", _("Measured: counted by us from a repository")


class Agreement(TextChoices):
    """How a further source stands to a claim."""

    AGREES = "agrees", _("Agrees")
    DIFFERS = "differs", _("Differs")
    CONTRADICTS = "contradicts", _("Contradicts")


class Grade(TextChoices):
    """Best first; each value is what pages, filters and exports call it."""

    MEASURED = "measured", _("Measured")
    PRIMARY = "primary", _("Primary")
    CORROBORATED = "corroborated", _("Corroborated")
    REPORTED = "reported", _("Reported")

    @property
    def meaning(self) -> str:
        return str(_GRADE_MEANINGS[self])


_GRADE_MEANINGS = {
    Grade.MEASURED: _("counted from a public repository"),
    Grade.PRIMARY: _("said by the company or its own people"),
    Grade.CORROBORATED: _("reported by two or more independent publishers"),
    Grade.REPORTED: _("reported by one publisher only"),
}


class Age(TextChoices):
    """How long ago the date lies for which a claim is true; youngest first."""

    RECENT = "recent", _("Recent")
    AGEING = "ageing", _("Ageing")
    OLD = "old", _("Old")

    @property
    def meaning(self) -> str:
        return str(_AGE_MEANINGS[self])

    @classmethod
    def of(cls, years: int) -> Age:
        """By the years between the claim's and this one."""
        if years < _AGEING_YEARS:
            return cls.RECENT
        return cls.AGEING if years < _OLD_YEARS else cls.OLD


# Much of what runs a company is replaced within about as many years.
_AGEING_YEARS, _OLD_YEARS = 3, 7
_AGE_MEANINGS = {
    Age.RECENT: _("true less than three years ago"),
    Age.AGEING: _("true three to six years ago"),
    Age.OLD: _("true seven or more years ago, and may have changed since"),
}


class Verdict(TextChoices):
    """What a fact-check makes of one statement of a source."""

    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")
    CONTRADICTED = "contradicted", _("Contradicted")
    UNVERIFIED = "unverified", _("Unverified")

    @property
    def meaning(self) -> str:
        return str(_VERDICT_MEANINGS[self])


_VERDICT_MEANINGS = {
    Verdict.CONFIRMED: _("a primary or measured source says the same"),
    Verdict.CORRECTED: _("a primary or measured source says it differently"),
    Verdict.CONTRADICTED: _("a primary or measured source says the opposite"),
    Verdict.UNVERIFIED: _("no primary or measured source is known"),
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
