from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from companies.feeds.atom import NEWEST, Asked, AtomFeed, as_xml
from companies.models import Claim, Revision, Subject

# Of the words in an entry's title, in signs.
_BEGINNING = 100
# What an entry shows, by what its revisions are of.
_SHOWN: dict[str, tuple[str, ...]] = {
    Subject.CLAIM: ("company", "quotation", "speaker", "speaker_role", "source", "locator"),
    Subject.SOURCE: ("url", "title", "publisher", "author", "published_on"),
    Subject.COMPANY: ("name",),
}


@dataclass(frozen=True)
class Quotation:
    asked: Asked
    claim: Claim
    # Since when visitors have seen it, and since when they have seen it as it is.
    published: datetime.datetime
    updated: datetime.datetime


class QuotesFeed(AtomFeed):
    """The newest quotations: those that came to the site last, whenever they were said."""

    subtitle = "What engineers and founders said, word for word, with the place where they said it."

    def title(self, asked: Asked) -> str:
        return as_xml(f"{settings.SITE_NAME}: quotes")

    def link(self, asked: Asked) -> str:
        return reverse("companies:quotes")

    def feed_guid(self, asked: Asked) -> str:
        return asked.tag("quotes")

    def items(self, asked: Asked) -> list[Quotation]:
        newest = Claim.objects.published().newest_quotations().select_related("company", "source")
        return list(_dated(asked, list(newest[:NEWEST])))

    def item_guid(self, item: Quotation) -> str:
        return item.asked.tag(f"quote/{item.claim.key}")

    def item_title(self, item: Quotation) -> str:
        words = Truncator(item.claim.quotation).chars(_BEGINNING)
        return as_xml(f"{item.claim.said_by}: “{' '.join(words.split())}”")

    def item_description(self, item: Quotation) -> str:
        # Markup of our own around escaped text, as of a change.
        return as_xml(render_to_string("_fragments/feed_quotation.html", {"claim": item.claim}))

    def item_link(self, item: Quotation) -> str:
        return item.claim.get_absolute_url()

    def item_pubdate(self, item: Quotation) -> datetime.datetime:
        return item.published

    def item_updateddate(self, item: Quotation) -> datetime.datetime:
        return item.updated


def _dated(asked: Asked, claims: list[Claim]) -> Iterator[Quotation]:
    """One query: the history of each, and of the source and the company that it names."""
    histories: dict[tuple[str, int], list[Revision]] = {}
    revisions = Revision.objects.filter(
        Q(subject=Subject.CLAIM, subject_id__in={claim.pk for claim in claims})
        | Q(subject=Subject.SOURCE, subject_id__in={claim.source_id for claim in claims})
        | Q(subject=Subject.COMPANY, subject_id__in={claim.company_id for claim in claims})
    )
    for revision in revisions.order_by("pk"):
        histories.setdefault((revision.subject, revision.subject_id), []).append(revision)
    for claim in claims:
        # Between two publications nothing of it was seen.
        own = [one for one in histories[Subject.CLAIM, claim.pk] if one.is_published]
        (since,) = (one.made_at for one in own if one.pk == claim.shown_by)  # type: ignore[attr-defined]
        source = histories.get((Subject.SOURCE, claim.source_id), [])
        company = histories.get((Subject.COMPANY, claim.company_id), [])
        shown = next((one.made_at for one in company if one.is_published), since)
        published = max(since, shown)
        changes = (_last_change(one) for one in (own, source, company))
        yield Quotation(asked, claim, published, max(published, *filter(None, changes)))


def _last_change(revisions: Iterable[Revision]) -> datetime.datetime | None:
    """When what an entry shows of it was last said otherwise than before."""
    moment, before = None, None
    for revision in revisions:
        shown: list[Any] = [revision.content.get(name) for name in _SHOWN[revision.subject]]
        if shown != before:
            moment, before = revision.made_at, shown
    return moment
