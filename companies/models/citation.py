from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from companies.evidence import Agreement, Support, Tier
from companies.models.constraints import FILLED, FieldCheck, choice_check
from companies.models.record import ClaimPartQuerySet
from companies.models.verdict import verdict_of


class CitationQuerySet(ClaimPartQuerySet["Citation"]):
    def judged(self) -> Self:
        """Statements of secondary sources, annotated with the `verdict` of a fact-check."""
        return self.filter(source__tier=Tier.SECONDARY).annotate(
            verdict=verdict_of("claim", "agreement")
        )


class Citation(models.Model):
    """A further source set against a claim, and how it stands to it."""

    claim = models.ForeignKey("companies.Claim", on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(
        "companies.Source", on_delete=models.PROTECT, related_name="citations"
    )
    agreement = models.CharField(max_length=20, choices=Agreement.choices)
    as_reported = models.TextField(
        blank=True,
        max_length=600,  # at four bytes each still short enough for the unique index
        help_text="How this source puts it, in short. Required unless it simply agrees.",
    )
    locator = models.CharField(
        max_length=200, blank=True, help_text="Where in the source: page, section, minute."
    )
    note = models.TextField(
        blank=True, max_length=1000, help_text="What exactly differs, in a sentence for readers."
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            choice_check("agreement", Agreement, "citation"),
            FieldCheck(
                field="as_reported",
                condition=Q(agreement=Agreement.AGREES) | Q(as_reported__regex=FILLED),
                name="citation_says_what_it_reports",
                message="Write how this source puts it, since it doesn't agree.",
            ),
            models.UniqueConstraint(
                fields=["claim", "source", "as_reported"],
                name="citation_statement_once",
                violation_error_message="This statement of this source is listed already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_agreement_display().lower()}"

    def clean(self) -> None:
        super().clean()
        # The claim may be one that is about to be saved together with this row.
        claim = getattr(self, "claim", None)
        if self.source_id and claim and claim.source_id == self.source_id:
            raise ValidationError(
                {"source": "The claim rests on this source already; cite a further one."}
            )

    @property
    def as_support(self) -> Support:
        return Support(self.source.tier, self.source.publisher, self.agreement)
