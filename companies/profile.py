"""What a profile makes of a company's claims, fetched `with_parts()`. Asks the database nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.charts import Timeline, timeline
from companies.evidence import Grade
from companies.models import Claim, ClaimKind, Technology

# The order in which a profile tells its story, with the heading of each group.
_GROUPS = (
    ("shares", _("Codebase shares"), (ClaimKind.CODEBASE_SHARE,)),
    ("use-cases", _("What it is used for"), (ClaimKind.USE_CASE,)),
    ("figures", _("Key figures"), (ClaimKind.KEY_FIGURE,)),
    ("decisions", _("Decisions and migrations"), (ClaimKind.DECISION, ClaimKind.MIGRATION)),
    ("strengths", _("Strengths and weaknesses"), (ClaimKind.STRENGTH, ClaimKind.WEAKNESS)),
    ("open-source", _("Open source"), (ClaimKind.OPEN_SOURCE,)),
    ("quotes", _("Quotes"), (ClaimKind.QUOTE,)),
)
_FIRST_HAND = (Grade.MEASURED, Grade.PRIMARY)
# A single date makes no timeline.
_FEWEST_DATED = 2


@dataclass(frozen=True)
class Group:
    key: str
    title: str | Promise
    claims: list[Claim]
    # Whether the kind of each claim has to be told.
    is_mixed: bool


@dataclass(frozen=True)
class KeyData:
    """Numbers that tell how much is known of a company, and how well."""

    claims: int
    # Documents, those that further citations name included.
    sources: int
    # How many claims have each grade, best first; the first that any has is the best evidence.
    grades: list[tuple[Grade, int]]
    best: Grade
    newest: str
    # Claims that the company's own words or a count of ours support.
    first_hand: int
    first_hand_percentage: int
    technologies: int
    disputed: int


@dataclass(frozen=True)
class Dated:
    """Claims by the date they are true for, oldest first, and those without one."""

    by_date: list[tuple[str, list[Claim]]]
    undated: list[Claim]
    chart: Timeline | None


def groups(claims: Sequence[Claim]) -> list[Group]:
    """Those that have any claim, in the order of the page."""
    found = [
        Group(key, title, [claim for claim in claims if claim.kind in kinds], len(kinds) > 1)
        for key, title, kinds in _GROUPS
    ]
    return [group for group in found if group.claims]


def key_data(claims: Sequence[Claim]) -> KeyData | None:
    """None without any claim: a row of zeros tells nothing."""
    if not claims:
        return None
    grades = Counter(claim.grade for claim in claims)
    first_hand = sum(grades[grade] for grade in _FIRST_HAND)
    sources = {claim.source_id for claim in claims}
    for claim in claims:
        sources.update(citation.source_id for citation in claim.citations.all())
    return KeyData(
        claims=len(claims),
        sources=len(sources),
        grades=[(grade, grades[grade]) for grade in Grade],
        best=next(grade for grade in Grade if grades[grade]),
        newest=max(claim.as_of for claim in claims),
        first_hand=first_hand,
        first_hand_percentage=_percentage(first_hand, len(claims)),
        technologies=len(technologies_in_use(claims)),
        disputed=sum(claim.is_disputed for claim in claims),
    )


def technologies_in_use(claims: Sequence[Claim]) -> list[Technology]:
    """What the claims say the company uses, chose or moved to; named by most of them first."""
    counts: Counter[Technology] = Counter()
    for claim in claims:
        used = {row.technology for row in claim.claim_technologies.all() if row.is_in_use}
        counts.update(used | {share.technology for share in claim.shares.all()})
    return sorted(counts, key=lambda technology: (-counts[technology], technology.name.lower()))


def dated(claims: Sequence[Claim]) -> Dated | None:
    with_date = sorted((claim for claim in claims if claim.as_of), key=lambda claim: claim.as_of)
    if len(with_date) < _FEWEST_DATED:
        return None
    kinds = ClaimKind.values
    by_kind = sorted(with_date, key=lambda claim: kinds.index(claim.kind))
    return Dated(
        by_date=[
            (date, list(members)) for date, members in groupby(with_date, lambda claim: claim.as_of)
        ],
        undated=[claim for claim in claims if not claim.as_of],
        chart=timeline((claim.get_kind_display(), claim.as_of) for claim in by_kind),
    )


def _percentage(part: int, whole: int) -> int:
    """Rounded down, but never to nothing: “0%” and “100%” are only said where they are true."""
    return max(part * 100 // whole, 1 if part else 0)
