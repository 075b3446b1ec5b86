"""The rows of a claim: the technologies it names and the shares it states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from companies import figure
from companies.models.constraints import FieldCheck, choice_check
from companies.models.record import ClaimPartQuerySet


class Role(models.TextChoices):
    USES = "uses", _("Uses")
    CHOSE = "chose", _("Chose")
    REJECTED = "rejected", _("Rejected")
    MIGRATED_FROM = "migrated_from", _("Migrated from")
    MIGRATED_TO = "migrated_to", _("Migrated to")


IN_USE = (Role.USES, Role.CHOSE, Role.MIGRATED_TO)


class ClaimTechnologyQuerySet(ClaimPartQuerySet["ClaimTechnology"]):
    def in_use(self) -> Self:
        """Rows that say the company uses, chose or moved to the technology."""
        return self.filter(role__in=IN_USE)

    def languages_of(self, companies: Iterable[Any]) -> dict[int, list[Any]]:
        """By company id, the languages its claims say it uses, most named first; one query."""
        rows = (
            self.in_use()
            .filter(claim__company__in=list(companies), technology__kind="language")
            .values("claim__company", "technology__slug", "technology__name")
            .annotate(named=Count("pk"))
            .order_by("claim__company", "-named", "technology__name")
        )
        languages: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            languages[row["claim__company"]].append(
                {"slug": row["technology__slug"], "name": row["technology__name"]}
            )
        return dict(languages)

    def most_named_of(self, companies: Iterable[Any]) -> dict[int, list[str]]:
        """By company id, the names of what it says it uses, most named first; one query."""
        rows = (
            self.in_use()
            .filter(claim__company__in=list(companies))
            .values_list("claim__company", "technology__name")
            .annotate(named=Count("claim", distinct=True))
            .order_by("claim__company", "-named", "technology__name")
        )
        names: dict[int, list[str]] = defaultdict(list)
        for company_id, name, _count in rows:
            names[company_id].append(name)
        return dict(names)

    def role_counts(self, technology: Any) -> list[tuple[Role, int]]:
        """How many companies have the technology in each role, in the roles' order."""
        counts = dict(
            self.filter(technology=technology)
            .order_by()
            .values_list("role")
            .annotate(Count("claim__company", distinct=True))
        )
        return [(role, counts[role]) for role in Role if role in counts]

    def moves(self) -> Self:
        """Rows of what a claim says was left, once for each other technology it was left for.

        Annotated with that technology as `to_id`, `to_slug` and `to_name`. A step to another
        version of the same technology is no move.
        """
        other = "claim__claim_technologies"
        return (
            self.filter(role=Role.MIGRATED_FROM, **{f"{other}__role": Role.MIGRATED_TO})
            .annotate(
                to_id=F(f"{other}__technology"),
                to_slug=F(f"{other}__technology__slug"),
                to_name=F(f"{other}__technology__name"),
            )
            .exclude(technology=F("to_id"))
        )

    def most_made_moves(self, most: int) -> list[dict[str, Any]]:
        """At most so many pairs of technologies, what most companies did first; two queries.

        Each a dict with `technology_id`, `to_id`, the slugs and names of both, `company_count`,
        and as `rows` one (company's name, claim's key, claim's title) per claim.
        """
        pair = ("technology_id", "to_id")
        found = list(
            self.moves()
            .order_by()
            .values(*pair, "technology__slug", "technology__name", "to_slug", "to_name")
            .annotate(company_count=Count("claim__company", distinct=True))
            .order_by("-company_count", "technology__name", "to_name")[:most]
        )
        of_pair: dict[tuple[int, int], list[tuple[str, str, str]]] = defaultdict(list)
        rows = (
            self.moves()
            .filter(technology_id__in={move["technology_id"] for move in found})
            .order_by("claim__company__name", "claim__key")
            .values_list(*pair, "claim__company__name", "claim__key", "claim__title")
            .distinct()
        )
        for left, to, *claim in rows:
            of_pair[left, to].append(tuple(claim))
        return [{**move, "rows": of_pair[move["technology_id"], move["to_id"]]} for move in found]


class CodebaseShareQuerySet(ClaimPartQuerySet["CodebaseShare"]):
    def ranked_by_basis(self, technology: Any) -> Self:
        """The technology's shares, basis by basis, the largest first within each."""
        found = self.filter(technology=technology).with_claim()
        return found.order_by("claim__basis", "-percentage", "claim__company__name")

    def in_claim_order(self) -> Self:
        return self.with_claim().order_by("claim__company__slug", "claim__key", "pk")

    def with_claim(self) -> Self:
        return self.select_related("claim__company", "claim__source", "technology")

    def with_citations(self) -> Self:
        """Fetch what the grade of each share's claim rests on, in one more query."""
        citations = apps.get_model("companies", "Citation").objects.select_related("source")
        return self.prefetch_related(Prefetch("claim__citations", citations))


class ClaimTechnology(models.Model):
    """A technology that a claim names, and what the company did with it."""

    claim = models.ForeignKey(
        "companies.Claim", on_delete=models.CASCADE, related_name="claim_technologies"
    )
    technology = models.ForeignKey(
        "companies.Technology", on_delete=models.PROTECT, related_name="claim_technologies"
    )
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.USES)
    version = models.CharField(max_length=40, blank=True, help_text="As in “3.5”, if stated.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why, in a few words.")

    objects = ClaimTechnologyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "technology"
        verbose_name_plural = "technologies"
        constraints = [
            choice_check("role", Role, "claim_technology"),
            models.UniqueConstraint(
                fields=["claim", "technology", "role", "version"],
                name="claim_technology_once",
                violation_error_message="This technology is listed in this role already.",
            ),
        ]
        indexes = [models.Index(fields=["technology", "role"], name="claim_technology_role")]

    def __str__(self) -> str:
        return f"{self.technology_in_words} ({self.get_role_display().lower()})"

    @property
    def is_in_use(self) -> bool:
        return self.role in IN_USE

    @property
    def technology_in_words(self) -> str:
        return f"{self.technology} {self.version}".strip()


class CodebaseShare(models.Model):
    """One technology's percentage within a claim on a codebase."""

    claim = models.ForeignKey("companies.Claim", on_delete=models.CASCADE, related_name="shares")
    technology = models.ForeignKey(
        "companies.Technology", on_delete=models.PROTECT, related_name="codebase_shares"
    )
    version = models.CharField(max_length=40, blank=True)
    percentage = models.DecimalField(max_digits=6, decimal_places=3, help_text="Between 0 and 100.")
    qualifier = models.CharField(
        max_length=20, choices=figure.Qualifier.choices, default=figure.Qualifier.EXACTLY
    )

    objects = CodebaseShareQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "share"
        constraints = [
            FieldCheck(
                field="percentage",
                condition=Q(percentage__gte=0, percentage__lte=100),
                name="codebase_share_within_100",
                message="A share lies between 0 and 100 percent.",
            ),
            choice_check("qualifier", figure.Qualifier, "codebase_share"),
            models.UniqueConstraint(
                fields=["claim", "technology", "version"],
                name="codebase_share_once",
                violation_error_message="This technology has a share already.",
            ),
        ]
        indexes = [
            models.Index(fields=["technology", "-percentage"], name="codebase_share_ranking")
        ]

    def __str__(self) -> str:
        return f"{self.technology_in_words}: {self.in_words}"

    @property
    def technology_in_words(self) -> str:
        return f"{self.technology} {self.version}".strip()

    @property
    def in_words(self) -> str:
        return figure.percentage_in_words(self.percentage, self.qualifier)
