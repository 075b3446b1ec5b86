from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from companies.exchange.dump import dump
from companies.exchange.logo_files import LOGOS
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import no_bar, terminal_bar


class Command(BaseCommand):
    help = (
        "Writes the catalogue as files, which load_catalog takes and git compares well. "
        "Files that are in the directory are brought up to date; no other file is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="where to; it is made if it isn't there")
        parser.add_argument(
            "--published", action="store_true", help="only what visitors of the site can see"
        )
        parser.add_argument(
            "--prune",
            action="store_true",
            help="remove the files of companies, and the logos, that are not in the catalogue",
        )
        parser.add_argument(
            "--force", action="store_true", help="also into a directory that holds other files"
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["no_progress"] or not options["verbosity"]
        try:
            dumped = dump(
                options["directory"],
                published=options["published"],
                prune=options["prune"],
                force=options["force"],
                bar=no_bar if quiet else terminal_bar,
            )
        except CatalogueError as error:
            raise CommandError(error.report) from error
        for path in dumped.left:
            what = "is the logo of" if path.parent.name == LOGOS else "is of"
            self.stderr.write(f"{path} {what} no company here; remove it, or dump with --prune.")
        if dumped.problems:
            self.stderr.write("load_catalog will refuse these rows until they are corrected:")
            self.stderr.write("\n".join(map(str, dumped.problems)))
        if options["verbosity"]:
            written = ", ".join(f"{kind} {count:,}" for kind, count in dumped.counts.items())
            self.stdout.write(f"Catalogue: wrote into {options['directory']}: {written}")
