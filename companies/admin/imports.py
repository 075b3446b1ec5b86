"""Importing a file from the lists of claims, companies, sources and technologies.

The pages of an import: the form, and one page per run that shows its progress, its preview and
what became of it. The work itself is a process of its own (companies.importing).
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from companies.differences import differences
from companies.exchange.problem import printable
from companies.exchange.row_file import FORMATS, format_of
from companies.exchange.snapshot import SHAPES
from companies.exchange.table_kind import KINDS, TableKind
from companies.exchange.table_read import MAX_BYTES, MAX_ROWS, SPLIT
from companies.exchange.yaml_document import UnreadableError
from companies.importing import job, work
from companies.models import ImportRow, ImportRun, ImportState, RowOutcome
from companies.roles import may_publish, needs_second_person

ROWS_PER_PAGE = 50
RUNS_SHOWN = 10
# What the preview shows first: whatever isn't as it was.
_DIFFERING = [RowOutcome.ERROR, RowOutcome.NEW, RowOutcome.CHANGED]
_HIGHEST_ID = 2**63 - 1


class UploadForm(forms.Form):
    file = forms.FileField(
        help_text=f"CSV, XLSX, YAML or JSON, at most {MAX_BYTES // 1_000_000} MB "
        f"and {MAX_ROWS:,} rows.",
        widget=forms.FileInput(attrs={"accept": ",".join(FORMATS)}),
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Why, for the history of every entry that changes. Visitors can read it.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.cleaned_data["format"] = format_of(file.name)
        except UnreadableError as error:
            raise forms.ValidationError(f"The name of the file {error.reason}.") from error
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MAX_BYTES // 1_000_000} MB: {SPLIT}."
            )
        return file


class RowsForm(forms.Form):
    """Which rows of a preview are shown; without an outcome, those that differ."""

    outcome = forms.ChoiceField(
        choices=[*RowOutcome.choices, ("all", "All")], required=False, initial=""
    )
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)


class ImportingAdmin(admin.ModelAdmin):
    """Adds the link and, to the model that the files are of, the pages."""

    import_kind: ClassVar[str]
    change_list_template = "admin/companies/import_change_list.html"

    @property
    def table_kind(self) -> TableKind:
        return KINDS[self.import_kind]

    @property
    def _has_pages(self) -> bool:
        """The kinds of claim share those of the claim itself."""
        return self.model is SHAPES[self.table_kind.subject].model

    def has_import_permission(self, request: HttpRequest) -> bool:
        """An import publishes, too, so it takes an editor."""
        return (
            may_publish(request.user)
            and self.has_change_permission(request)
            and self.has_add_permission(request)
        )

    def get_urls(self) -> Any:
        if not self._has_pages:
            return super().get_urls()
        pages: list[tuple[str, str, Any]] = [
            ("import/", "import", self.import_view),
            ("import/<int:run_id>/", "import_run", self.import_run_view),
            ("import/<int:run_id>/confirm/", "import_confirm", self.import_confirm_view),
            ("import/<int:run_id>/again/", "import_again", self.import_again_view),
            ("import/<int:run_id>/discard/", "import_discard", self.import_discard_view),
        ]
        name = self.opts.model_name
        return [
            path(
                address,
                self.admin_site.admin_view(view),
                name=f"{self.opts.app_label}_{name}_{page}",
            )
            for address, page, view in pages
        ] + super().get_urls()

    def import_url(self, page: str = "import", *args: Any) -> str:
        model = SHAPES[self.table_kind.subject].model
        return reverse(f"admin:companies_{model._meta.model_name}_{page}", args=args)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        context = extra_context or {}
        if self.has_import_permission(request):
            context = {"import_url": self.import_url(), **context}
        return super().changelist_view(request, context)

    # -- the pages

    def import_view(self, request: HttpRequest) -> HttpResponse:
        self._require_permission(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                run = self._begin(request, form.cleaned_data)
                return HttpResponseRedirect(self.import_url("import_run", run.pk))
        runs = ImportRun.objects.filter(kind=self.import_kind).defer("upload")[:RUNS_SHOWN]
        return self._import_page(
            request,
            "import_start",
            title=f"Import {self.table_kind.nouns}",
            form=form,
            runs=[(run, self.import_url("import_run", run.pk)) for run in runs],
        )

    def _begin(self, request: HttpRequest, data: dict[str, Any]) -> ImportRun:
        work.remove_abandoned()
        editor: Any = request.user
        run = ImportRun.objects.create(
            kind=self.import_kind,
            format=data["format"],
            file_name=printable(PurePath(data["file"].name).name)[-200:],
            upload=data["file"].read(),
            reason=data["reason"],
            editor=editor,
            editor_name=editor.get_full_name() or editor.get_username(),
        )
        job.start(run.pk, run.attempt)
        return run

    def import_run_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self._run(request, run_id)
        progress = job.progress_of(run) if run.is_working else None
        context: dict[str, Any] = {
            "run": run,
            "has_died": job.has_died(run),
            "waits_for_another": _waits_for_another(run, request.user),
            "progress": progress,
            "confirm_url": self.import_url("import_confirm", run.pk),
            "again_url": self.import_url("import_again", run.pk),
            "discard_url": self.import_url("import_discard", run.pk),
            "start_url": self.import_url(),
        }
        if run.state in (ImportState.READY, ImportState.REFUSED, ImportState.FAILED):
            context |= self._preview(request, run)
        return self._import_page(request, "import_run", title=str(run), **context)

    def import_confirm_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        return self._act(request, run_id, self._confirm)

    def import_again_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        return self._act(request, run_id, self._check_again)

    def import_discard_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        return self._act(request, run_id, self._discard)

    # -- what their buttons do

    def _act(self, request: HttpRequest, run_id: int, act: Any) -> HttpResponse:
        def acting(request: HttpRequest) -> HttpResponse:
            run = self._run(request, run_id)
            act(request, run)
            page = ("import_run", run_id) if run.pk else ("import",)
            return HttpResponseRedirect(self.import_url(*page))

        return require_POST(acting)(request)

    def _confirm(self, request: HttpRequest, run: ImportRun) -> None:
        if _waits_for_another(run, request.user):
            self._say(request, "Nothing was started: another editor has to confirm your import.")
        elif work.confirm(run, request.POST.get("digest", ""), request.user):
            job.start(run.pk, run.attempt)
        else:
            self._say(request, "Nothing was started: this is not the preview that you confirmed.")

    def _check_again(self, request: HttpRequest, run: ImportRun) -> None:
        if (not run.is_working or job.has_died(run)) and work.check_again(run):
            job.start(run.pk, run.attempt)
        else:
            self._say(request, "Nothing was started: this import has moved on meanwhile.")

    def _discard(self, request: HttpRequest, run: ImportRun) -> None:
        if run.state == ImportState.LOADING and not job.has_died(run):
            self._say(request, "This import is being written and can't be stopped any more.")
        else:
            work.discard(run)
            self.message_user(request, "The import was discarded.", messages.SUCCESS)

    def _say(self, request: HttpRequest, message: str) -> None:
        self.message_user(request, message, messages.WARNING)

    # -- what they show

    def _preview(self, request: HttpRequest, run: ImportRun) -> dict[str, Any]:
        form = RowsForm(request.GET)
        if not form.is_valid():
            raise BadRequest("There is no such page of the preview.")
        chosen = form.cleaned_data["outcome"]
        counts = {outcome: getattr(run, f"{outcome.value}_count") for outcome in RowOutcome}
        outcomes: list[RowOutcome] = _DIFFERING
        if chosen:
            outcomes = list(RowOutcome) if chosen == "all" else [RowOutcome(chosen)]
        elif counts[RowOutcome.ERROR]:
            chosen, outcomes = RowOutcome.ERROR.value, [RowOutcome.ERROR]
        rows = run.rows.filter(outcome__in=outcomes).order_by("number")
        pages = Paginator(rows, ROWS_PER_PAGE)
        pages.count = sum(counts[outcome] for outcome in outcomes)
        try:
            page = pages.page(form.cleaned_data["page"] or 1)
        except EmptyPage as error:
            raise Http404("The preview has no such page.") from error
        filters = [(outcome.value, outcome.label, counts[outcome]) for outcome in RowOutcome]
        return {
            "filters": [("all", "All", run.row_count), *filters],
            "chosen": chosen,
            "page": page,
            "rows": [shown(row) for row in page],
            "row_word": "Row" if run.format in ("csv", "xlsx") else "Entry",
        }

    def _run(self, request: HttpRequest, run_id: int) -> ImportRun:
        self._require_permission(request)
        if run_id > _HIGHEST_ID:
            raise Http404("There is no such import.")
        return get_object_or_404(
            ImportRun.objects.defer("upload"), pk=run_id, kind=self.import_kind
        )

    def _require_permission(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _import_page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"admin/companies/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "nouns": self.table_kind.nouns,
                **context,
            },
        )


def _waits_for_another(run: ImportRun, user: Any) -> bool:
    """Under the two-person rule whoever brings a file doesn't publish it."""
    return needs_second_person() and run.editor_id == user.pk


def shown(row: ImportRow) -> dict[str, Any]:
    """A row of the preview with what it would change, as its template wants it."""
    content = row.content or {}
    return {
        "row": row,
        "name": row.name or ("a new key" if row.outcome == RowOutcome.NEW else "no name"),
        "title": content.get("title") or content.get("name", ""),
        "differences": differences(row.before or {}, content)
        if row.outcome in (RowOutcome.NEW, RowOutcome.CHANGED)
        else [],
    }
