from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from companies.history import Change, public_changes
from companies.models import Revision

_NEWEST = 50
# Part of every entry's identity (RFC 4151), which must never change: the year it was first given.
_TAG_YEAR = 2026
# What XML can't hold however it is escaped: one such sign in one text would break the whole feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ChangesFeed(Feed):
    """The newest public changes as Atom."""

    feed_type = Atom1Feed
    subtitle = "What companies run on: what was added, corrected or withdrawn."

    def get_object(self, request: HttpRequest) -> str:
        return request.get_host()

    def title(self) -> str:
        return f"{settings.SITE_NAME}: what changed"

    def link(self) -> str:
        return reverse("companies:changes")

    def author_name(self) -> str:
        # A feed without an author is not valid Atom.
        return str(settings.SITE_NAME)

    def feed_guid(self, host: str) -> str:
        return f"tag:{_domain(host)},{_TAG_YEAR}:changes"

    def items(self, host: str) -> list[tuple[str, Change]]:
        newest = Revision.objects.public().with_entry().order_by("-pk")[:_NEWEST]
        return [(host, change) for change in public_changes(newest)]

    def item_guid(self, item: tuple[str, Change]) -> str:
        host, change = item
        return f"tag:{_domain(host)},{_TAG_YEAR}:change/{change.revision.pk}"

    def item_title(self, item: tuple[str, Change]) -> str:
        change = item[1]
        revision: Any = change.revision
        about = [revision.company_name, change.title] if revision.company_name else [change.title]
        return _as_xml(f"{change.verb}: {': '.join(about)}")

    def item_description(self, item: tuple[str, Change]) -> str:
        # Markup of our own around escaped text: Atom says that a summary is HTML.
        return _as_xml(render_to_string("_fragments/change_details.html", {"change": item[1]}))

    def item_link(self, item: tuple[str, Change]) -> str:
        revision: Any = item[1].revision
        if revision.is_shown:
            return str(revision.address)
        return f"{reverse('companies:changes')}#revision-{revision.pk}"

    def item_updateddate(self, item: tuple[str, Change]) -> datetime.datetime:
        return item[1].revision.made_at

    def item_pubdate(self, item: tuple[str, Change]) -> datetime.datetime:
        return item[1].revision.made_at


def _domain(host: str) -> str:
    return split_domain_port(host)[0]


def _as_xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
