"""The lists behind the counts of the first page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies import attention
from companies.admin.record import CatalogueAdmin

PARAMETER = "attention"
DUPLICATES = "possible_duplicates"


class AttentionFilter(admin.SimpleListFilter):
    title = "what needs attention"
    parameter_name = PARAMETER

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: Any, model_admin: Any
    ) -> None:
        self.items = {item.name: item for item in attention.items_of(model)}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            (name, item.label[:1].upper() + item.label[1:]) for name, item in self.items.items()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        item = self.items.get(self.value() or "")
        return item.narrow(queryset) if item else None


class TwinsTogether(CatalogueAdmin):
    """Shows possible duplicates beside each other."""

    # The column that most twins share.
    likeness: ClassVar[str] = "name_likeness"

    def get_ordering(self, request: HttpRequest) -> Any:
        ordering = super().get_ordering(request)
        if request.GET.get(PARAMETER) == DUPLICATES:
            return [self.likeness, *ordering]
        return ordering
