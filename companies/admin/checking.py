"""“Checked against its source today”: one click, which saves nothing else."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from companies import partial_date, review_interval, search
from companies.admin.record import CatalogueAdmin
from companies.admin.saving import saving_of
from companies.admin.widgets import PRIMARY_KEY
from companies.exchange import revisions
from companies.exchange.revisions import NOBODY, Cause
from companies.models import Claim, Subject
from companies.roles import DRAFTING, may_publish

REASON = "Checked against its source."
# Two pages of the list; nobody has read more sources today.
AT_ONCE = 100


class CheckingAdmin(CatalogueAdmin):
    actions: Any = ("check_today",)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.check_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_check"
        return [path("<path:object_id>/check/", view, name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponseRedirect:
        found = self.get_queryset(request).filter(pk=object_id) if _is_key(object_id) else None
        claim = found.first() if found is not None else None
        if claim is None:
            raise Http404("There is no such claim.")
        if not self.may_check(request, claim):
            raise PermissionDenied
        if self._check(request, [claim.pk]):
            message = f"“{claim.title}” is recorded as checked against its source today."
            self.message_user(request, message, messages.SUCCESS)
        else:
            message = "You have checked this claim today already."
            self.message_user(request, message, messages.INFO)
        # The filters of the list that one came from, for the way back there.
        filters = request.GET.urlencode()
        page = reverse(f"admin:companies_{self.opts.model_name}_change", args=[claim.pk])
        return HttpResponseRedirect(f"{page}?{filters}" if filters else page)

    def may_check(self, request: HttpRequest, claim: Any) -> bool:
        """Whoever may not decide what visitors see may not vouch for it either.

        A check changes nothing that a claim says, so that the rule of two persons doesn't ask.
        """
        if not self.has_change_permission(request):
            return False
        return claim.status in DRAFTING or may_publish(request.user)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        claim = kwargs.get("obj")
        if claim and not context["is_popup"] and not saving_of(request).is_proposal:
            address = reverse(f"admin:companies_{self.opts.model_name}_check", args=[claim.pk])
            filters = request.GET.urlencode()
            context["checking"] = {
                "said": last_check_in_words(claim),
                "source": claim.source,
                "url": (f"{address}?{filters}" if filters else address)
                if self.may_check(request, claim)
                else "",
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(
        description="Checked the selected %(verbose_name_plural)s against their sources today",
        permissions=["change"],
    )
    def check_today(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        # Read once: a list of claims that are due loses the rows as they change.
        claims = list(queryset.order_by()[: AT_ONCE + 1])
        if len(claims) > AT_ONCE:
            self.message_user(
                request,
                f"Nothing was changed: at most {AT_ONCE} claims can be checked at once.",
                messages.ERROR,
            )
            return
        allowed = [claim.pk for claim in claims if self.may_check(request, claim)]
        checked = self._check(request, allowed)
        for number, words, level in (
            (len(checked), "recorded as checked today.", messages.SUCCESS),
            (len(allowed) - len(checked), "checked by you today already.", messages.INFO),
            (
                len(claims) - len(allowed),
                "left as before: you may not vouch for what is published.",
                messages.WARNING,
            ),
        ):
            if number:
                name = self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural
                self.message_user(request, f"{number} {name} {words}", level)

    def _check(self, request: HttpRequest, ids: Sequence[int]) -> list[int]:
        """Record a check by the editor today; returns the ids of the claims that it changed."""
        editor: Any = request.user
        cause = Cause.by(editor, REASON)
        today = datetime.datetime.now(tz=datetime.UTC).date()
        with search.following():
            claims = Claim.objects.select_for_update().filter(pk__in=ids).order_by("pk")
            unchecked = claims.exclude(checked_on=today, checked_by=cause.name)
            changing = list(unchecked.values_list("pk", flat=True))
            revisions.record(Subject.CLAIM, changing, NOBODY)
            # `updated` too: a page that was opened before shows an older check.
            Claim.objects.filter(pk__in=changing).update(
                checked_on=today, checked_by=cause.name, updated=timezone.now()
            )
            revisions.record(Subject.CLAIM, changing, cause)
            LogEntry.objects.log_actions(
                editor.pk,
                self.model._default_manager.filter(pk__in=changing),
                CHANGE,
                [{"changed": {"fields": ["Checked on", "Checked by"]}}],
            )
        return changing


def last_check_in_words(claim: Any) -> str:
    if not claim.checked_on:
        said = "Never checked against its source since it was entered."
    else:
        day = partial_date.in_words(claim.checked_on.isoformat())
        said = f"Last checked on {day} by {claim.checked_by}."
    months = review_interval.months()[claim.kind]
    if not months:
        return f"{said} A claim of this kind needs no regular check."
    return f"{said} A claim of this kind is due every {months} months."


def _is_key(object_id: str) -> bool:
    return bool(PRIMARY_KEY.fullmatch(object_id))
