from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.admin.attention_filters import AttentionFilter, TwinsTogether
from companies.admin.best_match import BestMatchFirst
from companies.admin.exports import ExportingAdmin
from companies.admin.imports import ImportingAdmin
from companies.admin.merging import MergingAdmin
from companies.admin.record import count_of
from companies.models import Claim, Gap, Technology


@admin.register(Technology)
class TechnologyAdmin(ImportingAdmin, ExportingAdmin, MergingAdmin, TwinsTogether, BestMatchFirst):
    import_kind = "technologies"
    permanent_fields = ("slug",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("former_addresses", "used_by")
    deletion_advice = "To delete a technology, first take it out of these claims."

    merged_fields = ("slug", "kind", "website", "summary")
    merged_columns = {"Claims that name it": "named_in", "With a share": "shared_in"}

    list_display = ("name", "slug", "kind", "named_in", "shared_in")
    list_filter = (AttentionFilter, "kind")
    search_fields = ("name", "slug")
    ordering = ("name", "slug")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        claims = Claim.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(
                naming_count=count_of(claims, "claim_technologies__technology"),
                sharing_count=count_of(claims, "shares__technology"),
            )
        )

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = ("name", "slug", "kind", "website", "summary")
        return [(None, {"fields": (*fields, "former_addresses", "used_by") if obj else fields})]

    def is_settled(self, row: Any) -> bool:
        # A finding that there is nothing gives it no page, but shows its name on the profile.
        return self.is_public(row) or Gap.objects.published().filter(technology=row.pk).exists()

    def is_public(self, row: Any) -> bool:
        return Technology.objects.published().filter(pk=row.pk).exists()

    @admin.display(description="Claims that name it", ordering="naming_count")
    def named_in(self, technology: Any) -> int:
        return technology.naming_count

    @admin.display(description="With a share", ordering="sharing_count")
    def shared_in(self, technology: Any) -> int:
        return technology.sharing_count
