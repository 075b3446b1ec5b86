from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from companies.evidence import Tier
from companies.models import likeness
from companies.models.constraints import (
    SLUG,
    SLUG_ADVICE,
    choice_check,
    date_check,
    filled_check,
    slug_check,
    url_check,
)
from companies.models.record import ClaimKind, PartialDateField, Record, validate_past_day
from companies.source_address import normal_form, search_words


class SourceKind(models.TextChoices):
    ENGINEERING_BLOG = "engineering_blog", _("Engineering blog")
    OFFICIAL_DOC = "official_doc", _("Official documentation")
    REPO_README = "repo_readme", _("Repository README")
    REPOSITORY = "repository", _("Repository")
    TALK = "talk", _("Talk")
    SLIDES = "slides", _("Slides")
    PAPER = "paper", _("Paper")
    WHITEPAPER = "whitepaper", _("White paper")
    CASE_STUDY = "case_study", _("Case study")
    INTERVIEW = "interview", _("Interview")
    PODCAST = "podcast", _("Podcast")
    Q_AND_A = "q_and_a", _("Questions and answers")
    FORUM_COMMENT = "forum_comment", _("Forum comment")
    JOB_AD = "job_ad", _("Job advertisement")
    NEWS = "news", _("News")
    ARTICLE = "article", _("Article")


class SourceQuerySet(models.QuerySet["Source"]):
    def published(self) -> Self:
        """Those that something published rests on or is held against."""
        claims = apps.get_model("companies", "Claim").objects.published()
        lists = apps.get_model("companies", "CompanyList").objects.published()
        gaps = apps.get_model("companies", "Gap").objects.published()
        return self.filter(
            Exists(claims.filter(source=OuterRef("pk")))
            | Exists(claims.filter(citations__source=OuterRef("pk")))
            | Exists(lists.filter(source=OuterRef("pk")))
            | Exists(gaps.filter(source=OuterRef("pk")))
        )

    def possible_duplicates(self) -> Self:
        """Those whose title and publisher another one has, too: one document, two addresses."""
        return self.filter(likeness.shared(Source.objects.all(), "document_likeness"))

    def matching(
        self, *, q: str = "", tier: str = "", kind: str = "", sort: str = "", **_: Any
    ) -> Self:
        """The sources a visitor asks for: most statements first, or by `newest` or `title`."""
        found = self.with_statement_count()
        if q:
            found = found.filter(
                Q(title__icontains=q) | Q(publisher__icontains=q) | Q(author__icontains=q)
            )
        if tier:
            found = found.filter(tier=tier)
        if kind:
            found = found.filter(kind=kind)
        orders = {"newest": ["-published_on", "title"], "title": ["title", "key"]}
        return found.order_by(*orders.get(sort, ["-statement_count", "title"]))

    def with_statement_count(self) -> Self:
        """Annotate `statement_count`: published claims and citations that name it."""
        counted = [
            apps.get_model("companies", model)
            .objects.published()
            .filter(source=OuterRef("pk"))
            .order_by()
            .values("source")
            .annotate(count=Count("pk"))
            .values("count")
            for model in ("Claim", "Citation")
        ]
        # Subqueries, since two joins at once would multiply the rows of each other.
        claims, citations = (Coalesce(Subquery(count), 0) for count in counted)
        return self.annotate(statement_count=claims + citations)

    def with_link_check(self) -> Self:
        """Fetch the last check along, and annotate `not_answering`."""
        silent = apps.get_model("companies", "LinkCheck").objects.not_answering()
        return self.select_related("link_check").annotate(
            not_answering=Exists(silent.filter(source=OuterRef("pk")))
        )

    def not_answering(self) -> Self:
        """Those whose document can't be had any more, as far as anybody knows."""
        silent = apps.get_model("companies", "LinkCheck").objects.not_answering()
        return self.filter(Exists(silent.filter(source=OuterRef("pk"))))

    def same_address(self, url: str) -> Self:
        """Those whose address leads to the same document, whatever its spelling.

        The database looks for a part of the host and a word of the path in all addresses, which
        no index helps with; the few that have both are compared here.
        """
        host, word = search_words(url)
        candidates = self.filter(url__icontains=host, url__contains=word).values_list("pk", "url")
        form = normal_form(url)
        return self.filter(pk__in=[pk for pk, known in candidates if normal_form(known) == form])

    def longest_unchecked_first(self) -> Self:
        return self.order_by(F("link_check__checked_at").asc(nulls_first=True), "pk")


class Source(Record):
    """A document that claims rest on or are held against."""

    key = models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG, SLUG_ADVICE)],
        help_text="Part of the public address, and permanent, for example netflix-python-2019.",
    )
    url = models.CharField(
        "URL",
        max_length=500,
        unique=True,
        validators=[URLValidator(["http", "https"])],
        error_messages={"unique": "A source with this address exists already: use that one."},
    )
    title = models.CharField(max_length=300)
    publisher = models.CharField(
        max_length=120,
        help_text="Who answers for it: two publishers that agree make a claim corroborated, "
        "so spell a publisher the same way every time.",
    )
    author = models.CharField(
        max_length=200, blank=True, help_text="As shown there; several are set apart by “; ”."
    )
    published_on = PartialDateField(help_text="As shown there: 2016, 2016-05 or 2016-05-27.")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    tier = models.CharField(
        max_length=20, choices=Tier.choices, help_text="Who speaks: this decides the grade."
    )
    accessed_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_past_day],
        help_text="The day one of us last read it. Shown to visitors.",
    )
    note = models.TextField(
        blank=True,
        max_length=1000,
        help_text="What a careful reader should know. Shown to visitors.",
    )
    document_likeness = likeness.document("title", "publisher")

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            slug_check("key", "source"),
            url_check("url", "source", required=True),
            filled_check("title", "source", "Give the document's title."),
            filled_check("publisher", "source", "Name the publisher."),
            date_check("published_on", "source"),
            choice_check("kind", SourceKind, "source"),
            choice_check("tier", Tier, "source"),
        ]
        # What two entries of one document would share.
        indexes = [models.Index(fields=["document_likeness"], name="source_likeness")]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"

    def get_absolute_url(self) -> str:
        return reverse("companies:source", args=[self.key])

    def clean(self) -> None:
        super().clean()
        # The same rule as cross_row_rules.source_author_needed.
        if self.pk and not self.author.strip():
            quotes = apps.get_model("companies", "Claim").objects.of_kind(ClaimKind.QUOTE)
            if quotes.filter(source=self.pk, speaker="").exists():
                raise ValidationError(
                    {"author": "A quote without a speaker rests on this author's name."}
                )
        taken = FormerSourceKey.objects.filter(key=self.key).first()
        if taken:
            raise ValidationError(
                {"key": f"This address redirects to “{taken.source}”: choose another."}
            )


class FormerSourceKeyQuerySet(models.QuerySet["FormerSourceKey"]):
    def published(self) -> Self:
        return self.filter(source__in=Source.objects.published())


class FormerSourceKey(models.Model):
    """The address of a source that was merged into this one, and redirects to it for good."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="former_keys")
    key = models.CharField(
        max_length=80, unique=True, validators=[RegexValidator(SLUG, SLUG_ADVICE)]
    )

    objects = FormerSourceKeyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "former address"
        verbose_name_plural = "former addresses"
        constraints = [slug_check("key", "former_source_key")]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        super().clean()
        if Source.objects.filter(key=self.key).exists():
            raise ValidationError({"key": "A source has this address now."})
