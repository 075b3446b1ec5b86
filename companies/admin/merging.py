"""Merging duplicates: choose which one stays, see what happens, say why, and do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from companies import search
from companies.admin.links import change_url, link
from companies.admin.merge_form import MergeForm
from companies.admin.record import CatalogueAdmin
from companies.admin.widgets import PRIMARY_KEY
from companies.exchange.revisions import Cause
from companies.merging import FEWEST, MOST, ObstructedError, Plan, PlanChangedError, merge, plan
from companies.models import CompanyListEntry, Gap
from companies.refusals import broken_rule

# More rows than these are counted, not listed.
SHOWN = 10

_CHANGED = (
    "Nothing was merged: something was saved in the meantime. What would happen now is shown "
    "below; your reason is kept."
)


class Row(NamedTuple):
    """One line of the candidates side by side."""

    label: str
    values: list[Any]

    @property
    def differs(self) -> bool:
        return len({str(value) for value in self.values}) > 1


class Shown(NamedTuple):
    """The first rows of something in the preview, as links, and how many more there are."""

    title: str
    number: int
    links: list[SafeString]

    @property
    def more(self) -> int:
        return self.number - len(self.links)


class MergingAdmin(CatalogueAdmin):
    # What the candidates are compared by: fields, then columns of the list by their label.
    merged_fields: ClassVar[Sequence[str]] = ()
    merged_columns: ClassVar[Mapping[str, str]] = {}

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return (
            request.user.has_perm("companies.publish_claim")
            and self.has_change_permission(request)
            and self.has_delete_permission(request)
        )

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET and self.has_merge_permission(request):
            actions["merge_selected"] = self.get_action("merge_selected")
        return actions

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", view, name=name), *super().get_urls()]

    @admin.action(description="Merge the selected %(verbose_name_plural)s …")
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if not FEWEST <= len(ids) <= MOST:
            self._say_how_many(request)
            return None
        return HttpResponseRedirect(f"{self._merge_url()}?{urlencode({'id': ids}, doseq=True)}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """`?id=1&id=2` are the candidates; `&keep=2` the one that stays, once it is chosen."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        ids, keep = list(dict.fromkeys(request.GET.getlist("id"))), request.GET.get("keep", "")
        if not all(map(PRIMARY_KEY.fullmatch, ids)) or (keep and keep not in ids):
            raise Http404("Tick rows of the list and choose the merge there.")
        if not FEWEST <= len(ids) <= MOST:
            self._say_how_many(request)
            return self._to_list()
        candidates = self._candidates(request, ids)
        if len(candidates) < len(ids):
            return self._gone(request)
        form = MergeForm(request.POST if request.method == "POST" and keep else None)
        survivor = next((row for row in candidates if str(row.pk) == keep), None)
        made = self._plan(survivor, candidates) if survivor else None
        if made and form.is_valid():
            refusal = self._merge(request, made, form.cleaned_data["reason"])
            if not refusal:
                return self._to_list()
            candidates = self._candidates(request, ids)
            if len(candidates) < len(ids):
                return self._gone(request)
            self.message_user(request, refusal, messages.ERROR)
            survivor = next(row for row in candidates if str(row.pk) == keep)
            made = self._plan(survivor, candidates)
        return self._page(request, candidates, made, form)

    def _candidates(self, request: HttpRequest, ids: list[str]) -> list[Any]:
        related = [
            name for name in self.merged_fields if isinstance(self.opts.get_field(name), ForeignKey)
        ]
        found = self.get_queryset(request).filter(pk__in=ids).select_related(*related)
        return list(found.order_by("pk"))

    def _plan(self, survivor: Any, candidates: list[Any]) -> Plan:
        return plan(survivor, [row for row in candidates if row is not survivor])

    def _merge(self, request: HttpRequest, made: Plan, reason: str) -> str:
        """Do it and say so, or return why not."""
        if request.POST.get("shown") != made.fingerprint:
            return _CHANGED
        editor: Any = request.user
        names = ", ".join(str(other) for other in made.others)
        try:
            with search.following():
                gone = self.model._default_manager.filter(pk__in=made.other_ids)
                self.log_deletions(request, gone)
                merge(made, Cause.by(editor, reason))
                self.log_change(request, made.survivor, f"Merged {names} into it: {reason}")
        except PlanChangedError:
            return _CHANGED
        except ObstructedError:
            return "Nothing was merged: first solve what stands in the way."
        except IntegrityError as error:
            return f"Nothing was merged. {broken_rule(error) or 'Something new rests on these.'}"
        except OperationalError:
            return "Nothing was merged: somebody is saving one of these right now. Try again."
        redirecting = "This address redirects" if len(made.others) == 1 else "These redirect"
        self.message_user(
            request,
            format_html(
                "{} now stands for {} as well. {} to it: {}",
                link(made.survivor),
                names,
                redirecting,
                ", ".join(made.old_addresses),
            ),
            messages.SUCCESS,
        )
        return ""

    def _page(
        self, request: HttpRequest, candidates: list[Any], made: Plan | None, form: MergeForm
    ) -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"Merge {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "candidates": [
                {"row": row, "edit_url": change_url(row), "url": self.get_view_on_site_url(row)}
                for row in candidates
            ],
            "rows": self._side_by_side(candidates),
            "form": form,
            "plan": made,
        }
        if made:
            context |= {
                "moved": [_shown(step.title, step.rows) for step in made.moved],
                "obstacles": [_shown(one.sentence, one.rows) for one in made.obstacles],
                "remarks": [_shown(one.sentence, one.rows) for one in made.remarks],
                "dropped": _with_link(made.dropped),
                "rewritten": _with_link(made.rewritten),
            }
        return TemplateResponse(request, "admin/companies/merge.html", context)

    def _side_by_side(self, candidates: list[Any]) -> list[Row]:
        rows = []
        for name in self.merged_fields:
            field: Any = self.opts.get_field(name)
            label = str(field.verbose_name)
            shown = f"get_{name}_display" if field.choices else name
            values = [getattr(row, shown) for row in candidates]
            if field.choices:
                values = [value() for value in values]
            rows.append(Row(label[:1].upper() + label[1:], values))
        for label, name in self.merged_columns.items():
            rows.append(Row(label, [getattr(self, name)(row) for row in candidates]))
        return rows

    def _merge_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge")

    def _to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        )

    def _gone(self, request: HttpRequest) -> HttpResponseRedirect:
        gone = "One of them is gone: somebody has deleted it, or merged it into another."
        self.message_user(request, gone, messages.ERROR)
        return self._to_list()

    def _say_how_many(self, request: HttpRequest) -> None:
        names = self.opts.verbose_name_plural
        wanted = f"To merge {names}, tick at least {FEWEST} and at most {MOST} of them."
        self.message_user(request, wanted, messages.ERROR)

    @admin.display(description="Former addresses, which redirect here")
    def former_addresses(self, row: Any) -> SafeString | str:
        formers = row.former_keys if hasattr(row, "former_keys") else row.former_slugs
        names = [(str(former),) for former in formers.all()]
        return format_html_join(", ", "{}", names) if names else "none"


def _shown(title: str, rows: Sequence[Any]) -> Shown:
    return Shown(title, len(rows), [_link(row) for row in rows[:SHOWN]])


def _link(row: Any) -> SafeString:
    """To where the row is edited; a name or address that has no page is only named."""
    if isinstance(row, Gap):
        return format_html("{}: {}", link(row.company), row)
    if isinstance(row, CompanyListEntry):
        return link(row.company_list)
    owner: Model = row
    if hasattr(row, "claim_id"):
        owner = row.claim
    elif not hasattr(row, "get_absolute_url"):
        return format_html("{}", row)
    return link(owner)


def _with_link(steps: Sequence[Any]) -> list[tuple[str, str]]:
    return [(step.sentence, change_url(step.link)) for step in steps]
