from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from companies import search
from companies.exchange.progress import no_bar, terminal_bar

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Brings the search up to date with the catalogue, in small steps: visitors can search and "
        "editors save meanwhile. Needed after rows were changed behind the site's back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="only say which entries the search has wrong; ends with 1 if there are any",
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["no_progress"] or not options["verbosity"]
        bar = no_bar if quiet else terminal_bar
        if options["check"]:
            self.check_documents(search.differing(bar))
            return
        mended = search.rebuild(bar)
        if options["verbosity"]:
            self.stdout.write(f"Search: {mended:,} document{'' if mended == 1 else 's'} renewed.")

    def check_documents(self, differing: list[tuple[Any, int]]) -> None:
        if differing:
            shown = ", ".join(f"{subject} {pk}" for subject, pk in differing[:_SHOWN])
            more = f" and {len(differing) - _SHOWN:,} more" if len(differing) > _SHOWN else ""
            raise CommandError(
                f"The search has {len(differing):,} wrong: {shown}{more}. "
                "`manage.py rebuild_search` puts them right."
            )
        if not search.is_complete():
            raise CommandError("The search was made by another release: `manage.py rebuild_search`")
        self.stdout.write("Search: everything is as it should be.")
