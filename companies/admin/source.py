from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies import partial_date
from companies.admin.attention_filters import AttentionFilter, TwinsTogether
from companies.admin.exports import ExportingAdmin
from companies.admin.imports import ImportingAdmin
from companies.admin.known_source import KnownSourceAdmin
from companies.admin.link_check import DocumentFilter, LinkCheckAdmin
from companies.admin.merging import MergingAdmin
from companies.admin.record import count_of
from companies.models import Citation, Claim, Source


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Some claim rests on it"), ("no", "No claim rests on it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() == "yes":
            return queryset.filter(claim_count__gt=0)
        if self.value() == "no":
            return queryset.filter(claim_count=0)
        return None


@admin.register(Source)
class SourceAdmin(
    ImportingAdmin, ExportingAdmin, MergingAdmin, TwinsTogether, LinkCheckAdmin, KnownSourceAdmin
):
    import_kind = "sources"
    likeness = "document_likeness"
    permanent_fields = ("key",)
    prepopulated_fields = {"key": ("publisher", "title")}
    suggesting_fields = ("publisher",)
    readonly_fields = ("former_addresses", "used_by", "address_check")
    deletion_advice = (
        "Nothing in the catalogue stands without its source. To delete this one, first give all of "
        "these another source."
    )

    merged_fields = (
        "key",
        "url",
        "title",
        "publisher",
        "author",
        "published_on",
        "kind",
        "tier",
        "accessed_on",
        "note",
    )
    merged_columns = {"Claims": "claims", "Further citations": "citations"}

    list_display = (
        "title",
        "publisher",
        "tier_in_short",
        "kind",
        "published",
        "claims",
        "citations",
        "document",
    )
    list_filter = (AttentionFilter, "tier", "kind", UseFilter, DocumentFilter)
    search_fields = ("key", "title", "url", "publisher", "author")
    search_help_text = "Finds title, publisher, author, address and key."
    ordering = ("key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                claim_count=count_of(Claim.objects.all(), "source"),
                citation_count=count_of(Citation.objects.all(), "source"),
            )
        )

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        sections: list[Any] = [
            (None, {"fields": ("url", "title", "publisher", "author", "published_on")}),
            ("What it is", {"fields": ("kind", "tier", "key")}),
            ("Our reading of it", {"fields": ("accessed_on", "note")}),
        ]
        if obj:
            sections.append(("The document's address", {"fields": ("address_check",)}))
            sections.append(("Use", {"fields": ("former_addresses", "used_by")}))
        return sections

    def is_public(self, row: Any) -> bool:
        return Source.objects.published().filter(pk=row.pk).exists()

    @admin.display(description="Tier", ordering="tier")
    def tier_in_short(self, source: Any) -> str:
        return source.tier.capitalize()

    @admin.display(description="Published", ordering="published_on", empty_value="undated")
    def published(self, source: Any) -> str:
        return partial_date.in_words(source.published_on)

    @admin.display(description="Claims", ordering="claim_count")
    def claims(self, source: Any) -> int:
        return source.claim_count

    @admin.display(description="Further citations", ordering="citation_count")
    def citations(self, source: Any) -> int:
        return source.citation_count
