from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies import partial_date
from companies.admin.exports import ExportingAdmin
from companies.admin.imports import ImportingAdmin
from companies.admin.record import CatalogueAdmin, count_of
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
class SourceAdmin(ImportingAdmin, ExportingAdmin, CatalogueAdmin):
    import_kind = "sources"
    permanent_fields = ("key",)
    prepopulated_fields = {"key": ("publisher", "title")}
    suggesting_fields = ("publisher",)
    readonly_fields = ("used_by",)
    deletion_advice = (
        "Nothing in the catalogue stands without its source. To delete this one, first give all of "
        "these another source."
    )

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
    list_filter = ("tier", "kind", UseFilter)
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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sections: list[Any] = [
            (None, {"fields": ("url", "title", "publisher", "author", "published_on")}),
            ("What it is", {"fields": ("kind", "tier", "key")}),
            ("Our reading of it", {"fields": ("accessed_on", "note")}),
        ]
        if obj:
            sections.append(("Use", {"fields": ("used_by",)}))
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

    @admin.display(description="Document")
    def document(self, source: Any) -> SafeString:
        return format_html(
            '<a href="{}" rel="noopener noreferrer">open'
            '<span class="visually-hidden"> {}</span></a>',
            source.url,
            source.title,
        )
