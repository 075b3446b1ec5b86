"""What became of one entry, and how it stood at the end of each day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from companies import partial_date
from companies.models import Action, Revision, Subject


class NotThenError(Exception):
    """There is nothing that could be shown, said in words for visitors."""


@dataclass(frozen=True)
class Chain:
    """Every revision of one entry, the earliest first; at least one."""

    revisions: Sequence[Revision]

    @property
    def pk(self) -> int:
        return self.revisions[0].subject_id

    @property
    def last(self) -> Revision:
        return self.revisions[-1]

    def until(self, day: datetime.date) -> list[Revision]:
        end = end_of(day)
        return [revision for revision in self.revisions if revision.made_at < end]

    def on(self, day: datetime.date) -> Revision | None:
        """The one that held at the end of the day."""
        before = self.until(day)
        return before[-1] if before else None

    def was_published_on(self, day: datetime.date) -> bool:
        then = self.on(day)
        return then is not None and then.is_published

    def had_name(self, name: str, by: datetime.date) -> bool:
        return any(revision.name == name for revision in self.until(by))

    def ever_had_name(self, name: str) -> bool:
        return any(revision.name == name for revision in self.revisions)

    @property
    def days(self) -> set[datetime.date]:
        """On which anything happened to it."""
        return {day_of(revision.made_at) for revision in self.revisions}


def end_of(day: datetime.date) -> datetime.datetime:
    """The first moment that does not belong to it, in UTC; `day` must not be the last of all."""
    following = day + datetime.timedelta(days=1)
    return datetime.datetime.combine(following, datetime.time(), datetime.UTC)


def day_of(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(datetime.UTC).date()


def chain_called(subject: Subject, name: str, day: datetime.date) -> Chain | None:
    """Of the entry that had the address then, or else of one that ever had it; one query."""
    return chains_called(subject, [name], day).get(name)


def chains_called(subject: Subject, names: Collection[str], day: datetime.date) -> dict[str, Chain]:
    """The same for several, by name; those that no entry ever had are missing."""
    called = Revision.objects.filter(subject=subject, name__in=names).order_by()
    every = Revision.objects.filter(subject=subject, subject_id__in=called.values("subject_id"))
    revisions: dict[int, list[Revision]] = {}
    for revision in every.order_by("pk"):
        revisions.setdefault(revision.subject_id, []).append(revision)
    chains = [Chain(those) for those in revisions.values()]

    def fitness(chain: Chain, name: str) -> tuple[bool, bool, int]:
        then = chain.on(day)
        stood = then is not None and then.action != Action.DELETED
        return stood and chain.had_name(name, day), stood, chain.pk

    return {
        name: max(those, key=lambda chain: fitness(chain, name))
        for name in names
        if (those := [chain for chain in chains if chain.ever_had_name(name)])
    }


def published_on(day: datetime.date, *chains: Chain) -> list[Revision]:
    """How each stood. Raises NotThenError unless all were public."""
    then = [chain.on(day) for chain in chains]
    shown = [revision for revision in then if revision and revision.is_published]
    if len(shown) == len(chains):
        return shown
    since = next((one for one in days_of(chains) if were_published_on(one, chains)), None)
    if since is None:
        raise NotThenError(nothing_there(chains[0].last.name))
    words = {"day": in_words(day), "since": in_words(since)}
    if day < since:
        raise NotThenError(
            _("The history of this page begins on %(since)s; there is none of %(day)s.") % words
        )
    raise NotThenError(_("This page was not public at the end of %(day)s.") % words)


def were_published_on(day: datetime.date, chains: Iterable[Chain]) -> bool:
    return all(chain.was_published_on(day) for chain in chains)


def days_of(chains: Iterable[Chain]) -> list[datetime.date]:
    """In order."""
    return sorted(set().union(*(chain.days for chain in chains)))


def nothing_there(name: str) -> str:
    return _("There is no page at the address “%(address)s” to show as it stood.") % {
        "address": name
    }


def in_words(day: datetime.date) -> str:
    return partial_date.in_words(day.isoformat())
