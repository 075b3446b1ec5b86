from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from companies.importing.progress import Reporting
from companies.importing.work import work


class Command(BaseCommand):
    help = (
        "Works on an import that somebody started in the admin, which calls this. Does nothing "
        "for one that waits for no process."
    )
    # The checks of a whole start cost a second, and the server has passed them.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="the number of the import")
        parser.add_argument("attempt", type=int, help="which of its processes this is")

    def handle(self, *args: Any, **options: Any) -> None:
        reporting = Reporting(options["run"], options["attempt"])
        work(options["run"], options["attempt"], reporting.bar)
