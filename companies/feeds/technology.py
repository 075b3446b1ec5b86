from __future__ import annotations

from companies.feeds.about import FeedAbout
from companies.feeds.atom import Asked
from companies.models import FormerTechnologySlug, Technology
from companies.models.revision import RevisionQuerySet


class TechnologyFeed(FeedAbout):
    """What changed about one technology: itself and the claims that name it or named it."""

    noun = "technology"
    missing = "There is no technology at the address “%(address)s”."

    def present(self, slug: str) -> Technology | None:
        return Technology.objects.published().filter(slug=slug).first()

    def moved(self, slug: str) -> Technology | None:
        formers = FormerTechnologySlug.objects.published().select_related("technology")
        former = formers.filter(slug=slug).first()
        return former.technology if former else None

    def revisions(self, asked: Asked) -> RevisionQuerySet:
        return super().revisions(asked).about_technology(asked.about)
