"""What a guest owes to the hosts it asks: one question at a time, pauses, and their own rules."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from companies.link_check.robot import NO_REPLY, ROBOT_NAME, Robot
from companies.source_address import normal_host

# Between two requests to one host, in seconds.
PAUSE = 2.0
# A longer wish in a robots.txt is met with this, or one host would hold up everything.
LONGEST_PAUSE = 30.0
# What RFC 9309 asks a robot to read at least.
ROBOTS_SIZE = 500 * 1024


class StoppedError(Exception):
    """Somebody has pressed Ctrl+C: nothing more is asked."""


class Turns:
    """Lets one request at a time to each host, with a pause after it."""

    def __init__(self, pause: float = PAUSE, stop: threading.Event | None = None) -> None:
        self.pause = pause
        self.stop = stop or threading.Event()
        self._locks: dict[str, threading.Lock] = {}
        self._free_at: dict[str, float] = {}
        self._pauses: dict[str, float] = {}

    def slow_down(self, host: str, pause: float) -> None:
        self._pauses[normal_host(host)] = min(max(pause, self.pause), LONGEST_PAUSE)

    @contextmanager
    def __call__(self, host: str) -> Iterator[None]:
        """Wait for the host's turn. Raises StoppedError."""
        name = normal_host(host)
        # setdefault is one step: two threads can't make a lock each.
        with self._locks.setdefault(name, threading.Lock()):
            if self.stop.wait(max(0.0, self._free_at.get(name, 0.0) - time.monotonic())):
                raise StoppedError
            try:
                yield
            finally:
                self._free_at[name] = time.monotonic() + self._pauses.get(name, self.pause)


class HouseRules:
    """The robots.txt of each host, asked for once."""

    def __init__(self, robot: Robot, turns: Turns) -> None:
        self._robot = robot
        self._turns = turns
        self._rules: dict[str, RobotFileParser | None] = {}

    def allow(self, url: str) -> bool:
        """Whether the host's robots.txt lets this robot ask for a document.

        A host without one, or that doesn't hand it out, is asked for the document itself: that
        says more about what is wrong.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._rules:
            self._rules[root] = self._read(root)
        rules = self._rules[root]
        return rules is None or rules.can_fetch(ROBOT_NAME, url)

    def _read(self, root: str) -> RobotFileParser | None:
        try:
            reply = self._robot.ask(f"{root}/robots.txt", ROBOTS_SIZE)
        except NO_REPLY:
            return None
        if reply.status != HTTPStatus.OK:
            return None
        rules = RobotFileParser()
        rules.parse(reply.body.decode(errors="replace").splitlines())
        wish = rules.crawl_delay(ROBOT_NAME)
        if wish:
            self._turns.slow_down(urlsplit(root).hostname or "", float(wish))
        return rules
