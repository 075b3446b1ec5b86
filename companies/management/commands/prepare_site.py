"""Everything between installing the packages and serving pages, in one process.

One process, because each further `manage.py` costs a second before the first page.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from companies import cross_row_rules, search
from companies.exchange.progress import no_bar, terminal_bar
from companies.exchange.revisions import record_missing


class Command(BaseCommand):
    help = (
        "Brings the database up to date, loads the starter catalogue into an empty site and "
        "collects the static files. Changes nothing that is already there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-catalog",
            action="store_true",
            help="start with an empty site instead of the starter catalogue",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.migrate()
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}".rstrip()) from error
        begun = record_missing()
        if begun:
            self.stdout.write(f"History: begun for {begun:,} entr{'y' if begun == 1 else 'ies'}")
        # After an upgrade, or where entries were restored without it.
        if not search.is_complete():
            mended = search.rebuild(no_bar if not options["verbosity"] else terminal_bar)
            if mended:
                self.stdout.write(
                    f"Search: made for {mended:,} entr{'y' if mended == 1 else 'ies'}"
                )
        if not options["no_catalog"]:
            call_command("load_catalog", if_empty=True, stdout=self.stdout, stderr=self.stderr)
        if not settings.DEBUG:
            self.collect_static_files()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing:
            self.stdout.write(
                f"Database: applying {len(missing)} migration{'' if len(missing) == 1 else 's'}"
            )
            call_command("migrate", interactive=False, verbosity=0)
        else:
            # A database may have been restored without its triggers, or have those of an older
            # release: `migrate` installs them, and there was nothing to migrate.
            with transaction.atomic():
                cross_row_rules.install(connection)
            self.stdout.write("Database: up to date")

    def collect_static_files(self) -> None:
        self.stdout.write("Static files: collecting")
        call_command("collectstatic", interactive=False, verbosity=0)
