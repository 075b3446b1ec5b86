"""The verdict of a fact-check worked out by the database, where thousands are only counted."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from companies.evidence import Agreement, Tier, Verdict, is_first_hand

FIRST_HAND = [tier for tier in Tier if is_first_hand(tier)]


def verdict_of(claim: str, agreement: str) -> Case:
    """By the same rules as `companies.evidence.verdict`, for statements of secondary sources.

    `claim` is the path from a statement to its claim, empty where the statement is the claim
    itself; `agreement` the path to how it stands to the claim, empty where it can only agree.
    """
    path = f"{claim}__" if claim else ""
    further = apps.get_model("companies", "Citation").objects.filter(
        claim=OuterRef(claim or "pk"), source__tier__in=FIRST_HAND
    )
    known = {word: Exists(further.filter(agreement=word)) for word in Agreement}
    supported = Q(**{f"{path}source__tier__in": FIRST_HAND}) | Q(known[Agreement.AGREES])
    agrees = Q(**{agreement: Agreement.AGREES}) if agreement else Q()
    return Case(
        When(supported, then=_as_it_agrees(agreement)),
        When(agrees & Q(known[Agreement.CONTRADICTS]), then=Value(Verdict.CONTRADICTED)),
        When(agrees & Q(known[Agreement.DIFFERS]), then=Value(Verdict.CORRECTED)),
        default=Value(Verdict.UNVERIFIED),
        output_field=models.CharField(),
    )


def _as_it_agrees(agreement: str) -> Any:
    if not agreement:
        return Value(Verdict.CONFIRMED)
    return Case(
        When(**{agreement: Agreement.AGREES}, then=Value(Verdict.CONFIRMED)),
        When(**{agreement: Agreement.DIFFERS}, then=Value(Verdict.CORRECTED)),
        default=Value(Verdict.CONTRADICTED),
        output_field=models.CharField(),
    )
