from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies.admin.attention_filters import AttentionFilter, TwinsTogether
from companies.admin.best_match import BestMatchFirst
from companies.admin.company_form import CompanyForm
from companies.admin.exports import ExportingAdmin
from companies.admin.imports import ImportingAdmin
from companies.admin.inlines import RowFormSet, StackInline, TableInline
from companies.admin.links import add_url, change_url, form_of, list_url
from companies.admin.merging import MergingAdmin
from companies.admin.preview import PreviewAdmin, publish_company
from companies.admin.record import count_of
from companies.admin.status import PublishingAdmin
from companies.models import (
    Claim,
    ClaimKind,
    Company,
    CompanyAlias,
    FormerSlug,
    Gap,
    Logo,
    Status,
)

# Per kind; the rest is a link away.
CLAIMS_SHOWN = 15


class AliasInline(TableInline):
    model = CompanyAlias
    fields = ("name",)
    verbose_name_plural = "other names that people search for"


class FormerSlugFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            # Going back to a former address is fine: saving the company frees its row.
            if not form.has_changed() or data.get("DELETE"):
                continue
            if data.get("slug") and data["slug"] == self.instance.slug:
                form.add_error("slug", "This is the company's address now, not a former one.")


class FormerSlugInline(TableInline):
    model = FormerSlug
    formset = FormerSlugFormSet
    fields = ("slug",)
    verbose_name_plural = "former addresses, which redirect here"


class GapFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if not data or data.get("DELETE"):
                continue
            subject = (data.get("claim_kind"), data.get("technology"), data.get("domain"))
            if subject in seen:
                form.add_error("claim_kind", "There is a finding on this already.")
            seen.add(subject)


class GapInline(StackInline):
    model = Gap
    formset = GapFormSet
    autocomplete_fields = ("technology", "domain", "source")
    related = ("technology", "domain", "source", "company")
    verbose_name = "finding that there is nothing"
    verbose_name_plural = "findings that there is nothing"
    fields = (
        ("claim_kind", "technology", "domain"),
        ("finding", "source"),
        ("looked_on", "note"),
    )


@admin.register(Company)
class CompanyAdmin(
    ImportingAdmin,
    ExportingAdmin,
    MergingAdmin,
    TwinsTogether,
    PreviewAdmin,
    BestMatchFirst,
    PublishingAdmin,
):
    import_kind = "companies"
    form = CompanyForm
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent",)
    suggesting_fields = ("industry",)
    readonly_fields = ("claims_by_kind", "logo_shown")
    preview_places = ("profile", "comparison")
    change_form_template = "admin/companies/company_form.html"
    inlines = (AliasInline, FormerSlugInline, GapInline)
    deletion_advice = (
        "Withdraw the company instead: its page disappears, and its claims with it, but nothing is "
        "lost."
    )

    merged_fields = (
        "slug",
        "kind",
        "status",
        "parent",
        "founded",
        "headquarters",
        "industry",
        "website",
        "wikidata",
        "summary",
    )
    merged_columns = {
        "Logo": "logo_shown",
        "Claims": "claims",
        "Published claims": "public_claims",
    }

    list_display = ("name", "kind", "industry", "headquarters", "claims", "public_claims", "status")
    list_filter = (AttentionFilter, "status", "kind", "industry")
    search_fields = ("name", "aliases__name", "slug")
    search_help_text = "Finds names, other names and slugs."
    ordering = ("name", "slug")
    empty_value_display = "not recorded"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        claims = Claim.objects.all()
        return (
            super()
            .get_queryset(request)
            .annotate(
                claim_count=count_of(claims, "company"),
                public_claim_count=count_of(claims.filter(status=Status.PUBLISHED), "company"),
            )
        )

    def is_called(self, name: str) -> Q:
        other_names = CompanyAlias.objects.filter(company=OuterRef("pk"), name__iexact=name)
        return super().is_called(name) | Q(Exists(other_names))

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        may_save = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        sections: list[Any] = [
            (None, {"fields": ("name", "slug", "kind", "summary")}),
            (
                "Facts",
                {
                    "fields": (
                        ("industry", "parent"),
                        ("founded", "headquarters"),
                        ("website", "wikidata"),
                    )
                },
            ),
            (
                "Logo",
                {
                    "fields": ("logo_shown", ("logo_file", "no_logo"))
                    if may_save
                    else ("logo_shown",)
                },
            ),
            ("Status", {"fields": ("status",)}),
        ]
        if obj:
            sections.append(("Claims", {"fields": ("claims_by_kind",)}))
        return sections

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Here and not in the form: when a row below is refused, nothing at all is kept.
        if form.cleaned_data["logo_file"]:
            obj.logo = Logo.objects.keep(form.cleaned_data["logo_file"])
        elif form.cleaned_data["no_logo"]:
            obj.logo = None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # Only now, because a trial ends above.
        if change and "slug" in form.changed_data:
            self.message_user(
                request,
                f"The old address, {form.initial['slug']}, redirects to {form.instance.slug} from "
                "now on.",
                messages.INFO,
            )

    def is_public(self, row: Any) -> bool:
        return row.status == Status.PUBLISHED

    def publish_for_preview(self, row: Any) -> tuple[Company, None]:
        publish_company(row)
        return row, None

    @admin.display(description="Claims", ordering="claim_count")
    def claims(self, company: Any) -> int:
        return company.claim_count

    @admin.display(description="Published", ordering="public_claim_count")
    def public_claims(self, company: Any) -> int:
        return company.public_claim_count

    @admin.display(description="Shown now")
    def logo_shown(self, company: Any) -> str:
        # As data it would break the content security policy, and a draft's has no address yet.
        if not company.logo_id:
            return "none"
        if not self.is_public(company):
            return "kept; shown here once the company is published"
        return format_html(
            '<img src="{}" alt="logo of {}" width="48">', company.logo.get_absolute_url(), company
        )

    @admin.display(description="By kind")
    def claims_by_kind(self, company: Any) -> SafeString:
        """The claims as links, because each kind has a form of its own."""
        counts = dict(
            Claim.objects.filter(company=company)
            .order_by()
            .values_list("kind")
            .annotate(Count("pk"))
        )
        shown: dict[str, list[Any]] = {
            kind: list(rows)
            for kind, rows in groupby(self._first_claims(company), key=lambda claim: claim.kind)
        }
        kinds = [
            {
                "label": kind.label,
                "count": counts.get(kind.value, 0),
                "claims": [
                    {"claim": claim, "url": change_url(claim)} for claim in shown.get(kind, [])
                ],
                "all_url": list_url(Claim, company=company.pk, kind__exact=kind.value)
                if counts.get(kind.value, 0) > CLAIMS_SHOWN
                else "",
                "add_url": add_url(form_of(kind), company=company.pk, kind=kind.value),
            }
            for kind in ClaimKind
        ]
        return render_to_string("admin/companies/claims_by_kind.html", {"kinds": kinds})

    def _first_claims(self, company: Any) -> QuerySet[Any]:
        """The first claims of each kind: one query, however many there are."""
        firsts = Q()
        for kind in ClaimKind:
            keys = (
                Claim.objects.filter(company=company, kind=kind)
                .order_by("key")
                .values("pk")[:CLAIMS_SHOWN]
            )
            firsts |= Q(pk__in=keys)
        return Claim.objects.filter(firsts).order_by("kind", "key")
