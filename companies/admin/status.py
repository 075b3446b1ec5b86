"""From draft to review to publication and back: buttons on the page and actions on the list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from companies import search
from companies.admin.record import CatalogueAdmin
from companies.admin.record_form import SECOND_PERSON
from companies.admin.saving import saving_of
from companies.exchange.revisions import NOBODY, record
from companies.exchange.snapshot import subject_of
from companies.models import Claim, Status
from companies.roles import DRAFTING, may_publish, statuses_for, wrote_unpublished

_WORDS = {
    Status.DRAFT: "taken back to draft",
    Status.IN_REVIEW: "submitted for review",
    Status.PUBLISHED: "published",
    Status.WITHDRAWN: "withdrawn",
}
_NAMES_SHOWN = 5
# The buttons beside “Save”, and from which status each makes sense; an empty one is a new entry.
_BUTTONS = {
    "_submit_for_review": (
        "Save and submit for review",
        Status.IN_REVIEW,
        ("", Status.DRAFT, Status.WITHDRAWN),
    ),
    "_publish": ("Save and publish", Status.PUBLISHED, ("", *DRAFTING, Status.WITHDRAWN)),
    "_to_draft": ("Save and take back to draft", Status.DRAFT, (Status.IN_REVIEW,)),
    "_withdraw": ("Save and withdraw", Status.WITHDRAWN, (Status.PUBLISHED,)),
}


class PublishingAdmin(CatalogueAdmin):
    """For entries that have a status."""

    actions = ("submit_for_review", "publish", "to_draft", "withdraw")

    def is_settled(self, row: Any) -> bool:
        return row.status not in DRAFTING

    # -- buttons

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        for button, (_label, status, _sensible) in _BUTTONS.items():
            if button in request.POST:
                # As if chosen in the form, whose rules then decide.
                post = request.POST.copy()
                post["status"] = status
                request.POST = post  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row = context.get("original")
        stored = row.status if row else ""
        offered = statuses_for(request.user, stored or Status.DRAFT)
        may_save = row is None or self.has_change_permission(request, row)
        context["status_buttons"] = [
            (name, label)
            for name, (label, status, sensible) in _BUTTONS.items()
            if may_save
            and status in offered
            and stored in sensible
            # A proposal changes what a claim says, not whether it is public.
            and not saving_of(request).is_proposal
        ]
        return super().render_change_form(request, context, *args, **kwargs)

    # -- actions

    @admin.action(
        description="Submit the selected %(verbose_name_plural)s for review", permissions=["change"]
    )
    def submit_for_review(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._move(request, queryset, Status.IN_REVIEW)

    @admin.action(
        description="Publish the selected %(verbose_name_plural)s", permissions=["publish"]
    )
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        rows = self._move(request, queryset, Status.PUBLISHED)
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
        description="Take the selected %(verbose_name_plural)s back to draft",
        permissions=["change"],
    )
    def to_draft(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._move(request, queryset, Status.DRAFT)

    @admin.action(
        description="Withdraw the selected %(verbose_name_plural)s", permissions=["publish"]
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._move(request, queryset, Status.WITHDRAWN)

    def _move(self, request: HttpRequest, queryset: QuerySet[Any], status: Status) -> list[Any]:
        """Give the rows the status and say so; returns those that have it now."""
        with search.following(search.MOST_IN_REQUEST):
            rows = self._locked(queryset)
            moving = [row for row in rows if row.status != status]
            if self._lacks_reason(request, moving):
                text = "Nothing was changed. Say why, beside the action: some of it is published."
                self.message_user(request, text, messages.ERROR)
                return []
            refused = [row for row in moving if not self._may_move(request, row, status)]
            moving = [row for row in moving if row not in refused]
            ids, subject = [row.pk for row in moving], subject_of(self.model)
            record(subject, ids, NOBODY)
            # One by one, because an update in one statement leaves `updated` and the log behind.
            for row in moving:
                row.status = status
                row.save(update_fields=["status", "updated"])
                self.log_change(request, row, [{"changed": {"fields": ["Status"]}}])
            record(subject, ids, self.cause_of(request))
        self._report(request, status, len(moving), len(rows) - len(moving) - len(refused))
        if refused:
            text = SECOND_PERSON if may_publish(request.user) else "Only an editor may change that."
            self.message_user(request, f"{len(refused)} left as before. {text}", messages.WARNING)
        return [row for row in rows if row not in refused]

    def _locked(self, queryset: QuerySet[Any]) -> list[Any]:
        # Read once: a list that is filtered by status loses the rows as they change. Locked by a
        # query of their own, because the list's may join what can't be locked.
        ids = list(queryset.order_by().values_list("pk", flat=True).distinct())
        locked = self.model._default_manager.select_for_update(of=("self",)).filter(pk__in=ids)
        if issubclass(self.model, Claim):
            locked = locked.select_related("company")
        return list(locked.order_by("pk"))

    def _may_move(self, request: HttpRequest, row: Any, status: Status) -> bool:
        if status not in statuses_for(request.user, row.status):
            return False
        publishes = status == Status.PUBLISHED
        return not (publishes and wrote_unpublished(request.user, subject_of(self.model), row.pk))

    def _report(self, request: HttpRequest, status: Status, moved: int, before: int) -> None:
        word = _WORDS[status]
        for number, words, level in (
            (moved, f"{word}.", messages.SUCCESS),
            (before, f"already {word} before.", messages.INFO),
        ):
            if number:
                name = self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural
                self.message_user(request, f"{number} {name} {words}", level)
