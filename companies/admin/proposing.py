"""Changing a published claim without the right to: the change is proposed to an editor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from companies import search
from companies.admin.guarded import refusal_of
from companies.admin.links import change_url
from companies.admin.saving import TriedError, saving_of
from companies.admin.status import PublishingAdmin
from companies.exchange.revisions import Cause, record
from companies.models import Proposal, Revision, Source, Status, Subject
from companies.models.revision import as_stored
from companies.roles import needs_second_person


class ProposingAdmin(PublishingAdmin):
    def may_touch(self, request: HttpRequest, row: Any) -> bool:
        if saving_of(request).is_proposal:
            return self.may_propose(request, row)
        if row.status == Status.PUBLISHED and needs_second_person():
            # Whoever changes it would publish what they wrote.
            return False
        return super().may_touch(request, row)

    def may_propose(self, request: HttpRequest, row: Any) -> bool:
        """Whoever may change claims at all; row by row they then may not."""
        change = get_permission_codename("change", self.opts)
        return row.status == Status.PUBLISHED and request.user.has_perm(f"companies.{change}")

    def needs_reason(self, request: HttpRequest, row: Any) -> bool:
        return bool(row.status == Status.PUBLISHED)

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(self.propose_view)
        name = f"companies_{self.opts.model_name}_propose"
        return [path("<path:object_id>/propose/", view, name=name), *super().get_urls()]

    def propose_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The claim's own form; what it would save becomes a proposal."""
        claim = self.row_or_404(request, object_id)
        if not self.may_propose(request, claim):
            raise PermissionDenied
        saving_of(request).is_proposal = True
        if request.method != "POST":
            return self.changeform_view(request, object_id)
        arguments = (request, object_id, "", None)
        try:
            with search.following():
                self._compare_with_stored(request, object_id, arguments)
                if saving_of(request).conflict:
                    return super().changeform_view(*arguments)
                tried = self.content_of(arguments)
                if not isinstance(tried, TriedError):
                    return tried
                return self._propose(request, claim, tried)
        except IntegrityError as error:
            return self.refused(refusal_of(error), arguments)

    def _propose(self, request: HttpRequest, claim: Any, tried: TriedError) -> HttpResponseRedirect:
        # There is one: comparing has begun the history, if nothing else had.
        base = Revision.objects.of(Subject.CLAIM, [claim.pk]).latest("pk")
        author: Any = request.user
        content = as_stored(tried.content)
        if content == base.content:
            text = "Nothing was proposed: what you sent is what the claim says already."
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(change_url(claim))
        self._keep_new_source(request, getattr(tried.form, "new_source", None))
        proposal = Proposal.objects.create(
            claim_id=claim.pk,
            content=content,
            base=base,
            reason=tried.form.cleaned_data["reason"],
            author=author,
            author_name=Cause.by(author).name,
        )
        text = "Your proposal waits for an editor. Visitors see the claim as it was until then."
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:companies_proposal_change", args=[proposal.pk]))

    def _keep_new_source(self, request: HttpRequest, source: Source | None) -> None:
        """Of the trial nothing is left, but the proposal names the source that it described."""
        if source:
            source.pk = None
            source.save(force_insert=True)
            record(Subject.SOURCE, [source.pk], self.cause_of(request))
            self.log_addition(request, source, [{"added": {}}])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        claim = context.get("original")
        if claim is not None and claim.pk:
            context["is_proposal"] = saving_of(request).is_proposal
            if context["is_proposal"]:
                context["title"] = "Propose a change"
            context["propose_url"] = (
                reverse(f"admin:companies_{self.opts.model_name}_propose", args=[claim.pk])
                if self.may_propose(request, claim) and not self.may_touch(request, claim)
                else ""
            )
            context["open_proposals"] = list(claim.proposals.open())
        return super().render_change_form(request, context, *args, **kwargs)
