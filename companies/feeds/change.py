from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from companies.feeds.atom import NEWEST, Asked, AtomFeed, as_xml
from companies.history import Change, public_changes
from companies.models import Revision
from companies.models.revision import RevisionQuerySet


class ChangesFeed(AtomFeed):
    """The newest public changes."""

    subtitle = "What companies run on: what was added, corrected or withdrawn."

    def title(self, asked: Asked) -> str:
        return as_xml(f"{settings.SITE_NAME}: what changed")

    def link(self, asked: Asked) -> str:
        return reverse("companies:changes")

    def feed_guid(self, asked: Asked) -> str:
        return asked.tag("changes")

    def revisions(self, asked: Asked) -> RevisionQuerySet:
        return Revision.objects.public()

    def items(self, asked: Asked) -> list[tuple[Asked, Change]]:
        newest = self.revisions(asked).with_entry().order_by("-pk")[:NEWEST]
        return [(asked, change) for change in public_changes(newest)]

    def item_guid(self, item: tuple[Asked, Change]) -> str:
        asked, change = item
        return asked.tag(f"change/{change.revision.pk}")

    def item_title(self, item: tuple[Asked, Change]) -> str:
        change = item[1]
        revision: Any = change.revision
        about = [revision.company_name, change.title] if revision.company_name else [change.title]
        return as_xml(f"{change.verb}: {': '.join(about)}")

    def item_description(self, item: tuple[Asked, Change]) -> str:
        # Markup of our own around escaped text: Atom says that a summary is HTML.
        return as_xml(render_to_string("_fragments/change_details.html", {"change": item[1]}))

    def item_link(self, item: tuple[Asked, Change]) -> str:
        revision: Any = item[1].revision
        if revision.is_shown:
            return str(revision.address)
        return f"{reverse('companies:changes')}#revision-{revision.pk}"

    def item_updateddate(self, item: tuple[Asked, Change]) -> datetime.datetime:
        return item[1].revision.made_at

    def item_pubdate(self, item: tuple[Asked, Change]) -> datetime.datetime:
        return item[1].revision.made_at
