from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from companies.data_files.publication import publish
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import no_bar, terminal_bar

_SITE = re.compile(r"https?://[^\s/?#]+")


class Command(BaseCommand):
    help = (
        "Writes all that visitors can see into one archive, which /data/stackfacts.zip then "
        "answers with. The one before is served until the new one is whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site",
            default="",
            help="the address that links in the tables begin with, as https://facts.example.org; "
            "without it, the first of ALLOWED_HOSTS",
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        site = (options["site"] or own_address()).rstrip("/")
        if not _SITE.fullmatch(site):
            raise CommandError(
                f"--site is {site!r}; allowed is an address such as https://facts.example.org."
            )
        quiet = options["no_progress"] or not options["verbosity"]
        try:
            publication = publish(site, bar=no_bar if quiet else terminal_bar)
        except CatalogueError as error:
            raise CommandError(error.report) from error
        if options["verbosity"]:
            counts = ", ".join(f"{kind} {count:,}" for kind, count in publication.counts.items())
            self.stdout.write(
                f"Published: {publication.path} ({publication.size:,} bytes)\n"
                f"  {counts}\n  SHA-256 {publication.sha256}"
            )


def own_address() -> str:
    """As far as the settings tell. A host that stands for all of a domain is read as the domain."""
    scheme = "https" if settings.HTTPS_ONLY else "http"
    port = f":{settings.PORT}" if settings.LOCAL else ""
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.')}{port}"
