"""Nobody's work is lost: neither what another editor has saved meanwhile nor what was typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from companies import search
from companies.admin import typed_rows
from companies.admin.saving import Conflict, TriedError, in_three_versions, saving_of
from companies.admin.widgets import PRIMARY_KEY
from companies.differences import differences
from companies.exchange.revisions import NOBODY, record
from companies.exchange.snapshot import snapshots, subject_of
from companies.models import Revision
from companies.refusals import broken_rule

SEEN = "_seen"
BUSY = "Somebody else, or an import, is saving something that belongs to this. Try again."
_NOTHING_SAVED = "Nothing was saved; your entries are still below."


class GuardedAdmin(admin.ModelAdmin):
    """Each page carries the number of the revision it shows.

    A save compares it, under a lock on the row, with the last one there is. The lock makes the
    comparison and the save one step; whoever comes second waits, and is then told.
    """

    # Where a change is made that takes longer than a page may.
    way_for_many: ClassVar[str] = (
        "Import it as a table, above the list: that takes its time in the background."
    )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        arguments = (request, object_id, form_url, extra_context)
        try:
            with search.following(search.MOST_IN_REQUEST):
                if object_id:
                    self._compare_with_stored(request, object_id, arguments)
                return super().changeform_view(*arguments)
        except IntegrityError as error:
            return self.refused(refusal_of(error), arguments)
        except OperationalError:
            # SQLite's other writer took too long, or PostgreSQL saw two wait for each other.
            return self.refused(f"{BUSY} {_NOTHING_SAVED}", arguments)
        except search.TooManyError as error:
            return self.refused(f"{self.too_many(error)} {_NOTHING_SAVED}", arguments)

    def refused(self, refusal: str, arguments: tuple[Any, ...]) -> Any:
        """The page with all that was typed, after it was refused when all was written.

        Everything is rolled back. It is the same request again, with the refusal as an error of
        the form, so that it can't be saved this time either.
        """
        request = arguments[0]
        saving_of(request).refusal = refusal
        # PostgreSQL looks at some rules when all is done, the message of success included.
        request._messages = default_storage(request)
        return super().changeform_view(*arguments)

    def too_many(self, error: search.TooManyError) -> str:
        """Why a page can't change what so many claims are found by, and what can."""
        return (
            f"{error.count:,} claims are found by what you change, and a page may change at most "
            f"{search.MOST_IN_REQUEST:,}. {self.way_for_many}"
        )

    def content_of(self, arguments: tuple[Any, ...]) -> TriedError | HttpResponse:
        """What the entry would be like with what was typed; or the page that says what is wrong."""
        saving = saving_of(arguments[0])
        saving.is_trial = True
        try:
            with transaction.atomic():
                page: HttpResponse = super().changeform_view(*arguments)
                return page
        except TriedError as tried:
            return tried
        finally:
            saving.is_trial = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if saving_of(request).is_trial:
            subject, pk = subject_of(self.model), form.instance.pk
            raise TriedError(snapshots(subject, [pk])[pk].content, form)

    def last_revision(self, pk: int) -> Revision | None:
        return Revision.objects.of(subject_of(self.model), [pk]).last()

    def locked(self, pk: str) -> Any:
        """The row, which nobody else changes until this transaction ends."""
        rows: Any = self.model._meta.concrete_model
        return rows._default_manager.select_for_update().filter(pk=pk).first()

    def is_outdated(self, request: HttpRequest, pk: int) -> bool:
        """Whether there is a later revision than the page shows that sends this; under the lock."""
        record(subject_of(self.model), [pk], NOBODY)
        last = self.last_revision(pk)
        return last is None or request.POST.get(SEEN) != str(last.pk)

    def _compare_with_stored(
        self, request: HttpRequest, object_id: str, arguments: tuple[Any, ...]
    ) -> None:
        if not PRIMARY_KEY.fullmatch(object_id):
            return
        stored = self.locked(object_id)
        if stored is None:
            return
        before = self.last_revision(stored.pk)
        # Whatever came in behind the history's back becomes a revision now.
        unnoticed = record(subject_of(self.model), [stored.pk], NOBODY)
        seen = request.POST.get(SEEN, "")
        last = unnoticed[-1] if unnoticed else before
        if last is None or seen == str(last.pk):
            return
        if before is None and seen == "0":
            # There was no history when the page was opened; it has begun with what was shown.
            _set_seen(request, last)
            return
        self._set_conflict(request, stored, last, seen, arguments)

    def _set_conflict(
        self,
        request: HttpRequest,
        stored: Any,
        theirs: Revision,
        seen: str,
        arguments: tuple[Any, ...],
    ) -> None:
        post = _set_seen(request, theirs)
        for formset_class, inline in self.get_formsets_with_inlines(request, stored):
            rows = inline.get_queryset(request).filter(**{formset_class.fk.name: stored.pk})
            names = [name for name in formset_class.form.base_fields if name != "id"]
            typed_rows.fit(post, formset_class.get_default_prefix(), names, list(rows))
        saving_of(request).is_outdated = True
        tried: Any = None
        try:
            tried = self.content_of(arguments)
        except IntegrityError:
            pass  # told when it is saved again
        base = self._opened(theirs, seen)
        start = base.content if base else theirs.content
        mine = tried.content if isinstance(tried, TriedError) else start
        saving_of(request).conflict = Conflict(
            theirs,
            in_three_versions(differences(start, theirs.content), differences(start, mine)),
            is_partial=not isinstance(tried, TriedError),
        )

    def _opened(self, theirs: Revision, seen: str) -> Revision | None:
        """The revision that the page showed; None if it doesn't say so in any way it could."""
        revisions = Revision.objects.of(theirs.subject, [theirs.subject_id])
        if seen == "0":
            # There was no history yet. It began with what the page showed.
            return revisions.first()
        return revisions.filter(pk=seen).first() if PRIMARY_KEY.fullmatch(seen) else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row = context.get("original")
        if row is not None:
            if request.method == "POST":
                context["seen"] = request.POST.get(SEEN, "")
            else:
                last = self.last_revision(row.pk)
                context["seen"] = last.pk if last else 0
        context["conflict"] = saving_of(request).conflict
        return super().render_change_form(request, context, *args, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        # Python reads “ 1”, “+1” and “١” as numbers, too: one entry has one address, so that
        # nothing gets past what is asked at it.
        if not PRIMARY_KEY.fullmatch(str(object_id)):
            return None
        return super().get_object(request, object_id, from_field)

    def row_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """For the views beside the form. Raises Http404, in words."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} with the number {object_id}.")
        return row


def _set_seen(request: HttpRequest, revision: Revision) -> QueryDict:
    """Have the page, if it is shown again, say that it shows this; returns what was posted."""
    post = request.POST.copy()
    post[SEEN] = str(revision.pk)
    request.POST = post  # type: ignore[assignment]
    return post


def refusal_of(error: IntegrityError) -> str:
    """What an editor is told when somebody else saved in between what the form had not seen."""
    rule = broken_rule(error) or (
        "Somebody else has just saved something that doesn't go together with this: a row of the "
        "same key, or the deletion of something chosen here."
    )
    return f"{rule} {_NOTHING_SAVED}"
