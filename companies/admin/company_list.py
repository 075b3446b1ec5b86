from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.admin.attention_filters import AttentionFilter
from companies.admin.inlines import TableInline
from companies.admin.record import count_of
from companies.admin.status import PublishingAdmin
from companies.models import CompanyList, CompanyListEntry, Status


class EntryInline(TableInline):
    model = CompanyListEntry
    autocomplete_fields = ("company",)
    related = ("company",)
    fields = ("position", "company", "note")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 3


@admin.register(CompanyList)
class CompanyListAdmin(PublishingAdmin):
    permanent_fields = ("slug",)
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("source",)
    inlines = (EntryInline,)
    deletion_advice = "The companies stay; only the list goes, and its address stops answering."

    list_display = ("title", "slug", "companies", "status")
    list_filter = (AttentionFilter, "status")
    search_fields = ("title", "slug", "summary")
    ordering = ("title", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        count = count_of(CompanyListEntry.objects.all(), "company_list")
        return super().get_queryset(request).annotate(company_count=count)

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [(None, {"fields": ("title", "slug", "summary", "source", "status")})]

    def is_public(self, row: Any) -> bool:
        return row.status == Status.PUBLISHED

    @admin.display(description="Companies", ordering="company_count")
    def companies(self, company_list: Any) -> int:
        return company_list.company_count
