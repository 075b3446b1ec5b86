"""Two who write at once, each on a connection of its own, held where the test wants them.

Nothing here waits for time to pass and takes that for a proof: a writer says by an event how far it
is, and whether another one waits for it the database is asked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection, connections, transaction

from companies.search.changes import Changed

# Long enough for a busy machine; nobody waits so long unless something is wrong.
PATIENCE = 60
# Where a writer can be held: all its rows are written, but the search hasn't followed; it has.
BEFORE_FOLLOWING, BEFORE_COMMIT = "before following", "before commit"


class Writer(threading.Thread):
    """Does its work, and keeps what it raised or answered."""

    def __init__(self, work: Callable[[], Any], hold: str = "") -> None:
        super().__init__(daemon=True)
        self.work, self.hold = work, hold
        self.answer: Any = None
        self.error: BaseException | None = None
        self.backend: int | None = None
        self.has_begun, self.is_held, self.may_go_on = (threading.Event() for _ in range(3))

    def run(self) -> None:
        try:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.backend = cursor.fetchone()[0]
            self.has_begun.set()
            self.answer = self.work()
        except BaseException as error:
            self.error = error
        finally:
            self.has_begun.set()
            # Whoever wasn't held has followed nothing; the test then says so.
            self.is_held.set()
            connections.close_all()

    def stay(self, place: str) -> None:
        if self.hold == place and not self.is_held.is_set():
            self.is_held.set()
            assert self.may_go_on.wait(PATIENCE)

    def waits(self) -> bool:
        """Whether PostgreSQL has it wait for a lock that another one has."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_blocking_pids(%s)", [self.backend])
            return bool(cursor.fetchone()[0])


@contextmanager
def holding() -> Iterator[None]:
    """Have writers stay where they are to be held."""
    follow = Changed.follow

    def held(changed: Any) -> None:
        writer: Any = threading.current_thread()
        stay = getattr(writer, "stay", lambda place: None)
        stay(BEFORE_FOLLOWING)
        follow(changed)
        stay(BEFORE_COMMIT)

    with mock.patch.object(Changed, "follow", held):
        yield


def interleave(first: Callable[[], Any], second: Callable[[], Any], place: str) -> list[Any]:
    """Begin the first, hold it at the place, have the second go as far as it gets, let the first
    end and then the second. Returns what they answered; raises what one of them raised."""
    with holding():
        one, other = Writer(first, place), Writer(second)
        one.start()
        assert one.is_held.wait(PATIENCE)
        assert one.is_alive() or one.error, f"It was never held {place}."
        other.start()
        assert other.has_begun.wait(PATIENCE)
        if connection.vendor == "postgresql":
            _until(lambda: not other.is_alive() or other.waits())
        else:
            # One writer at a time: it can't have ended.
            assert other.is_alive()
        one.may_go_on.set()
        for writer in (one, other):
            writer.join(PATIENCE)
            assert not writer.is_alive(), "They wait for each other."
            if writer.error:
                raise writer.error
    return [one.answer, other.answer]


def race(works: list[Callable[[], Any]]) -> list[Any]:
    """All at once, as it comes; returns what they answered."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        start.wait(PATIENCE)
        return work()

    writers = [Writer(lambda work=work: begin(work)) for work in works]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(PATIENCE)
        assert not writer.is_alive(), "They wait for each other."
        if writer.error:
            raise writer.error
    return [writer.answer for writer in writers]


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        # Outside of a transaction, in which the database would answer the same for ever.
        assert not transaction.get_connection().in_atomic_block
        time.sleep(0.005)
