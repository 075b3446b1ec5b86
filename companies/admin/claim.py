from __future__ import annotations

import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies import partial_date
from companies.admin.attention_filters import AttentionFilter
from companies.admin.checking import CheckingAdmin
from companies.admin.claim_filters import (
    AgeFilter,
    CheckFilter,
    CompanyFilter,
    DisputedFilter,
    DomainFilter,
    FurtherSourceFilter,
    GradeFilter,
    SourceFilter,
    TechnologyFilter,
)
from companies.admin.claim_form import ClaimAndSourceForm, ClaimForm
from companies.admin.claim_parts import CitationInline, ShareInline, TechnologyInline
from companies.admin.claim_sections import (
    FIGURE,
    FIGURE_ADVICE,
    QUOTATION,
    QUOTATION_ADVICE,
    SOURCE_ADVICE,
    classes,
    has_content,
)
from companies.admin.exports import ExportingAdmin
from companies.admin.imports import ImportingAdmin
from companies.admin.paging import KeysFirst
from companies.admin.preview import PreviewAdmin, publish_company
from companies.admin.proposing import ProposingAdmin
from companies.admin.saving import saving_of
from companies.admin.status import PublishingAdmin
from companies.evidence import Grade
from companies.exchange.revisions import record
from companies.models import Claim, Company, Status, Subject


