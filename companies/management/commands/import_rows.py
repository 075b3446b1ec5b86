from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from companies.exchange.progress import no_bar, terminal_bar
from companies.exchange.row_file import format_of
from companies.exchange.table_kind import KINDS
from companies.exchange.table_read import MAX_BYTES, SPLIT
from companies.exchange.yaml_document import UnreadableError
from companies.importing import work
from companies.models import ImportRow, ImportRun, ImportState, RowOutcome

REASON = "Imported from a file."
LONGEST_REASON = 300


class Command(BaseCommand):
    help = (
        "Imports a table of claims, companies, sources or technologies: CSV, XLSX, YAML or JSON. "
        "Every row is checked first, and every bad one reported; if there is one, nothing is "
        "changed. Importing twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), help="what the rows are")
        parser.add_argument("file", type=Path, help="its ending tells its format")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--reason", default=REASON, help="why, for the history, which visitors can read"
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["no_progress"] or not options["verbosity"]
        if not 0 < len(options["reason"].strip()) <= LONGEST_REASON:
            raise CommandError(f"--reason must have 1 to {LONGEST_REASON} characters.")
        run = self._begin(options["kind"], options["file"], options["reason"])
        try:
            self._import(run, no_bar if quiet else terminal_bar, options["dry_run"])
        finally:
            work.discard(run)
        if options["verbosity"]:
            did = "would be" if options["dry_run"] else "are"
            self.stdout.write(
                f"{run}: {run.new_count:,} new and {run.changed_count:,} changed {did} written, "
                f"{run.unchanged_count:,} unchanged."
            )

    def _begin(self, kind: str, file: Path, reason: str) -> ImportRun:
        try:
            format = format_of(file.name)
            if file.stat().st_size > MAX_BYTES:
                raise CommandError(f"{file} is larger than {MAX_BYTES // 1_000_000} MB: {SPLIT}.")
            upload = file.read_bytes()
        except UnreadableError as error:
            raise CommandError(f"{file} {error.reason}.") from error
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        return ImportRun.objects.create(
            kind=kind, format=format, file_name=file.name[-200:], upload=upload, reason=reason
        )

    def _import(self, run: ImportRun, bar: Any, dry_run: bool) -> None:
        self._work(run, bar)
        if run.state == ImportState.REFUSED and run.error_count:
            bad = run.rows.filter(outcome=RowOutcome.ERROR).order_by("number")
            for row in bad.iterator():
                self._report(run, row)
            number = f"{run.error_count:,} row{'' if run.error_count == 1 else 's'}"
            raise CommandError(f"Nothing was imported: {number} of {run.file_name} can't be.")
        if run.state == ImportState.READY and not dry_run and run.difference_count:
            work.confirm(run, run.digest, None)
            self._work(run, bar)
        if run.state in (ImportState.REFUSED, ImportState.FAILED) or run.note:
            raise CommandError(run.note)

    def _work(self, run: ImportRun, bar: Any) -> None:
        work.work(run.pk, run.attempt, bar)
        run.refresh_from_db()

    def _report(self, run: ImportRun, row: ImportRow) -> None:
        for problem in row.problems:
            place = f"{run.file_name}: row {row.number}"
            line = f"line {problem['line']}" if problem["line"] else ""
            parts = [place, line, row.name, problem["column"], problem["reason"]]
            self.stderr.write(": ".join(part for part in parts if part))
