"""Proposed changes, for editors to accept or decline."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from companies import search
from companies.admin.history import REASON_LENGTH, typed_line
from companies.admin.links import change_url
from companies.admin.preview import PreviewAdmin, publish_company
from companies.admin.record_form import SECOND_PERSON
from companies.admin.widgets import PRIMARY_KEY
from companies.differences import differences
from companies.exchange.apply import apply
from companies.exchange.problem import CatalogueError
from companies.exchange.revisions import NOBODY, Cause, record
from companies.exchange.snapshot import snapshots
from companies.models import Claim, Company, Proposal, ProposalOutcome, Revision, Status, Subject
from companies.roles import may_publish, needs_second_person

# What a proposal leaves as it is when it is accepted: whether the claim is public, and its checks.
_KEPT = ("status", "checked_on", "checked_by")


@admin.register(Proposal)
class ProposalAdmin(PreviewAdmin):
    list_display = ("claim_title", "company", "author_name", "made_at", "reason", "outcome")
    list_filter = ("outcome",)
    list_select_related = ("claim__company",)
    search_fields = ("claim__key", "claim__title", "claim__company__name", "author_name")
    ordering = ("-pk",)
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Asked when a claim is deleted, with which its proposals go; by itself none ever does.
        return obj is not None and may_publish(request.user)

    @admin.display(description="Claim", ordering="claim__key")
    def claim_title(self, proposal: Any) -> str:
        return str(proposal.claim.title)

    @admin.display(description="Company", ordering="claim__company__name")
    def company(self, proposal: Any) -> str:
        return str(proposal.claim.company.name)

    # -- pages

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(require_POST(self.decide_view))
        name = "companies_proposal_decide"
        return [path("<path:object_id>/decide/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        proposal = self._proposal_or_404(object_id, self.get_queryset(request))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        return self._page(request, proposal)

    def publish_for_preview(self, row: Any) -> tuple[Company, Claim]:
        now = snapshots(Subject.CLAIM, [row.claim_id])[row.claim_id].content
        content = {**_content(row, now), "status": Status.PUBLISHED.value}
        try:
            apply(Subject.CLAIM, row.claim_id, content, Cause(row.author_name, row.reason))
        except CatalogueError as error:
            raise Http404(f"It can't be shown: {error.in_short}.") from error
        claim = Claim.objects.select_related("company").get(pk=row.claim_id)
        publish_company(claim.company)
        return claim.company, claim

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        raise PermissionDenied

    def history_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        address = reverse("admin:companies_proposal_change", args=[object_id])
        return HttpResponseRedirect(address)

    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        with search.following():
            rows = Proposal.objects.select_for_update(of=("self",)).select_related("claim")
            proposal = self._proposal_or_404(object_id, rows)
            accepts = "accept" in request.POST
            is_own = proposal.author_id == request.user.pk
            if not (may_publish(request.user) or (is_own and not accepts)):
                raise PermissionDenied
            # In the order in which every save takes its locks.
            Claim.objects.select_for_update().get(pk=proposal.claim_id)
            objection = self._objection(request, proposal, accepts)
            if objection:
                self.message_user(request, objection, messages.ERROR)
                return HttpResponseRedirect(
                    reverse("admin:companies_proposal_change", args=[proposal.pk])
                )
            outcome = ProposalOutcome.ACCEPTED if accepts else ProposalOutcome.DECLINED
            proposal.outcome = outcome
            proposal.decided_by = Cause.by(request.user).name
            proposal.decided_at = timezone.now()
            proposal.answer = typed_line(request, "answer")
            proposal.save()
            self.log_change(request, proposal, f"{outcome.label}.")
        self.message_user(request, f"The proposal was {outcome.label.lower()}.", messages.SUCCESS)
        return HttpResponseRedirect(change_url(proposal.claim))

    def _objection(self, request: HttpRequest, proposal: Proposal, accepts: bool) -> str:
        """Why it can't be decided so; empty once it has been, as far as the claim goes."""
        if proposal.outcome != ProposalOutcome.OPEN:
            return f"{proposal.decided_by} has decided on this already."
        if not accepts:
            return ""
        if needs_second_person() and proposal.author_id == request.user.pk:
            return SECOND_PERSON
        record(Subject.CLAIM, [proposal.claim_id], NOBODY)
        last = _last_revision(proposal)
        if request.POST.get("seen") != str(last.pk):
            return "Nothing was changed: the claim has changed since you looked. Compare again."
        cause = Cause(
            f"{proposal.author_name}, accepted by {Cause.by(request.user).name}",
            proposal.reason,
            proposal.author,
        )
        try:
            apply(Subject.CLAIM, proposal.claim_id, _content(proposal, last.content), cause)
        except CatalogueError as error:
            return f"It can't be accepted as it is, and nothing was changed: {error.in_short}."
        return ""

    def _page(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        now = snapshots(Subject.CLAIM, [proposal.claim_id])[proposal.claim_id].content
        last = Revision.objects.of(Subject.CLAIM, [proposal.claim_id]).last()
        is_open = proposal.outcome == ProposalOutcome.OPEN
        # Once it is decided, what it would change is told from where it started.
        start = now if is_open else proposal.base.content
        context = {
            **self.admin_site.each_context(request),
            "title": f"Proposed change of “{proposal.claim.title}”",
            "opts": self.opts,
            "proposal": proposal,
            "is_open": is_open,
            "has_moved": is_open and last is not None and last.pk != proposal.base_id,
            "seen": last.pk if last else 0,
            "differences": differences(start, _content(proposal, start)),
            "claim_url": change_url(proposal.claim),
            "may_accept": may_publish(request.user)
            and not (needs_second_person() and proposal.author_id == request.user.pk),
            "may_decline": may_publish(request.user) or proposal.author_id == request.user.pk,
            "is_own": proposal.author_id == request.user.pk,
            "reason_length": REASON_LENGTH,
        }
        return TemplateResponse(request, "admin/companies/proposal.html", context)

    def _proposal_or_404(self, object_id: str, rows: QuerySet[Any]) -> Any:
        found = rows.filter(pk=object_id).first() if PRIMARY_KEY.fullmatch(object_id) else None
        if found is None:
            raise Http404("There is no such proposal.")
        return found


def _last_revision(proposal: Proposal) -> Revision:
    return Revision.objects.of(Subject.CLAIM, [proposal.claim_id]).latest("pk")


def _content(proposal: Proposal, now: dict[str, Any]) -> dict[str, Any]:
    proposed = {name: value for name, value in proposal.content.items() if name not in _KEPT}
    return proposed | {name: now[name] for name in _KEPT if name in now}
