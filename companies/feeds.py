from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from companies.history import Change, public_changes
from companies.models import Company, FormerSlug, Revision
from companies.models.revision import RevisionQuerySet

_NEWEST = 50
# Part of every entry's identity (RFC 4151), which must never change: the year it was first given.
_TAG_YEAR = 2026
# What XML can't hold however it is escaped: one such sign in one text would break the whole feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Asked:
    """Of which host a feed was asked for, and of which company if of one."""

    host: str
    company: Company | None = None


class ChangesFeed(Feed):
    """The newest public changes as Atom."""

    feed_type = Atom1Feed
    subtitle = "What companies run on: what was added, corrected or withdrawn."

    def get_object(self, request: HttpRequest) -> Asked:
        return Asked(request.get_host())

    def title(self, asked: Asked) -> str:
        return f"{settings.SITE_NAME}: what changed"

    def link(self, asked: Asked) -> str:
        return reverse("companies:changes")

    def author_name(self) -> str:
        # A feed without an author is not valid Atom.
        return str(settings.SITE_NAME)

    def feed_guid(self, asked: Asked) -> str:
        return f"tag:{_domain(asked.host)},{_TAG_YEAR}:changes"

    def revisions(self, asked: Asked) -> RevisionQuerySet:
        return Revision.objects.public()

    def items(self, asked: Asked) -> list[tuple[str, Change]]:
        newest = self.revisions(asked).with_entry().order_by("-pk")[:_NEWEST]
        return [(asked.host, change) for change in public_changes(newest)]

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


class CompanyFeed(ChangesFeed):
    """What changed about one company: itself and its claims."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        former = FormerSlug.objects.published().select_related("company")
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            moved = former.filter(slug=kwargs["slug"]).first()
            if moved is None:
                raise
            address = reverse("companies:company_feed", args=[moved.company.slug])
            return HttpResponsePermanentRedirect(address)

    def get_object(self, request: HttpRequest, slug: str = "") -> Asked:
        company = Company.objects.published().filter(slug=slug).first()
        if company is None:
            raise Http404(f"There is no company profile at the address “{slug}”.")
        return Asked(request.get_host(), company)

    def title(self, asked: Asked) -> str:
        return _as_xml(f"{settings.SITE_NAME}: what changed about {asked.company}")

    def link(self, asked: Asked) -> str:
        return str(_company(asked).get_absolute_url())

    def feed_guid(self, asked: Asked) -> str:
        # By number, because a slug may change.
        return f"tag:{_domain(asked.host)},{_TAG_YEAR}:company/{_company(asked).pk}"

    def revisions(self, asked: Asked) -> RevisionQuerySet:
        return super().revisions(asked).about_company(_company(asked))


def _company(asked: Asked) -> Company:
    if asked.company is None:
        raise ValueError("This feed is one of a company.")
    return asked.company


def _domain(host: str) -> str:
    return split_domain_port(host)[0]


def _as_xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
