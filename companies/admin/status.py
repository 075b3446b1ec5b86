from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from companies.admin.record import CatalogueAdmin
from companies.models import Claim, Status

_WORDS = {Status.PUBLISHED: "published", Status.WITHDRAWN: "withdrawn"}
_NAMES_SHOWN = 5


class PublishingAdmin(CatalogueAdmin):
    """List actions for rows that have a status."""

    actions = ("publish", "withdraw")

    @admin.action(
        description="Publish the selected %(verbose_name_plural)s", permissions=["change"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        rows = _move(self, request, queryset, Status.PUBLISHED)
        hidden = sorted(
            {
                row.company.name
                for row in rows
                if isinstance(row, Claim) and row.company.status != Status.PUBLISHED
            }
        )
        if hidden:
            more = f" and {len(hidden) - _NAMES_SHOWN} more" if len(hidden) > _NAMES_SHOWN else ""
            self.message_user(
                request,
                "Visitors don't see them yet, because these companies aren't published: "
                f"{', '.join(hidden[:_NAMES_SHOWN])}{more}.",
                messages.WARNING,
            )

    @admin.action(
        description="Withdraw the selected %(verbose_name_plural)s", permissions=["change"]
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        _move(self, request, queryset, Status.WITHDRAWN)


def _move(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Any], status: Status
) -> list[Any]:
    """Give the rows the status and say so; returns all of them."""
    # Read once: a list that is filtered by status loses the rows as they change.
    rows = list(queryset)
    moving = [row for row in rows if row.status != status]
    # One by one, because an update in one statement leaves `updated` and the log behind.
    with transaction.atomic():
        for row in moving:
            row.status = status
            row.save(update_fields=["status", "updated"])
            model_admin.log_change(request, row, [{"changed": {"fields": ["Status"]}}])
    word = _WORDS[status]
    for number, words, level in (
        (len(moving), f"{word}.", messages.SUCCESS),
        (len(rows) - len(moving), f"already {word} before.", messages.INFO),
    ):
        if number:
            name = model_admin.opts.verbose_name
            names = model_admin.opts.verbose_name_plural
            model_admin.message_user(
                request, f"{number} {name if number == 1 else names} {words}", level
            )
    return rows