class BaseClaimAdmin(ImportingAdmin, ExportingAdmin, CheckingAdmin, PreviewAdmin, ProposingAdmin):
    """The one form of a claim; each kind opens the parts that it needs and folds the others."""

    # Parts of the form that are open from the start.
    opened: ClassVar[frozenset[str]] = frozenset()
    needed: ClassVar[tuple[str, ...]] = ()
    advice: ClassVar[str] = ""

    import_kind = "claims"
    change_form_template = "admin/companies/claim_form.html"
    permanent_fields = ("key",)
    autocomplete_fields = ("company", "source", "domain")
    suggesting_fields = ("basis", "figure_unit")
    inlines: ClassVar[Any] = (TechnologyInline, CitationInline)
    actions: Any = (*PublishingAdmin.actions, *CheckingAdmin.actions)
    deletion_advice = (
        "A deleted claim's address stops answering. Withdraw the claim instead and it disappears "
        "from the pages, but can come back."
    )

    empty_value_display = "none given"
    paginator = KeysFirst
    list_select_related = ("company", "source", "domain")
    list_filter: ClassVar[Any] = (
        AttentionFilter,
        CompanyFilter,
        SourceFilter,
        FurtherSourceFilter,
        TechnologyFilter,
        "status",
        GradeFilter,
        DisputedFilter,
        CheckFilter,
        AgeFilter,
        ("source__tier", admin.ChoicesFieldListFilter),
        ("domain", DomainFilter),
    )
    search_fields = (
        "company__name",
        "company__aliases__name",
        "key",
        "title",
        "text",
        "quotation",
        "source__title",
        "source__publisher",
        "claim_technologies__technology__name",
    )
    search_help_text = (
        "Finds company, other names, key, title, text, quotation, source, publisher and technology."
    )
    # The key starts with the company, and an index has this order however many claims there are.
    ordering = ("key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        claims: Any = super().get_queryset(request)
        return claims.with_evidence()

    # -- the form

    def get_sections(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        statement = ["company", "title", "text"]
        if "kind" in self.get_fields_of_kind():
            statement.insert(0, "kind")
        sections: list[tuple[str | None, tuple[Any, ...], str]] = [
            (None, tuple(statement), self.advice),
            ("Source", ("source", "locator"), SOURCE_ADVICE),
        ]
        if self.may_describe_source(request, obj):
            sections.append(
                (
                    "New source",
                    (
                        "new_source_url",
                        "new_source_title",
                        ("new_source_publisher", "new_source_author"),
                        ("new_source_kind", "new_source_tier"),
                        ("new_source_published_on", "new_source_key"),
                    ),
                    "Only when the document can't be found above: it is saved with the claim.",
                )
            )
        sections += [
            ("What it holds for", (("as_of", "domain"), ("scope", "basis")), ""),
            ("Figure", FIGURE, FIGURE_ADVICE),
            ("Quotation", QUOTATION, QUOTATION_ADVICE),
            ("Note and key", ("note", "key"), ""),
            (
                "Status and check",
                ("evidence", "status", ("checked_on", "checked_by"))
                if obj
                else ("status", ("checked_on", "checked_by")),
                "",
            ),
        ]
        if saving_of(request).is_proposal:
            # A proposal changes what a claim says, not whether it is public or was checked.
            sections.pop()
        folding = {"New source", "Figure", "Quotation", "Note and key"} - self.opened
        return [
            (
                name,
                {
                    "fields": fields,
                    "description": description,
                    "classes": classes(
                        folds=name in folding and not has_content(request, obj, fields),
                        is_last=name == "Status and check",
                    ),
                },
            )
            for name, fields, description in sections
        ]

    def get_fields_of_kind(self) -> tuple[str, ...]:
        """The kind is asked for only where there is a choice."""
        return () if len(getattr(self.model, "kinds", "many")) == 1 else ("kind",)

    def may_describe_source(self, request: HttpRequest, obj: Any) -> bool:
        may_save = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        return may_save and request.user.has_perm("companies.add_source")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "evidence"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        may_describe = self.may_describe_source(request, obj)
        kwargs["form"] = ClaimAndSourceForm if may_describe else ClaimForm
        form = super().get_form(request, obj, change=change, **kwargs)
        editor: Any = request.user
        form.editor = editor.get_full_name() or editor.get_username()
        form.needed = self.needed
        return form

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kinds = getattr(self.model, "kinds", ())
        if db_field.name == "kind" and kinds:
            kwargs["choices"] = [(kind.value, kind.label) for kind in kinds]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        source = getattr(form, "new_source", None)
        if source:
            source.save()
            obj.source = source
        super().save_model(request, obj, form, change)
        if source:
            # After the claim, with which the source may be public.
            record(Subject.SOURCE, [source.pk], self.cause_of(request))
            self.log_addition(request, source, [{"added": {}}])

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST and isinstance(response, HttpResponseRedirect):
            # Claims come in series: from one document about one company.
            chosen = urlencode({"company": obj.company_id, "source": obj.source_id})
            return HttpResponseRedirect(f"{request.path}?{chosen}")
        return response

    # -- the public page

    def is_public(self, row: Any) -> bool:
        return row.status == Status.PUBLISHED and row.company.status == Status.PUBLISHED

    def publish_for_preview(self, row: Any) -> tuple[Company, Claim]:
        Claim.objects.filter(pk=row.pk).update(status=Status.PUBLISHED)
        publish_company(row.company)
        return row.company, row

    # -- columns

    @admin.display(
        description="Evidence",
        ordering=Case(
            *(When(evidence_grade=grade, then=Value(rank)) for rank, grade in enumerate(Grade))
        ),
    )
    def grade_in_words(self, claim: Any) -> SafeString | str:
        label = str(Grade(claim.evidence_grade).label)
        if claim.disputed:
            return format_html('{} <strong class="disputed">disputed</strong>', label)
        return label

    @admin.display(description="Evidence")
    def evidence(self, claim: Any) -> str:
        """On the form: what the saved sources come to. Computed, so it is nobody's to type."""
        grade = Grade(claim.evidence_grade)
        disputed = "; a further source contradicts it" if claim.disputed else ""
        return f"{grade.label}: {grade.meaning}{disputed}"

    @admin.display(description="As of", ordering="as_of", empty_value="undated")
    def as_of_in_words(self, claim: Any) -> SafeString | str:
        if not claim.as_of:
            return ""
        today = datetime.datetime.now(tz=datetime.UTC).date()
        return format_html(
            '{} <span class="age">{}</span>',
            partial_date.in_words(claim.as_of),
            partial_date.age_in_words(claim.as_of, today),
        )

    @admin.display(description="Checked", ordering="checked_on", empty_value="never")
    def checked(self, claim: Any) -> datetime.date | None:
        return claim.checked_on

    @admin.display(description="Published by", ordering="source__publisher")
    def publisher(self, claim: Any) -> str:
        return claim.source.publisher


@admin.register(Claim)
class ClaimAdmin(BaseClaimAdmin):
    advice = (
        "Any kind of claim. The forms of the single kinds are shorter and open at the parts that "
        "the kind needs."
    )
    inlines = (ShareInline, TechnologyInline, CitationInline)
    list_display = (
        "title",
        "company",
        "kind",
        "as_of_in_words",
        "grade_in_words",
        "status",
        "checked",
        "publisher",
    )
    list_filter = ("kind", *BaseClaimAdmin.list_filter)
