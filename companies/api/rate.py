"""How often one client may ask, counted by all workers of a machine in one small file."""

from __future__ import annotations

import fcntl
import ipaddress
import math
import os
import struct
import threading
from pathlib import Path
from typing import NamedTuple

from django.utils.crypto import salted_hmac

WINDOW = 60.0  # seconds
_SLOT = struct.Struct("<Qd")  # who, and until when what was asked is used up
_SLOTS_OF_A_BUCKET = 8
_BUCKETS = 8192  # room for 65,536 clients at a time in 1 MB
_BUCKET_SIZE = _SLOT.size * _SLOTS_OF_A_BUCKET


class Allowance(NamedTuple):
    """What a client has left. Times in whole seconds."""

    limit: int
    remaining: int
    reset: int  # until all of it is there again
    retry_after: int  # until one more request is answered; 0 when this one is

    @property
    def is_refused(self) -> bool:
        return self.retry_after > 0


class Rate:
    """So many requests a minute at once, refilled evenly (the generic cell rate algorithm).

    A client costs sixteen bytes: a keyed hash of its address, which is kept nowhere else, and one
    time. The file never grows. Where more clients ask at a time than it has room for, the one that
    has asked least is forgotten, so that nobody is refused for another's requests.

    Neither the cache of a process, which other workers don't see, nor the database, where on SQLite
    each reader would wait for an import to finish. Each machine counts for itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        # The lock on the file is one between processes.
        self._threads = threading.Lock()

    def take(self, client: str, limit: int, now: float) -> Allowance:
        """Count one request of a client that may make `limit` a minute. Raises OSError."""
        who, bucket = _place(client)
        offset = bucket * _BUCKET_SIZE
        with self._threads:
            file = self._opened()
            fcntl.lockf(file, fcntl.LOCK_EX, _BUCKET_SIZE, offset)
            try:
                return _take(file, offset, who, limit, now)
            finally:
                fcntl.lockf(file, fcntl.LOCK_UN, _BUCKET_SIZE, offset)

    def _opened(self) -> int:
        if self._file is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            self._file = os.open(self._path, flags, 0o600)
        return self._file


def client_of(address: str) -> str:
    """Who counts as one client: an IPv4 address, or the /64 of an IPv6 one, which one home has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _place(client: str) -> tuple[int, int]:
    digest = salted_hmac("companies.api.rate", client, algorithm="sha256").digest()
    who, bucket = struct.unpack("<QQ", digest[:16])
    # Zero is what an unused slot holds.
    return who or 1, bucket % _BUCKETS


def _take(file: int, offset: int, who: int, limit: int, now: float) -> Allowance:
    slots = list(_SLOT.iter_unpack(os.pread(file, _BUCKET_SIZE, offset).ljust(_BUCKET_SIZE, b"\0")))
    place = next((number for number, slot in enumerate(slots) if slot[0] == who), None)
    if place is None:
        place = min(range(len(slots)), key=lambda number: slots[number][1])
        used_until = now
    else:
        # A clock that was set back must lock nobody out for longer than the window.
        used_until = min(max(slots[place][1], now), now + WINDOW)
    interval = WINDOW / limit
    then = used_until + interval
    wait = then - now - WINDOW
    # Sums of fractions: the last request of a full minute must not fail by a rounding error.
    if wait > interval / 1000:
        return Allowance(limit, 0, math.ceil(used_until - now), max(1, math.ceil(wait)))
    os.pwrite(file, _SLOT.pack(who, then), offset + place * _SLOT.size)
    remaining = max(0, int((WINDOW - (then - now)) / interval + 0.001))
    return Allowance(limit, remaining, math.ceil(then - now), 0)
