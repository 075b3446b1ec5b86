from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from companies.models.constraints import FILLED, FieldCheck, choice_check, filled_check
from companies.models.revision import ContentEncoder


class ProposalOutcome(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(outcome=ProposalOutcome.OPEN)


class Proposal(models.Model):
    """What somebody who may not change a published claim would have it say.

    `content` is the whole claim in the exchange shape, with its rows, so that it can be shown as it
    would stand, compared with what stands, and taken over by the same way as a file.
    """

    claim = models.ForeignKey("companies.Claim", on_delete=models.CASCADE, related_name="proposals")
    content = models.JSONField(encoder=ContentEncoder)
    # What the claim was like when the proposal was written.
    base = models.ForeignKey("companies.Revision", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, help_text="Why, for the editors.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(
        max_length=20, choices=ProposalOutcome.choices, default=ProposalOutcome.OPEN
    )
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        max_length=300, blank=True, help_text="For its author: why it was accepted or declined."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            choice_check("outcome", ProposalOutcome, "proposal"),
            filled_check("reason", "proposal", "Say why the claim should change."),
            filled_check("author_name", "proposal", "A proposal names who makes it."),
            FieldCheck(
                field="decided_by",
                condition=Q(outcome=ProposalOutcome.OPEN, decided_by="", decided_at__isnull=True)
                | ~Q(outcome=ProposalOutcome.OPEN)
                & Q(decided_by__regex=FILLED, decided_at__isnull=False),
                name="proposal_decision_has_name_and_time",
                message="A decision has a name and a time, and only a decision has.",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "claim"], name="proposal_outcome_claim")]

    def __str__(self) -> str:
        return f"Change of {self.claim} proposed by {self.author_name}"
