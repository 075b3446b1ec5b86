from __future__ import annotations

import datetime
from dataclasses import dataclass

from companies.archive import instances
from companies.archive.chain import (
    Chain,
    NotThenError,
    chain_called,
    nothing_there,
    published_on,
)
from companies.archive.names import named_by, things
from companies.archive.passage import Passage, passage
from companies.exchange.revisions import UNRECORDED
from companies.models import Claim, Company, Revision, Subject


@dataclass(frozen=True)
class ArchivedClaim:
    """A claim as it stood, and what visitors could read of its history by then."""

    claim: Claim
    revisions: list[Revision]
    passage: Passage
    # What took it from the site since, if it isn't there now.
    ended_by: Revision | None


def claim_on(key: str, day: datetime.date) -> ArchivedClaim:
    """The claim at the end of the day, in six queries. Raises NotThenError."""
    chain = chain_called(Subject.CLAIM, key, day)
    # As in the history: what is known of a claim hangs on its company, not on the claim itself.
    if chain is None or not _is_company_shown(chain.last.company_id):
        raise NotThenError(nothing_there(key))
    (then,) = published_on(day, chain)
    owner = chain_called(Subject.COMPANY, then.content["company"], day)
    if owner is None:
        raise NotThenError(nothing_there(key))
    _claim, company = published_on(day, chain, owner)
    named = things(named_by([then.content]), day)
    return ArchivedClaim(
        claim=instances.claim(then, instances.company(company), named, entered(chain)),
        revisions=[revision for revision in chain.until(day) if revision.was_public],
        passage=passage([chain, owner], named.ids, set(), day),
        ended_by=ended_by(chain),
    )


def entered(chain: Chain) -> datetime.datetime | None:
    """None for what was there before the history began."""
    first = chain.revisions[0]
    return None if first.reason == UNRECORDED else first.made_at


def ended_by(chain: Chain) -> Revision | None:
    """The revision that took it from the site, if visitors don't find it now."""
    ending = None
    for revision in reversed(chain.revisions):
        if revision.is_published:
            break
        ending = revision
    return ending


def _is_company_shown(pk: int | None) -> bool:
    return Company.objects.published().filter(pk=pk).exists()
