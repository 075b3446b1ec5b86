"""A part of a file, so that a download that broke off goes on where it stopped (RFC 9110).

Of several parts at once nobody who resumes a download has need: such a request gets the whole file,
as the standard allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

# A longer number than any file needs, and a shorter one than Python refuses to read.
_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,99})-([0-9]{0,99})[ \t]*", re.IGNORECASE)


class UnsatisfiableError(Exception):
    """The range begins behind the end of the file."""


@dataclass(frozen=True)
class ByteRange:
    """From the byte `first` to the byte `last`, counted from 0, of a file of `size` bytes."""

    first: int
    last: int
    size: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        """As Content-Range has it."""
        return f"bytes {self.first}-{self.last}/{self.size}"


def asked_range(request: HttpRequest, size: int, etag: str, modified: int) -> ByteRange | None:
    """What part of the file is asked for; None is all of it, also where nobody can tell.

    `modified` is in seconds since 1970. Raises UnsatisfiableError.
    """
    # Only GET has ranges.
    if request.method != "GET" or not _is_of_this_file(request, etag, modified):
        return None
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or not any(found.groups()):
        return None
    first, last = (int(number) if number else None for number in found.groups())
    if first is None:
        # The last so many.
        first, last = max(size - (last or 0), 0), size - 1
    elif last is not None and last < first:
        return None
    if first >= size:
        raise UnsatisfiableError
    return ByteRange(first, size - 1 if last is None else min(last, size - 1), size)


def _is_of_this_file(request: HttpRequest, etag: str, modified: int) -> bool:
    """Whether the part that is there already is of the file as it is now, if that is asked."""
    known = request.headers.get("If-Range", "").strip()
    if not known or known.endswith('"'):
        # A weak ETag, which begins with W/, never is.
        return known in ("", etag)
    return parse_http_date_safe(known) == modified
