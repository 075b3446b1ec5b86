"""The way from an archived page to the states before and after it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min, Q

from companies.archive.chain import Chain, day_of, days_of, end_of, were_published_on
from companies.models import Revision, Subject
from companies.reading_day import today

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Passage:
    """`previous` is the last day of the state before, `next` the first day of the one after.

    None where there is none; the state that holds today is the live page.
    """

    previous: datetime.date | None
    next: datetime.date | None
    # Whether nothing that the page names has changed since.
    is_current: bool


def passage(
    chains: Sequence[Chain],
    named: Mapping[str, set[int]],
    of_companies: set[int],
    day: datetime.date,
) -> Passage:
    """One query. `chains` are those that have to be published for the page to be there.

    `named` are the ids of whatever the page shows words of, and `of_companies` those of companies
    all of whose claims it shows.
    """
    changing = Q(subject=Subject.CLAIM, company_id__in=of_companies)
    for chain in chains:
        changing |= Q(subject=chain.last.subject, subject_id=chain.pk)
    for subject, ids in named.items():
        changing |= Q(subject=subject, subject_id__in=ids)
    end = end_of(day)
    found = Revision.objects.filter(changing, was_public=True).aggregate(
        last=Max("made_at", filter=Q(made_at__lt=end)),
        following=Min("made_at", filter=Q(made_at__gte=end)),
    )
    last, following = found["last"], found["following"]
    return Passage(
        previous=_last_public_day(chains, day_of(last)) if last else None,
        next=_first_public_day(chains, day_of(following)) if following else None,
        is_current=following is None,
    )


def _last_public_day(chains: Sequence[Chain], before: datetime.date) -> datetime.date | None:
    days = [before, *(day for day in reversed(days_of(chains)) if day < before)]
    return next((day - _A_DAY for day in days if were_published_on(day - _A_DAY, chains)), None)


def _first_public_day(chains: Sequence[Chain], since: datetime.date) -> datetime.date | None:
    days = [since, *(day for day in days_of(chains) if day > since)]
    return next((day for day in days if day < today() and were_published_on(day, chains)), None)
