"""Whether an answer can have changed since a client was given it, told by one small query.

Whatever writes to the catalogue keeps a revision, in the same transaction
(docs/decisions/0012), and revisions are never changed or deleted. So the last revision tells one
state of the catalogue from the next, and an answer depends on nothing else but its address and the
release. A validator made of these is known before anything of the answer is fetched.

Two things could slip through. Transactions of PostgreSQL that run side by side may commit in
another order than that of their numbers: the validator looks at the last thousand numbers, among
which a late one leaves its mark. And rows that a script writes behind the history's back: the
validator also names the hour, so that these are seen within one.

It is a weak validator, because it speaks of what an answer says and not of its bytes, which may
also be compressed or not.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.db.models import Count, Max, Min
from django.http import HttpRequest
from django.utils.http import parse_etags

from companies.models import Revision

_LOOKED_AT = 1000
_HOUR = 3600


def validator(request: HttpRequest, now: float) -> str:
    """The weak ETag of what the address answers now; `now` in seconds. One query."""
    last = Revision.objects.order_by("-pk").values("pk")[:_LOOKED_AT]
    state = last.aggregate(Max("pk"), Min("pk"), Count("pk"))
    parts = (_release(), int(now // _HOUR), request.build_absolute_uri(), *state.values())
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the client has said that it has this answer. A bare `*` names none in particular."""
    return etag in parse_etags(request.headers.get("If-None-Match", ""))


@cache
def _release() -> str:
    """Another one after an upgrade: the code decides what an answer looks like."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(Path(__file__).parent.parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
