from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest

from companies.admin.record import CatalogueAdmin


class BestMatchFirst(CatalogueAdmin):
    """Offers the exact name first: “C” and “Go” come before Cassandra and Django."""

    def is_called(self, name: str) -> Q:
        return Q(name__iexact=name)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        if not term:
            return found, may_repeat
        # A list page sorts again by its own order afterwards; autocompletes keep this one.
        rank = Case(
            When(self.is_called(term), then=Value(0)),
            When(name__istartswith=term, then=Value(1)),
            default=Value(2),
        )
        return found.order_by(rank, "name", "pk"), may_repeat
