"""Filters of the lists of claims."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest

from companies.admin.widgets import PRIMARY_KEY
from companies.evidence import Grade
from companies.models import Citation, ClaimTechnology, CodebaseShare, Company, Source, Technology


class ConditionFilter(admin.SimpleListFilter):
    """By a condition for each choice, which “Show counts” puts to all choices in one scan."""

    def condition(self, choice: str) -> Q | None:
        """None if there is no such choice, which filters nothing."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        condition = self.condition(self.value() or "")
        return queryset.filter(condition) if condition else None

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Any]:
        return {
            f"{place}__c": Count(pk_attname, filter=self.condition(choice))
            for place, (choice, _) in enumerate(self.lookup_choices)
        }


class GradeFilter(ConditionFilter):
    title = "evidence"
    parameter_name = "grade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Grade.choices

    def condition(self, choice: str) -> Q | None:
        # Any other word is a grade that no claim has.
        return Q(evidence_grade=choice) if choice else None


class DisputedFilter(ConditionFilter):
    title = "dispute"
    parameter_name = "disputed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Contradicted by a source"), ("no", "Not contradicted")]

    def condition(self, choice: str) -> Q | None:
        return Q(disputed=choice == "yes") if choice in ("yes", "no") else None


class AgeFilter(ConditionFilter):
    """By the date a claim is true for. Where only the year is known, all of it has to be older."""

    title = "age"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("1", "Older than 1 year"),
            ("3", "Older than 3 years"),
            ("5", "Older than 5 years"),
            ("10", "Older than 10 years"),
            ("undated", "Undated"),
        ]

    def condition(self, choice: str) -> Q | None:
        if choice == "undated":
            return Q(as_of="")
        if choice not in ("1", "3", "5", "10"):
            return None
        limit = years_ago(int(choice)).isoformat()
        # As text, a year sorts before each of its days, though it may mean the last of them.
        return Q(as_of__lt=limit) & ~Q(as_of__in=("", limit[:4], limit[:7]))


class CheckFilter(ConditionFilter):
    title = "last check"
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("never", "Never checked"),
            ("old", "Over a year ago"),
            ("recent", "Within a year"),
        ]

    def condition(self, choice: str) -> Q | None:
        limit = years_ago(1)
        conditions = {
            "never": Q(checked_on=None),
            "old": Q(checked_on__lt=limit),
            "recent": Q(checked_on__gte=limit),
        }
        return conditions.get(choice)


def years_ago(years: int) -> datetime.date:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        # Only 29 February has no counterpart in other years.
        return today.replace(year=today.year - years, day=28)


def _once(request: HttpRequest, key: object, ask: Callable[[], Any]) -> Any:
    """What is asked for once per request, though “Show counts” makes all filters anew for each."""
    answers = request.__dict__.setdefault("answers_of_filters", {})
    if key not in answers:
        answers[key] = ask()
    return answers[key]


class DomainFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        choices = super().field_choices
        return _once(request, "domains", lambda: choices(field, request, model_admin))


class ChosenFilter(admin.SimpleListFilter):
    """Shows one row's claims after a link led here; offers no choice of thousands by itself."""

    model: ClassVar[type[Model]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        chosen = self._chosen_id()
        if not chosen:
            return []
        rows = self.model._default_manager.filter(pk=chosen)
        row = _once(request, (self.model, chosen), rows.first)
        return [(str(row.pk), str(row))] if row else []

    def _chosen_id(self) -> str | None:
        value = self.value() or ""
        return value if PRIMARY_KEY.fullmatch(value) else None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() is None:
            return None
        chosen = self._chosen_id()
        return queryset.filter(self.condition(chosen)) if chosen else queryset.none()

    def condition(self, chosen: Any) -> Any:
        return Q((str(self.parameter_name), chosen))


class CompanyFilter(ChosenFilter):
    title = "company"
    parameter_name = "company"
    model = Company


class SourceFilter(ChosenFilter):
    title = "source"
    parameter_name = "source"
    model = Source


class FurtherSourceFilter(ChosenFilter):
    title = "further source"
    parameter_name = "cites"
    model = Source

    def condition(self, chosen: Any) -> Any:
        return Exists(Citation.objects.filter(claim=OuterRef("pk"), source=chosen))


class TechnologyFilter(ChosenFilter):
    title = "technology"
    parameter_name = "technology"
    model = Technology

    def condition(self, chosen: Any) -> Any:
        names = ClaimTechnology.objects.filter(claim=OuterRef("pk"), technology=chosen)
        shares = CodebaseShare.objects.filter(claim=OuterRef("pk"), technology=chosen)
        return Q(Exists(names)) | Q(Exists(shares))
