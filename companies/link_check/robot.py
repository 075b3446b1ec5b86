"""One document: asked for once, politely, with a look at every address on the way to it."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urljoin

from companies.link_check.address import (
    PORTS,
    MayAsk,
    NotAllowedError,
    Target,
    UnknownHostError,
    is_public,
    machines,
    target,
)
from companies.link_check.bounded_socket import Allowance, Limits, connect

# The name by which a robots.txt may address this program.
ROBOT_NAME = "StackfactsLinkCheck"

PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What headers may come to, on top of the document itself.
HEADERS_SIZE = 128 * 1024
PIECE = 8 * 1024


DEFAULT_LIMITS = Limits()


class RoundError(Exception):
    """Redirects that don't come to an end."""


# What `Robot.ask` raises: all that can go wrong between here and a document. TimeoutError and
# ssl.SSLError are among the OSErrors.
NO_REPLY = (NotAllowedError, UnknownHostError, RoundError, OSError, http.client.HTTPException)


class Reply(NamedTuple):
    status: int
    # Where permanent redirects led, before any passing one; empty without such.
    moved_to: str
    # The start of the document, never more than was asked for.
    body: bytes


def at_once(host: str) -> AbstractContextManager[Any]:
    return nullcontext()


@dataclass(frozen=True)
class Robot:
    """Who asks, how long it waits, and whom it may ask.

    It takes no proxy from the environment: the machine that is connected to has to be the one that
    was looked at.
    """

    user_agent: str = ROBOT_NAME
    may_ask: MayAsk = is_public
    ports: frozenset[int] = PORTS
    limits: Limits = DEFAULT_LIMITS
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    # Held while a host is asked, so that it can be given time between two requests.
    turn: Callable[[str], AbstractContextManager[Any]] = at_once

    def ask(self, url: str, size: int = 64 * 1024) -> Reply:
        """Follow the redirects to a document and read at most `size` bytes of it.

        Raises NO_REPLY.
        """
        allowance = Allowance(self.limits.total, size + HEADERS_SIZE)
        aim = target(url, self.ports)
        seen = {aim.url}
        moved_to, for_good = "", True
        for _ in range(self.limits.redirects + 1):
            status, location, body = self._ask_once(aim, allowance, size)
            if status not in REDIRECTS or not location:
                return Reply(status, moved_to, body)
            aim = self._next(aim, location)
            for_good = for_good and status in PERMANENT
            if for_good:
                moved_to = aim.url
            if aim.url in seen:
                break
            seen.add(aim.url)
        raise RoundError

    def _next(self, aim: Target, location: str) -> Target:
        try:
            # Headers come as Latin-1, and what servers write into them is UTF-8.
            location = location.encode("latin-1").decode()
        except UnicodeError:
            pass
        try:
            there = urljoin(aim.url, location.strip())
        except ValueError as error:
            raise NotAllowedError("It leads to an address that can't be read.") from error
        return target(there, self.ports)

    def _ask_once(self, aim: Target, allowance: Allowance, size: int) -> tuple[int, str, bytes]:
        with self.turn(aim.host):
            allowance.start()
            try:
                return self._exchange(aim, allowance, size)
            finally:
                allowance.pause()

    def _exchange(self, aim: Target, allowance: Allowance, size: int) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection(aim.host, aim.port)
        secure = aim.scheme == "https"
        if secure:
            connection.default_port = 443  # so that it stays out of the Host header
        # Looked up once: what is connected to is what was looked at.
        found = machines(aim.host, aim.port, self.may_ask)
        connection.sock = connect(
            found, aim.host, self.context if secure else None, allowance, self.limits
        )
        try:
            connection.request("GET", aim.path, headers=self._headers())
            with connection.getresponse() as response:
                location = response.headers.get("Location", "")
                if response.status in REDIRECTS and location:
                    return response.status, location, b""
                return response.status, "", _start_of(response, size)
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        return {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            # Nothing is unpacked here, so nothing can swell up.
            "Accept-Encoding": "identity",
            "Connection": "close",
        }


def _start_of(response: http.client.HTTPResponse, size: int) -> bytes:
    """Up to `size` bytes of a document. One that breaks off had begun all the same."""
    body = b""
    while len(body) < size:
        try:
            piece = response.read1(min(PIECE, size - len(body)))
        except (OSError, http.client.HTTPException):
            if not body:
                raise
            break
        if not piece:
            break
        body += piece
    return body


def user_agent(site_name: str, hosts: list[str]) -> str:
    """An honest name: what asks, for which site, and where to find out more."""
    public = [host.lstrip(".") for host in hosts if "." in host.lstrip(".")]
    named = [host for host in public if host.isascii() and not host.replace(".", "").isdigit()]
    name = "".join(c for c in site_name if c.isascii() and c.isprintable() and c not in "();")
    about = [name.strip(), *(f"+https://{host}/" for host in named[:1])]
    words = "; ".join(word for word in about if word)
    return f"{ROBOT_NAME}/1.0 ({words})" if words else f"{ROBOT_NAME}/1.0"
