from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from companies.feeds.atom import Asked, as_xml
from companies.feeds.change import ChangesFeed
from companies.models import Company, Technology


class FeedAbout(ChangesFeed):
    """What changed about one thing that has a page. Its former addresses lead to the present one.

    `noun` is that of its identity and of the names of its URLs; `missing` says in words what there
    is not at an `%(address)s`.
    """

    noun: str
    missing: str

    def present(self, slug: str) -> Company | Technology | None:
        """What visitors find at the address."""
        raise NotImplementedError

    def moved(self, slug: str) -> Company | Technology | None:
        """What visitors are led to from there."""
        raise NotImplementedError

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Http404:
            moved = self.moved(kwargs["slug"])
            if moved is None:
                raise
            address = reverse(f"companies:{self.noun}_feed", args=[moved.slug])
            return HttpResponsePermanentRedirect(address)

    def get_object(self, request: HttpRequest, slug: str = "") -> Asked:
        about = self.present(slug)
        if about is None:
            raise Http404(self.missing % {"address": slug})
        return Asked(request.get_host(), about)

    def title(self, asked: Asked) -> str:
        return as_xml(f"{settings.SITE_NAME}: what changed about {asked.about}")

    def link(self, asked: Asked) -> str:
        return self._about(asked).get_absolute_url()

    def feed_guid(self, asked: Asked) -> str:
        # By number, because a slug may change.
        return asked.tag(f"{self.noun}/{self._about(asked).pk}")

    def _about(self, asked: Asked) -> Any:
        if asked.about is None:
            raise ValueError("This feed is about something.")
        return asked.about
