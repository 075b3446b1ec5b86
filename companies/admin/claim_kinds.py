"""A short form and a list for each kind of claim."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.admin.claim import BaseClaimAdmin
from companies.admin.claim_parts import CitationInline, ShareInline, TechnologyInline
from companies.models import (
    CodebaseShareClaim,
    Decision,
    KeyFigure,
    OpenSourceRelease,
    Quote,
    Strength,
    UseCase,
)

AGE_TO_CHECK = ("as_of_in_words", "grade_in_words", "status", "checked", "publisher")


class NamingTechnologies(BaseClaimAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("claim_technologies__technology")

    @admin.display(description="Technologies", empty_value="none named")
    def technologies(self, claim: Any) -> str:
        names = (row.technology_in_words for row in claim.claim_technologies.all())
        return ", ".join(dict.fromkeys(names))


@admin.register(UseCase)
class UseCaseAdmin(NamingTechnologies):
    advice = "What one technology, or a few together, do at the company. One thing per claim."
    list_display = ("title", "company", "technologies", *AGE_TO_CHECK)


@admin.register(CodebaseShareClaim)
class CodebaseShareClaimAdmin(BaseClaimAdmin):
    advice = (
        "How a codebase divides among technologies. Say below what is counted, and where: shares "
        "are compared only on the same basis and scope."
    )
    inlines = (ShareInline, TechnologyInline, CitationInline)
    list_display = ("title", "company", "shares", *AGE_TO_CHECK)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("shares__technology")

    @admin.display(description="Shares", empty_value="none stated")
    def shares(self, claim: Any) -> str:
        return ", ".join(str(share) for share in claim.shares.all())


@admin.register(KeyFigure)
class KeyFigureAdmin(BaseClaimAdmin):
    advice = "One number that says how big, fast or many."
    opened = frozenset({"Figure"})
    needed = ("figure_unit",)
    list_display = ("title", "company", "figure", *AGE_TO_CHECK)

    @admin.display(description="Figure", ordering="figure_value")
    def figure(self, claim: Any) -> str:
        return claim.figure_in_words


@admin.register(Decision)
class DecisionAdmin(NamingTechnologies):
    advice = (
        "A decision chooses or rejects a technology; a migration leaves one for another. Give each "
        "technology its role below."
    )
    radio_fields = {"kind": admin.HORIZONTAL}
    list_display = ("title", "company", "kind", "technologies", *AGE_TO_CHECK)
    list_filter = ("kind", *BaseClaimAdmin.list_filter)


@admin.register(Strength)
class StrengthAdmin(NamingTechnologies):
    advice = "What a technology gave the company, or cost it, in the company's own judgement."
    radio_fields = {"kind": admin.HORIZONTAL}
    list_display = ("title", "company", "kind", "technologies", *AGE_TO_CHECK)
    list_filter = ("kind", *BaseClaimAdmin.list_filter)


@admin.register(Quote)
class QuoteAdmin(BaseClaimAdmin):
    advice = "The words themselves are the claim; the text says what they are about."
    opened = frozenset({"Quotation"})
    needed = ("quotation",)
    list_display = ("title", "company", "who", *AGE_TO_CHECK)

    @admin.display(description="Said by", ordering="speaker")
    def who(self, claim: Any) -> str:
        return claim.said_by


@admin.register(OpenSourceRelease)
class OpenSourceReleaseAdmin(NamingTechnologies):
    advice = "Software that the company wrote and gave away, with its repository as the source."
    list_display = ("title", "company", "technologies", *AGE_TO_CHECK)
