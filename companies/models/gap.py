from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from companies.models.constraints import FieldCheck, choice_check
from companies.models.record import ClaimKind, Status, validate_past_day


class Finding(models.TextChoices):
    """Why something isn't recorded. Where nobody looked there is no gap row at all."""

    NONE = "none", _("None: known not to")
    UNKNOWN = "unknown", _("Unknown after looking")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class GapQuerySet(models.QuerySet["Gap"]):
    def published(self) -> Self:
        return self.filter(company__status=Status.PUBLISHED)


class Gap(models.Model):
    """A finding that there is nothing to record, so that an empty cell says why it is empty.

    Speaks of all claims of a kind, of a technology, of a domain, or of a combination of them.
    """

    company = models.ForeignKey("companies.Company", on_delete=models.CASCADE, related_name="gaps")
    claim_kind = models.CharField(max_length=20, choices=ClaimKind.choices, blank=True)
    technology = models.ForeignKey(
        "companies.Technology", on_delete=models.PROTECT, null=True, blank=True
    )
    domain = models.ForeignKey("companies.Domain", on_delete=models.PROTECT, null=True, blank=True)
    finding = models.CharField(max_length=20, choices=Finding.choices)
    source = models.ForeignKey(
        "companies.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="Who says that there is none. Required for “none”.",
    )
    looked_on = models.DateField(
        validators=[validate_past_day], help_text="The day somebody looked."
    )
    note = models.TextField(blank=True, max_length=600, help_text="Where you looked.")

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            # An absent technology or domain counts as a value here: two gaps with the same
            # subject would answer the same empty cell twice.
            models.UniqueConstraint(
                "company",
                "claim_kind",
                Coalesce("technology", 0),
                Coalesce("domain", 0),
                name="gap_subject_once",
                violation_error_message="There is a finding on this already.",
            ),
            choice_check("finding", Finding, "gap"),
            choice_check("claim_kind", ClaimKind, "gap", empty=True),
            FieldCheck(
                field="source",
                condition=~Q(finding=Finding.NONE) | Q(source__isnull=False),
                name="gap_none_has_source",
                message="“None” is a claim like any other: name who says so.",
            ),
            FieldCheck(
                field="claim_kind",
                condition=~Q(claim_kind="") | Q(technology__isnull=False) | Q(domain__isnull=False),
                name="gap_has_subject",
                message="Say what there is none of: a kind, technology or domain.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_in_words}: {self.get_finding_display()}"

    @property
    def subject_in_words(self) -> str:
        """As in `Codebase share, Python`."""
        subject = [self.get_claim_kind_display(), self.technology, self.domain]
        return ", ".join(str(part) for part in subject if part)
