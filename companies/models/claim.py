from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from companies import evidence, figure
from companies.evidence import Grade, Support
from companies.models.claim_queryset import ClaimQuerySet
from companies.models.constraints import (
    FILLED,
    SLUG,
    SLUG_ADVICE,
    FieldCheck,
    choice_check,
    date_check,
    filled_check,
    slug_check,
)
from companies.models.record import (
    ClaimKind,
    PartialDateField,
    Record,
    Status,
    validate_figure,
    validate_past_day,
)


class Claim(Record):
    """One sourced statement about a company.

    A claim of any kind may carry a figure, a quotation, or both, so these are parts of a claim
    and not types of their own (docs/decisions/0001-one-claim-table.md).
    """

    company = models.ForeignKey(
        "companies.Company", on_delete=models.PROTECT, related_name="claims"
    )
    kind = models.CharField(max_length=20, choices=ClaimKind.choices)
    key = models.CharField(
        max_length=100,
        unique=True,
        blank=True,
        validators=[RegexValidator(SLUG, SLUG_ADVICE)],
        help_text="The claim's public and permanent address. Left empty, it becomes the company's "
        "slug with the next number.",
    )
    title = models.CharField(max_length=120, help_text="A headline of a few words.")
    text = models.TextField(
        max_length=1000, help_text="The statement in your own words, true as of the date below."
    )
    domain = models.ForeignKey(
        "companies.Domain", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    scope = models.CharField(
        max_length=200,
        blank=True,
        help_text="What part of the company it speaks of, as in “backend services”. "
        "Empty means the whole company.",
    )
    basis = models.CharField(
        max_length=200,
        blank=True,
        help_text="What is counted: lines of code, services, servers. Figures are compared only "
        "on the same basis, so use the words that other claims use.",
    )
    as_of = PartialDateField(
        "as of", help_text="The date it is true for: 2016, 2016-05 or 2016-05-27."
    )

    figure_value = models.DecimalField(
        "value",
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_figure],
    )
    figure_before = models.DecimalField(
        "value before",
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[validate_figure],
        help_text="For a change such as 750 → 14 ms.",
    )
    figure_unit = models.CharField(
        "unit", max_length=80, blank=True, help_text="As in “servers” or “requests per second”."
    )
    figure_qualifier = models.CharField(
        "qualifier",
        max_length=20,
        choices=figure.Qualifier.choices,
        blank=True,
        help_text="How exactly the source states it.",
    )
    figure_as_worded = models.CharField(
        "as worded",
        max_length=200,
        blank=True,
        help_text="The source's words where it gives no plain number: “several million”.",
    )

    quotation = models.TextField(
        "words", max_length=2000, blank=True, help_text="Word for word, without quotation marks."
    )
    speaker = models.CharField(
        max_length=120, blank=True, help_text="Empty only if the source names its author."
    )
    speaker_role = models.CharField(
        max_length=200, blank=True, help_text="At the time, as in “engineer, Instagram”."
    )

    source = models.ForeignKey(
        "companies.Source",
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="The best document for it: the company's own words before somebody's report.",
    )
    locator = models.CharField(
        max_length=200, blank=True, help_text="Where in the source: page, section, minute."
    )
    note = models.TextField(
        max_length=1000, blank=True, help_text="What a careful reader should know. Shown."
    )
    status = models.CharField(
        max_length=20,
        choices=Status.choices,
        default=Status.DRAFT,
        help_text="Only published claims are shown to visitors.",
    )
    checked_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_past_day],
        help_text="The day somebody last held it against its source, which saving it is not.",
    )
    checked_by = models.CharField(max_length=150, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        # One word for all of the catalogue: whoever has it decides what visitors see.
        permissions = [("publish_claim", "Can publish entries, and change or withdraw them then")]
        constraints = [
            slug_check("key", "claim"),
            filled_check("title", "claim", "Give the claim a title."),
            filled_check("text", "claim", "Write the statement in your own words."),
            choice_check("kind", ClaimKind, "claim"),
            choice_check("status", Status, "claim"),
            choice_check("figure_qualifier", figure.Qualifier, "claim", empty=True),
            date_check("as_of", "claim"),
            FieldCheck(
                field="quotation",
                condition=~Q(kind=ClaimKind.QUOTE) | Q(quotation__regex=FILLED),
                name="claim_quote_has_words",
                message="A quote needs the words that were said.",
            ),
            FieldCheck(
                field="speaker",
                condition=Q(speaker="", speaker_role="") | Q(quotation__regex=FILLED),
                name="claim_speaker_has_words",
                message="Somebody is named here, but no words of theirs are given.",
            ),
            FieldCheck(
                field="figure_value",
                condition=~Q(kind=ClaimKind.KEY_FIGURE)
                | Q(figure_value__isnull=False)
                | Q(figure_as_worded__regex=FILLED),
                name="claim_key_figure_has_figure",
                message="A key figure needs a value, or the source's wording of it.",
            ),
            FieldCheck(
                field="figure_unit",
                condition=Q(figure_unit__regex=FILLED)
                | Q(figure_value__isnull=True, figure_as_worded=""),
                name="claim_figure_has_unit",
                message="Say what the figure counts, as in “servers”.",
            ),
            FieldCheck(
                field="figure_value",
                condition=Q(figure_unit="")
                | Q(figure_value__isnull=False)
                | Q(figure_as_worded__regex=FILLED),
                name="claim_unit_has_figure",
                message="A unit is given, but no value or wording.",
            ),
            FieldCheck(
                field="figure_value",
                condition=Q(figure_before__isnull=True) | Q(figure_value__isnull=False),
                name="claim_before_has_after",
                message="There is a value before, but none after.",
            ),
            FieldCheck(
                field="figure_qualifier",
                condition=Q(figure_value__isnull=True, figure_qualifier="")
                | Q(figure_value__isnull=False) & ~Q(figure_qualifier=""),
                name="claim_value_has_qualifier",
                message="Say how exactly the source states the value, and only if there is one.",
            ),
            FieldCheck(
                field="checked_on",
                condition=Q(checked_on__isnull=True, checked_by="")
                | Q(checked_on__isnull=False, checked_by__regex=FILLED),
                name="claim_check_has_day_and_checker",
                message="A check has both a day and a name.",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "status", "kind"], name="claim_company_status_kind"),
            models.Index(fields=["status", "-as_of", "key"], name="claim_status_newest"),
            # Lists of one kind or domain in the same order, without sorting all that is of it.
            models.Index(fields=["kind", "status", "-as_of", "key"], name="claim_kind_newest"),
            models.Index(fields=["domain", "status", "-as_of", "key"], name="claim_domain_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.key:
            self.key = self._next_key()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("companies:claim", args=[self.key])

    def clean(self) -> None:
        super().clean()
        if not self.key and self.company_id:
            # Here as well as in save(), because the rules of the key are checked in between.
            self.key = self._next_key()
        # A source that is about to be saved with the claim has no id yet, but names its author.
        source = getattr(self, "source", None)
        is_unspoken = self.kind == ClaimKind.QUOTE and not self.speaker.strip()
        if is_unspoken and source and not source.author.strip():
            raise ValidationError(
                {"speaker": "Name the speaker: the source doesn't name its author either."}
            )

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        if not self.key:
            # No company, hence no number yet; that the company is missing says enough.
            exclude = {*(exclude or ()), "key"}
        super().validate_constraints(exclude)

    @property
    def supports(self) -> list[Support]:
        """Its own source and every citation, as `companies.evidence` wants them."""
        own = Support(self.source.tier, self.source.publisher)
        return [own, *(citation.as_support for citation in self.citations.all())]

    @property
    def grade(self) -> Grade:
        return evidence.grade(self.supports)

    @property
    def is_disputed(self) -> bool:
        return evidence.is_disputed([citation.agreement for citation in self.citations.all()])

    @property
    def figure_in_words(self) -> str:
        return figure.in_words(
            self.figure_value,
            self.figure_before,
            self.figure_unit,
            self.figure_qualifier,
            self.figure_as_worded,
        )

    @property
    def technologies_by_role(self) -> list[tuple[str, list[Any]]]:
        """Its technology rows under each role's name, in the order of their first row."""
        roles: dict[str, list[Any]] = {}
        for row in self.claim_technologies.all():
            roles.setdefault(row.get_role_display(), []).append(row)
        return list(roles.items())

    @property
    def said_by(self) -> str:
        """Who says the quoted words: the speaker, or else the source's author."""
        return self.speaker or self.source.author

    def _next_key(self) -> str:
        prefix = f"{self.company.slug}-"
        keys = Claim.objects.filter(key__startswith=prefix).values_list("key", flat=True)
        endings = [key.removeprefix(prefix) for key in keys]
        numbers = [int(ending) for ending in endings if re.fullmatch(r"[0-9]+", ending)]
        return f"{prefix}{max(numbers, default=0) + 1:02d}"
