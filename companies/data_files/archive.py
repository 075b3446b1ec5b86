"""A ZIP written piece by piece, of which no more than a piece is in memory."""

from __future__ import annotations

import datetime
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Self, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Member = tuple[str, Iterable[bytes]]

_READABLE_BY_ALL = 0o644 << 16
_PIECE = 256 * 1024
_IN_MEMORY = 4 * _PIECE


def zipped(members: Iterable[Member], moment: datetime.datetime) -> Iterator[bytes]:
    """The archive's bytes. Each member is read only when those before it are written.

    The list of what is inside comes last: an archive that broke off can't be opened as one. All
    members are dated `moment`, so that the same content gives the same bytes.
    """
    with (
        _Outlet() as outlet,
        _Contents() as contents,
        ZipFile(cast(IO[bytes], outlet), "w") as archive,  # it needs no more than these can
    ):
        archive.filelist = cast(list[ZipInfo], contents)
        for name, pieces in members:
            info = ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = _READABLE_BY_ALL
            # Its size isn't known before, and may be beyond what a member without can have.
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield from outlet.taken()
            # It would be kept to find members by name, which nobody does here.
            archive.NameToInfo.clear()
            yield from outlet.taken()
        archive.close()
        yield from outlet.taken()


class _Contents:
    """What is inside, until it is written; on disk if it is much, as 100,000 companies are."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - see __exit__
        self._length = 0

    def append(self, member: ZipInfo) -> None:
        pickle.dump(member, self._file)
        self._length += 1

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[ZipInfo]:
        self._file.seek(0)
        for _ in range(self._length):
            yield pickle.load(self._file)  # noqa: S301 - written above, to a file without a name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class _Outlet:
    """A file that can only be written, and hands out what was. The list inside comes at once."""

    def __init__(self) -> None:
        self._waiting = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - see __exit__

    def write(self, piece: bytes) -> int:
        return self._waiting.write(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> Iterator[bytes]:
        self._waiting.seek(0)
        while piece := self._waiting.read(_PIECE):
            yield piece
        self._waiting.seek(0)
        self._waiting.truncate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.close()
