"""Each change is followed in its transaction, to whatever says what was changed.

What is said of an entry is kept with others too: a technology's name with each claim that names it,
a source's tier in the grade of each claim that rests on it. So a change is followed to the claims
it reaches, and from those to the technologies that have become or ceased to be public.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from companies.models import Citation, Claim, ClaimTechnology, CodebaseShare, Subject
from companies.search.index import MODELS, in_batches, remove, renew, wait, wait_for_technologies

# What of an entry is kept with claims, as the exchange format calls it.
_SAID_ELSEWHERE: dict[str, tuple[str, ...]] = {
    Subject.COMPANY: ("name", "aliases", "industry", "status"),
    Subject.TECHNOLOGY: ("name",),
    Subject.SOURCE: ("tier", "publisher", "author"),
    Subject.DOMAIN: ("name",),
}

# Claims that a change of another entry may reach where somebody waits for the answer. Each costs
# half a millisecond, on a busy or small machine several times that, and a request has thirty
# seconds (docs/decisions/0022-renames-that-reach-many-claims.md).
MOST_IN_REQUEST = 10_000

Content = Mapping[str, Any]


class TooManyError(Exception):
    """A change reaches more claims than may be followed; `count` of them. Nothing was followed."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"{count:,} claims are found by what changes.")


class Change(NamedTuple):
    """An entry in the shape of the files before a change, None for a new one, and after."""

    before: Content | None
    after: Content


class Changed:
    """The ids of what has changed, and of that what claims say of it."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.entries: dict[Subject, set[int]] = defaultdict(set)
        self.reaching: dict[Subject, set[int]] = defaultdict(set)

    def add(self, subject: Subject, changes: Mapping[int, Change]) -> None:
        elsewhere = _SAID_ELSEWHERE.get(subject, ())
        for pk, (before, after) in changes.items():
            if subject in MODELS:
                self.entries[subject].add(pk)
            # A new one is known to no claim but new ones, and those that change themselves.
            if before and any(before.get(name) != after.get(name) for name in elsewhere):
                self.reaching[subject].add(pk)

    def follow(self) -> None:
        """Takes its locks after all others of the transaction, and in one order: two that
        wait for each other there can't be."""
        if not self.entries and not self.reaching:
            return
        # Documents of claims hold what belongs to others, so those may not change meanwhile.
        alone = bool(self.reaching) or self.entries.keys() - {Subject.CLAIM} != set()
        wait(alone=alone)
        claims: set[int] = set()
        for subject, ids in self.reaching.items():
            for some in in_batches(sorted(ids)):
                claims.update(_claims_reached(subject, some))
        if self.most is not None and len(claims) > self.most:
            raise TooManyError(len(claims))
        claims |= self.entries[Subject.CLAIM]
        renew(Subject.COMPANY, self.entries[Subject.COMPANY])
        technologies = self.entries[Subject.TECHNOLOGY] | renew(Subject.CLAIM, claims).technologies
        if technologies:
            if not alone:
                wait_for_technologies()
            renew(Subject.TECHNOLOGY, technologies)


class _Open(threading.local):
    """What the transactions of this thread have changed so far."""

    changed: Changed | None = None


_open = _Open()


@contextmanager
def following(most: int | None = None) -> Iterator[None]:
    """A transaction whose changes are followed at its end, all at once.

    For whatever goes on to lock or write entries after it has recorded the first change. Within
    another such transaction it is a part of that. Raises TooManyError, which takes everything back,
    where changed names and the like are those of more than `most` claims.
    """
    with transaction.atomic():
        if _open.changed:
            yield
            return
        changed = _open.changed = Changed(most)
        try:
            yield
        finally:
            _open.changed = None
        if not connection.needs_rollback:
            changed.follow()


def follow(subject: str, changes: Mapping[int, Change]) -> None:
    """Called after the change of entries, by their id, in its transaction."""
    if not changes or subject == Subject.LIST:
        return
    if _open.changed:
        _open.changed.add(Subject(subject), changes)
        return
    changed = Changed()
    changed.add(Subject(subject), changes)
    with transaction.atomic(savepoint=False):
        changed.follow()


def forget(subject: str, ids: Iterable[int]) -> None:
    """Called before entries are deleted, which nothing else names any more, in its transaction."""
    if subject not in MODELS:
        return
    if _open.changed:
        # By then they are gone.
        _open.changed.entries[Subject(subject)].update(ids)
        return
    with transaction.atomic(savepoint=False):
        wait(alone=subject != Subject.CLAIM)
        ids = list(ids)
        technologies = remove(Subject(subject), ids)
        if technologies:
            wait_for_technologies()
            renew(Subject.TECHNOLOGY, technologies, without_claims=ids)


def _claims_reached(subject: Subject, ids: list[int]) -> Iterable[int]:
    of_claim = {"claim": OuterRef("pk")}
    if subject == Subject.TECHNOLOGY:
        uses = ClaimTechnology.objects.filter(**of_claim, technology__in=ids)
        shares = CodebaseShare.objects.filter(**of_claim, technology__in=ids)
        reached = Q(Exists(uses)) | Q(Exists(shares))
    elif subject == Subject.SOURCE:
        citations = Citation.objects.filter(**of_claim, source__in=ids)
        reached = Q(source__in=ids) | Q(Exists(citations))
    else:
        reached = Q(**{f"{subject}__in": ids})
    return Claim.objects.filter(reached).order_by().values_list("pk", flat=True)
