"""A connection that neither lasts nor brings more than it is allowed to.

A socket's own timeout is for each read: a server that sends a byte now and then could hold it for
days. Here the time for all of it runs down, and so does the number of bytes.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Sequence
from typing import NamedTuple

from companies.link_check.address import Machine

# More addresses of one name than these are not tried.
MOST_MACHINES = 4


class Limits(NamedTuple):
    """Seconds, but for the number of redirects."""

    connect: float = 10
    read: float = 15
    # Everything together, redirects included. Looking up names isn't: it can't be cut short.
    total: float = 30
    redirects: int = 5


class Allowance:
    """What is left of the seconds and bytes that one document may cost, redirects included."""

    def __init__(self, seconds: float, size: int) -> None:
        self.seconds = seconds
        self.size = size
        self._since: float | None = None

    def start(self) -> None:
        self._since = time.monotonic()

    def pause(self) -> None:
        """Waiting for one's turn is free."""
        if self._since is not None:
            self.seconds -= time.monotonic() - self._since
        self._since = None

    def time_for(self, step: float) -> float:
        """The seconds that a step may take. Raises TimeoutError when none are left."""
        running = time.monotonic() - self._since if self._since is not None else 0.0
        left = self.seconds - running
        if left <= 0:
            raise TimeoutError
        return min(left, step)


class BoundedSocket:
    """As much of a socket as http.client uses."""

    def __init__(self, sock: socket.socket, allowance: Allowance, read_seconds: float) -> None:
        self._sock = sock
        self._allowance = allowance
        self._read_seconds = read_seconds
        self._is_read = False

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._allowance.time_for(self._read_seconds))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        self._is_read = True
        return io.BufferedReader(_Arriving(self._sock, self._allowance, self._read_seconds))

    def close(self) -> None:
        """As with any socket, what is still being read from keeps it open."""
        if not self._is_read:
            self._sock.close()


class _Arriving(io.RawIOBase):
    def __init__(self, sock: socket.socket, allowance: Allowance, read_seconds: float) -> None:
        self._sock = sock
        self._allowance = allowance
        self._read_seconds = read_seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._allowance.size <= 0:
            raise OSError("It sends more than is read.")
        self._sock.settimeout(self._allowance.time_for(self._read_seconds))
        number = self._sock.recv_into(buffer)
        self._allowance.size -= number
        return number

    def close(self) -> None:
        super().close()
        self._sock.close()


def connect(
    machines: Sequence[Machine],
    host: str,
    context: ssl.SSLContext | None,
    allowance: Allowance,
    limits: Limits,
) -> BoundedSocket:
    """Connect to the first machine that takes it; a context adds TLS for the name `host`.

    Raises OSError, that of the last machine.
    """
    trouble: OSError = OSError("There is no machine to connect to.")
    for machine in machines[:MOST_MACHINES]:
        sock = socket.socket(machine.family, socket.SOCK_STREAM)
        try:
            sock.settimeout(allowance.time_for(limits.connect))
            sock.connect(machine.address)
            if context:
                sock.settimeout(allowance.time_for(limits.connect))
                sock = context.wrap_socket(sock, server_hostname=host)
        except OSError as error:
            sock.close()
            trouble = error
        else:
            return BoundedSocket(sock, allowance, limits.read)
    raise trouble
