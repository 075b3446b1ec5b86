from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from companies.models.constraints import choice_check, filled_check
from companies.models.revision import ContentEncoder


class ImportKind(models.TextChoices):
    """What the rows of a file are; one file holds one kind."""

    CLAIMS = "claims", "Claims"
    COMPANIES = "companies", "Companies"
    SOURCES = "sources", "Sources"
    TECHNOLOGIES = "technologies", "Technologies"


class ImportFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    YAML = "yaml", "YAML"
    JSON = "json", "JSON"


class ImportState(models.TextChoices):
    CHECKING = "checking", "Checking"
    REFUSED = "refused", "Refused"
    READY = "ready", "Ready to confirm"
    LOADING = "loading", "Loading"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class RowOutcome(models.TextChoices):
    ERROR = "error", "Error"
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"


# While a process of its own works on it.
WORKING = (ImportState.CHECKING, ImportState.LOADING)


class ImportRun(models.Model):
    """One uploaded file on its way into the catalogue: checked, looked at, confirmed.

    The upload stays until the run is done or discarded, because a catalogue that changed in the
    meantime needs a new preview (docs/decisions/0014-import-and-export.md).
    """

    kind = models.CharField(max_length=20, choices=ImportKind.choices)
    format = models.CharField(max_length=10, choices=ImportFormat.choices)
    file_name = models.CharField(max_length=200)
    upload = models.BinaryField(default=b"", blank=True)
    reason = models.CharField(
        max_length=300,
        help_text="Why, for the history of every entry that changes. Visitors can read it.",
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    editor_name = models.CharField(max_length=150, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    state = models.CharField(
        max_length=20, choices=ImportState.choices, default=ImportState.CHECKING
    )
    state_since = models.DateTimeField(auto_now_add=True)
    # Counts the processes that were started for it: one that was given up may still be alive.
    attempt = models.PositiveIntegerField(default=1)
    note = models.TextField(blank=True)  # why it is in this state, for the editor
    # Of all that the preview shows, so that nothing else can be confirmed.
    digest = models.CharField(max_length=64, blank=True)

    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            choice_check("kind", ImportKind, "import_run"),
            choice_check("format", ImportFormat, "import_run"),
            choice_check("state", ImportState, "import_run"),
            filled_check("file_name", "import_run", "Name the file."),
            filled_check("reason", "import_run", "Say why the entries change."),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.file_name}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def row_count(self) -> int:
        return self.new_count + self.changed_count + self.unchanged_count + self.error_count

    @property
    def difference_count(self) -> int:
        """How many entries a confirmation would write."""
        return self.new_count + self.changed_count


class ImportRow(models.Model):
    """One row of the file and what it would do, in the exchange shape.

    `number` is that of the spreadsheet, whose header is row 1, or the place in a list. `problems`
    are objects with reason, column and line.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=20, choices=RowOutcome.choices)
    before = models.JSONField(encoder=ContentEncoder, null=True, blank=True)
    content = models.JSONField(encoder=ContentEncoder, null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            choice_check("outcome", RowOutcome, "import_row"),
            UniqueConstraint(
                fields=["run", "number"],
                name="import_row_once",
                violation_error_message="The run has a row of this number already.",
            ),
        ]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"Row {self.number}: {self.get_outcome_display()}"
