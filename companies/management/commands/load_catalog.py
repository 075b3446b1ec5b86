from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from companies.exchange.load import load
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import no_bar, terminal_bar
from companies.exchange.revisions import Cause

REASON = "Loaded from the catalogue's files."
LONGEST_REASON = 300
CATALOG = Path(__file__).resolve().parent.parent.parent / "catalog"


class Command(BaseCommand):
    help = (
        "Loads a catalogue from files. Everything is checked first, and every bad row reported; "
        "if there is one, nothing is changed. Loading twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=CATALOG,
            help="the directory of the files; without it, the starter catalogue",
        )
        parser.add_argument(
            "--prune",
            action="store_true",
            help="withdraw companies, claims and lists that are in no file",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is any company already"
        )
        parser.add_argument(
            "--reason",
            default=REASON,
            help="why, for the history, which visitors can read",
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["no_progress"] or not options["verbosity"]
        if len(options["reason"]) > LONGEST_REASON:
            raise CommandError(f"--reason may have {LONGEST_REASON} characters at most.")
        try:
            summary = load(
                options["path"],
                prune=options["prune"],
                dry_run=options["dry_run"],
                if_empty=options["if_empty"],
                cause=Cause(reason=options["reason"]),
                bar=no_bar if quiet else terminal_bar,
            )
        except CatalogueError as error:
            raise CommandError(error.report) from error
        if not options["verbosity"]:
            return
        if summary.was_skipped:
            self.stdout.write("Catalogue: there are companies already, so nothing was loaded.")
            return
        self.stdout.write(f"Catalogue: {options['path']}\n{summary}")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was changed.")
