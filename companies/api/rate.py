"""How often one client may ask, counted by all workers of a machine in one small file."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import struct
import threading
from pathlib import Path
from typing import NamedTuple

from django.utils.crypto import salted_hmac

# Whole numbers, because sums of fractions would refuse the last request of a full minute.
_NANOSECONDS = 1_000_000_000
_WINDOW = 60 * _NANOSECONDS
_SLOT = struct.Struct("<QQ")  # who, and until when what was asked is used up
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
        """Count one request of a client that may make `limit` a minute; `now` in seconds.

        Raises OSError.
        """
        who, bucket = _place(client)
        offset = bucket * _BUCKET_SIZE
        with self._threads:
            file = self._opened()
            fcntl.lockf(file, fcntl.LOCK_EX, _BUCKET_SIZE, offset)
            try:
                return _take(file, offset, who, limit, int(now * _NANOSECONDS))
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


def _take(file: int, offset: int, who: int, limit: int, now: int) -> Allowance:
    slots = list(_SLOT.iter_unpack(os.pread(file, _BUCKET_SIZE, offset).ljust(_BUCKET_SIZE, b"\0")))
    place = next((number for number, slot in enumerate(slots) if slot[0] == who), None)
    if place is None:
        place = min(range(len(slots)), key=lambda number: slots[number][1])
        used_until = now
    else:
        used_until = max(slots[place][1], now)
        if used_until > now + _WINDOW:
            # The clock was set back. Until it gets there again nobody would be answered.
            used_until = now
    interval = _WINDOW // limit
    then = used_until + interval
    wait = then - now - _WINDOW
    if wait > 0:
        return Allowance(limit, 0, _seconds(used_until - now), _seconds(wait))
    os.pwrite(file, _SLOT.pack(who, then), offset + place * _SLOT.size)
    return Allowance(limit, -wait // interval, _seconds(then - now), 0)


def _seconds(nanoseconds: int) -> int:
    return -(-nanoseconds // _NANOSECONDS)
