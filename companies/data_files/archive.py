"""A ZIP written piece by piece, of which no more than a piece is in memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Member = tuple[str, Iterable[bytes]]

_READABLE_BY_ALL = 0o644 << 16


def zipped(members: Iterable[Member], moment: datetime.datetime) -> Iterator[bytes]:
    """The archive's bytes. Each member is read only when those before it are written.

    The list of what is inside comes last: an archive that broke off can't be opened as one. All
    members are dated `moment`, so that the same content gives the same bytes.
    """
    outlet = _Outlet()
    with ZipFile(cast(IO[bytes], outlet), "w") as archive:  # it needs no more than this
        for name, pieces in members:
            info = ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = _READABLE_BY_ALL
            # Its size isn't known before, and may be beyond what a member without can have.
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield from outlet.taken()
            yield from outlet.taken()
    yield from outlet.taken()


class _Outlet:
    """A file that can only be written, and hands out what was."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> Iterator[bytes]:
        if self._waiting:
            yield b"".join(self._waiting)
            self._waiting = []
