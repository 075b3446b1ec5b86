from __future__ import annotations

from companies.feeds.about import FeedAbout
from companies.feeds.atom import Asked
from companies.models import Company, FormerSlug
from companies.models.revision import RevisionQuerySet


class CompanyFeed(FeedAbout):
    """What changed about one company: itself and its claims."""

    noun = "company"
    missing = "There is no company profile at the address “%(address)s”."

    def present(self, slug: str) -> Company | None:
        return Company.objects.published().filter(slug=slug).first()

    def moved(self, slug: str) -> Company | None:
        formers = FormerSlug.objects.published().select_related("company")
        former = formers.filter(slug=slug).first()
        return former.company if former else None

    def revisions(self, asked: Asked) -> RevisionQuerySet:
        return super().revisions(asked).about_company(asked.about)
