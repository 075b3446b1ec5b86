"""Many documents: several hosts at once, each of them one at a time."""

from __future__ import annotations

import datetime
import queue
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import NamedTuple

from companies.link_check.answer import answer
from companies.link_check.archive import Archive, Copy
from companies.link_check.manners import HouseRules, StoppedError, Turns
from companies.link_check.robot import Robot
from companies.models import Answer, LinkCheck, LinkOutcome, Source
from companies.source_address import host_of

# A host that says so gets no further question in this run.
TOO_MUCH = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Finding(NamedTuple):
    source: Source
    # None when the host had asked for a rest: nothing was found out.
    answer: Answer | None
    at: datetime.datetime
    copy: Copy | None = None


class Job(NamedTuple):
    """All that a thread needs to know, so that none of them asks the database."""

    source: Source
    wants_copy: bool


class Check:
    """Asks for the documents of sources, each fetched along with its last check."""

    def __init__(
        self, robot: Robot, turns: Turns, *, concurrency: int, archive: Archive | None = None
    ) -> None:
        self._robot = robot
        self._turns = turns
        self._rules = HouseRules(robot, turns)
        self._concurrency = concurrency
        self._archive = archive

    def findings(self, sources: Iterable[Source]) -> Iterator[Finding]:
        """Yields as the answers come. Closing it lets no further question be asked."""
        hosts: defaultdict[str, list[Job]] = defaultdict(list)
        for source in sources:
            wants_copy = self._archive is not None and not _has_copy(source)
            hosts[host_of(source.url)].append(Job(source, wants_copy))
        waiting: queue.SimpleQueue[list[Job]] = queue.SimpleQueue()
        for group in hosts.values():
            waiting.put(group)
        found: queue.SimpleQueue[Finding | BaseException] = queue.SimpleQueue()
        for _ in range(min(self._concurrency, len(hosts))):
            # They may be left behind by a program that is told to end.
            threading.Thread(target=self._work, args=(waiting, found), daemon=True).start()
        try:
            for _ in range(sum(len(group) for group in hosts.values())):
                one = found.get()
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            self._turns.stop.set()

    def _work(
        self,
        waiting: queue.SimpleQueue[list[Job]],
        found: queue.SimpleQueue[Finding | BaseException],
    ) -> None:
        try:
            while True:
                self._ask_host(waiting.get_nowait(), found)
        except (queue.Empty, StoppedError):
            return
        except BaseException as error:  # raised again where it is waited for
            found.put(error)

    def _ask_host(self, jobs: list[Job], found: queue.SimpleQueue[Finding | BaseException]) -> None:
        wants_rest = False
        for source, wants_copy in jobs:
            now = datetime.datetime.now(tz=datetime.UTC)
            if wants_rest:
                found.put(Finding(source, None, now))
                continue
            result = self._ask(source)
            wants_rest = result.status_code in TOO_MUCH
            found.put(Finding(source, result, now, self._copy_of(source) if wants_copy else None))

    def _ask(self, source: Source) -> Answer:
        if not self._rules.allow(source.url):
            return Answer(LinkOutcome.REFUSED, detail="Its robots.txt asks robots to stay away.")
        return answer(self._robot, source.url)

    def _copy_of(self, source: Source) -> Copy | None:
        """As it was when one of us read it, or else when it came out."""
        if self._archive is None:
            return None
        read_on = source.accessed_on.isoformat() if source.accessed_on else ""
        return self._archive.copy_of(source.url, read_on or source.published_on)


def _has_copy(source: Source) -> bool:
    """A copy that is known stays where it is, and isn't asked for again."""
    last: LinkCheck | None = getattr(source, "link_check", None)
    return last is not None and last.is_current and last.archive_url != ""
