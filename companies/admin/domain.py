from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.admin.record import CatalogueAdmin, count_of
from companies.models import Claim, Domain


@admin.register(Domain)
class DomainAdmin(CatalogueAdmin):
    permanent_fields = ("slug",)
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("used_by",)
    way_for_many = "Change it in a file and load that: manage.py load_catalog."
    deletion_advice = "To delete a domain, first give these another one."

    list_display = ("name", "slug", "claims")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        count = count_of(Claim.objects.all(), "domain")
        return super().get_queryset(request).annotate(number_of_claims=count)

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = ("name", "slug")
        return [(None, {"fields": (*fields, "used_by") if obj else fields})]

    def is_public(self, row: Any) -> bool:
        return True

    @admin.display(description="Claims", ordering="number_of_claims")
    def claims(self, domain: Any) -> int:
        return domain.number_of_claims
