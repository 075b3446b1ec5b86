"""What is known of the address of a source's document, on its page and in the list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies.admin.record import CatalogueAdmin
from companies.models import LinkCheck, LinkOutcome

STATES = {
    "not-answering": "Not answering",
    "failing": "Failing, not yet counted",
    "moved": "Moved",
    "robots": "Refuses robots",
    "answers": "Answers",
    "never": "Never asked",
}
_OUTCOMES = {
    "moved": (LinkOutcome.MOVED,),
    "robots": (LinkOutcome.REFUSED, LinkOutcome.ROUND),
    "answers": (LinkOutcome.ANSWERS,),
}


class DocumentFilter(admin.SimpleListFilter):
    title = "document"
    parameter_name = "document"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return STATES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        state = self.value()
        current = LinkCheck.objects.current().filter(source=OuterRef("pk"))
        if state == "not-answering":
            return queryset.filter(not_answering=True)
        if state == "failing":
            failing = LinkCheck.objects.failing().filter(source=OuterRef("pk"))
            return queryset.filter(Exists(failing), not_answering=False)
        if state == "never":
            return queryset.filter(~Exists(current))
        if state in _OUTCOMES:
            return queryset.filter(Exists(current.filter(outcome__in=_OUTCOMES[state])))
        return None


def current_check(source: Any) -> LinkCheck | None:
    """The last check, unless it was of another address."""
    check: LinkCheck | None = getattr(source, "link_check", None)
    return check if check and check.is_current else None


def state_of(source: Any) -> str:
    """One of STATES; takes a source from `with_link_check`."""
    check = current_check(source)
    if check is None:
        return "never"
    if source.not_answering:
        return "not-answering"
    known = (state for state, outcomes in _OUTCOMES.items() if check.outcome in outcomes)
    return next(known, "failing")


def _words(state: str) -> tuple[str, str]:
    """The class and the words of a state in a row of the list."""
    if state == "failing":
        return "state", "failing"
    return "state disputed" if state == "not-answering" else "state", STATES[state].lower()


class LinkCheckAdmin(CatalogueAdmin):
    """Shows the last check. Only `manage.py check_sources` makes one."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        sources: Any = super().get_queryset(request)
        return sources.with_link_check()

    @admin.display(description="Document", ordering="link_check__outcome")
    def document(self, source: Any) -> SafeString:
        """The way to it and, once somebody has asked, whether it leads there."""
        state = state_of(source)
        return format_html(
            '<a href="{}" rel="noopener noreferrer">open'
            '<span class="visually-hidden"> {}</span></a>{}',
            source.url,
            source.title,
            "" if state == "never" else format_html('<span class="{}">{}</span>', *_words(state)),
        )

    @admin.display(description="What asking for it came to")
    def address_check(self, source: Any) -> SafeString:
        context = {
            "check": current_check(source),
            "state": state_of(source),
            "failures": settings.LINK_FAILURES,
            "days": settings.LINK_FAILURE_DAYS,
        }
        return render_to_string("admin/companies/link_check.html", context)
