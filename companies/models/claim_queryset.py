from __future__ import annotations

import datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from companies import review_interval
from companies.evidence import Agreement, Grade, Tier, is_first_hand
from companies.models.record import Status
from companies.models.verdict import verdict_of

_FIRST_HAND = (Tier.MEASURED, Tier.PRIMARY)


class ClaimQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """The only claims that visitors ever see: page, feed, export and search all start here."""
        return self.filter(status=Status.PUBLISHED, company__status=Status.PUBLISHED)

    def standing(self) -> Self:
        """Those that are not withdrawn, by themselves or with their company."""
        return self.exclude(status=Status.WITHDRAWN).exclude(company__status=Status.WITHDRAWN)

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def never_checked(self) -> Self:
        """Those that visitors see and nobody has held against their source yet."""
        return self.published().filter(checked_on=None)

    def check_due(self, today: datetime.date) -> Self:
        """Those that visitors see and whose last check is older than their kind's interval.

        One that was never checked counts from the day it was entered.
        """
        due = Q(pk__in=[])
        for limit, kinds in review_interval.limits(today).items():
            midnight = datetime.datetime.combine(limit, datetime.time(), datetime.UTC)
            due |= Q(kind__in=kinds) & (
                Q(checked_on__lt=limit) | Q(checked_on=None, created__lt=midnight)
            )
        return self.published().filter(due)

    def resting_on_one_report(self) -> Self:
        """Those of the grade “reported”, told without working out every claim's grade."""
        better = apps.get_model("companies", "Citation").objects.filter(
            Q(source__tier__in=[tier for tier in Tier if is_first_hand(tier)])
            | ~Q(source__publisher=OuterRef("source__publisher")),
            claim=OuterRef("pk"),
            agreement=Agreement.AGREES,
        )
        return self.standing().filter(~Exists(better), source__tier=Tier.SECONDARY)

    def contradicted(self) -> Self:
        contradicting = apps.get_model("companies", "Citation").objects.filter(
            agreement=Agreement.CONTRADICTS
        )
        return self.standing().filter(pk__in=contradicting.values("claim"))

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def with_evidence(self) -> Self:
        """Annotate `evidence_grade` and `disputed`, by the same rules as `companies.evidence`."""
        citations = apps.get_model("companies", "Citation").objects.filter(claim=OuterRef("pk"))
        agreeing = citations.filter(agreement=Agreement.AGREES)
        return self.annotate(
            evidence_grade=Case(
                When(
                    Q(source__tier=Tier.MEASURED)
                    | Exists(agreeing.filter(source__tier=Tier.MEASURED)),
                    then=Value(Grade.MEASURED),
                ),
                When(
                    Q(source__tier=Tier.PRIMARY)
                    | Exists(agreeing.filter(source__tier=Tier.PRIMARY)),
                    then=Value(Grade.PRIMARY),
                ),
                When(
                    Exists(agreeing.exclude(source__publisher=OuterRef("source__publisher"))),
                    then=Value(Grade.CORROBORATED),
                ),
                default=Value(Grade.REPORTED),
                output_field=models.CharField(),
            ),
            disputed=Exists(citations.filter(agreement=Agreement.CONTRADICTS)),
        )

    def of_grade(self, grade: str) -> Self:
        """The same as a filter by `evidence_grade`, in terms that a database can estimate."""
        citations = apps.get_model("companies", "Citation").objects.filter(
            claim=OuterRef("pk"), agreement=Agreement.AGREES
        )
        measured, primary = (Exists(citations.filter(source__tier=t)) for t in _FIRST_HAND)
        if grade == Grade.MEASURED:
            return self.filter(Q(source__tier=Tier.MEASURED) | measured)
        if grade == Grade.PRIMARY:
            found = self.filter(Q(source__tier=Tier.PRIMARY) | primary)
            return found.exclude(source__tier=Tier.MEASURED).filter(~measured)
        others = Exists(citations.exclude(source__publisher=OuterRef("source__publisher")))
        found = self.filter(~measured, ~primary, source__tier=Tier.SECONDARY)
        if grade == Grade.REPORTED:
            return found.filter(~others)
        # Few claims have citations at all.
        cited = apps.get_model("companies", "Citation").objects.filter(agreement=Agreement.AGREES)
        return found.filter(others, pk__in=cited.order_by().values("claim"))

    def judged(self) -> Self:
        """Those that rest on a secondary source, annotated with the `verdict` of a fact-check."""
        return self.filter(source__tier=Tier.SECONDARY).annotate(verdict=verdict_of("", ""))

    def with_parts(self) -> Self:
        """Fetch everything a claim shows in four queries, however many claims there are."""
        parts = (
            ("claim_technologies", "ClaimTechnology", "technology"),
            ("shares", "CodebaseShare", "technology"),
            ("citations", "Citation", "source"),
        )
        return self.select_related("company", "source", "domain").prefetch_related(
            *(
                Prefetch(rows, apps.get_model("companies", model).objects.select_related(joined))
                for rows, model, joined in parts
            )
        )

    def naming(self, technology: Any, role: str = "", *, few: bool = False) -> Self:
        """Claims that name the technology, in the role if one is given; all of them for None.

        Where they are `few` it is quickest to begin with them; where they are many, to go through
        claims in their order and soon have a page full. Neither database sees which is the case.
        """
        if not technology:
            return self
        rows, shares = (
            apps.get_model("companies", model)
            .objects.filter(technology=technology)
            .order_by()
            .values("claim")
            for model in ("ClaimTechnology", "CodebaseShare")
        )
        if role:
            rows = rows.filter(role=role)
        if few:
            return self.filter(pk__in=rows if role else rows.union(shares, all=True))
        named, shared = (Exists(found.filter(claim=OuterRef("pk"))) for found in (rows, shares))
        return self.filter(named if role else named | shared)

    def citing(self, source: Any) -> Self:
        """Claims that rest on the source or are held against it."""
        own = self.model._default_manager.filter(source=source).order_by().values("pk")
        citations = apps.get_model("companies", "Citation").objects.filter(source=source)
        # Each half has an index, which an OR of both would not follow.
        return self.filter(pk__in=own.union(citations.order_by().values("claim"), all=True))

    def quoted(self) -> Self:
        return self.exclude(quotation="")

    def newest_quotations(self) -> Self:
        """Quotations, the one that visitors were first shown last before the others.

        Annotated as `shown_by` with the number of the revision since which it has been shown. Every
        quotation is looked at, as it is to count them.
        """
        shown = apps.get_model("companies", "Revision").objects.of_shown_claims()
        quoting = shown.filter(subject_id=OuterRef("pk"), content__has_key="quotation")
        first = Subquery(quoting.order_by("pk").values("pk")[:1])
        return self.quoted().annotate(shown_by=first).exclude(shown_by=None).order_by("-shown_by")

    def matching(self, *, q: str = "", kind: str = "") -> Self:
        """Claims with the text in what they say or whom they speak of."""
        found = self.filter(kind=kind) if kind else self
        if not q:
            return found
        return found.filter(
            Q(title__icontains=q)
            | Q(text__icontains=q)
            | Q(quotation__icontains=q)
            | Q(speaker__icontains=q)
            | Q(company__name__icontains=q)
        )

    def newest_first(self) -> Self:
        """By the date they are true for; undated ones last."""
        return self.order_by(F("as_of").desc(), "key")
