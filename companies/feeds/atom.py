"""What all feeds have in common: identities, a validator, and texts that XML can hold."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from companies.models import Company, Revision, Technology

# Of entries in a feed.
NEWEST = 50
# Part of every entry's identity (RFC 4151), which must never change: the year it was first given.
_TAG_YEAR = 2026
# When a feed of nothing was updated. Of the moment it was asked for, it would never be the same.
_BEGINNING = datetime.datetime(_TAG_YEAR, 1, 1, tzinfo=datetime.UTC)
# What XML can't hold however it is escaped: one such sign in one text would break the whole feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Asked:
    """Of which host a feed was asked for, and of what if not of everything."""

    host: str
    about: Company | Technology | None = None

    def tag(self, specific: str) -> str:
        """An identity of this host's (RFC 4151), as in `tag:facts.example,2026:change/7`."""
        # A tag has room for a name only: a trial may be asked for by `[::1]`.
        authority = re.sub("[^a-z0-9.]+", "-", split_domain_port(self.host)[0]).strip("-.")
        return f"tag:{authority},{_TAG_YEAR}:{specific}"


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else _BEGINNING


class AtomFeed(Feed):
    """A feed that says so with a 304 when a reader has it already.

    The ETag is made of the feed's bytes, so that nothing but a change of them changes it. Whoever
    asks by date alone is answered by the last public change of anything: an entry can go from a
    feed, or its company be called otherwise, without a newer entry.
    """

    feed_type = _Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        changed = int((Revision.objects.last_public_moment() or _BEGINNING).timestamp())
        etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
        response["ETag"], response["Last-Modified"] = etag, http_date(changed)
        answer = get_conditional_response(request, etag, changed, response)
        assert isinstance(answer, HttpResponse)  # noqa: S101 - as it was given one
        return answer

    def get_object(self, request: HttpRequest) -> Asked:
        return Asked(request.get_host())

    def author_name(self) -> str:
        # A feed without an author is not valid Atom.
        return as_xml(settings.SITE_NAME)


def as_xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
