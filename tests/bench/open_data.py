"""Measures search, files and API of a large catalogue: `make bench-open-data`.

`python -m tests.bench.open_data [COMPANIES [CLAIMS]]`; without numbers, 10,000 companies and
100,000 claims. On an SQLite database of its own, or with DATABASE_URL on a PostgreSQL database of
its own beside that one. Each part is measured in a process of its own, and prints a table.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2

COMPANIES = 10_000
CLAIMS_OF_ONE = 10
PARTS = (["tests.bench.search"], ["tests.bench.api"], ["tests.bench.export", "csv"])


def main() -> None:
    if sys.argv[1:2] == ["make"]:
        _make(*map(int, sys.argv[2:]))
        return
    given = [int(number) for number in sys.argv[1:]]
    companies = given[0] if given else COMPANIES
    claims = given[1] if given[1:] else companies * CLAIMS_OF_ONE
    with _environment() as environment:

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, env=environment)

        kind = "PostgreSQL" if "DATABASE_URL" in environment else "SQLite"
        print(f"{kind}, {companies:,} companies, {claims:,} claims", flush=True)
        run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        run("manage.py", "migrate", "--verbosity", "0")
        run("-m", "tests.bench.open_data", "make", str(companies), str(claims))
        for part in PARTS:
            print(flush=True)
            run("-m", *part)


@contextmanager
def _environment() -> Iterator[dict[str, str]]:
    """Of a site with nothing in it, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="stackfacts-bench-") as directory:
        environment = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "site_config.settings",
            "DEMO": "yes",
            "API_RATE": "0",
            "DATA_DIR": directory,
        }
        url = os.environ.get("DATABASE_URL", "")
        if not url.startswith("postgres"):
            yield environment
            return
        name = f"stackfacts_bench_{os.getpid()}"
        _ask(url, f'CREATE DATABASE "{name}"')
        try:
            yield environment | {"DATABASE_URL": _with_name(url, name)}
        finally:
            _ask(url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _ask(url: str, statement: str) -> None:
    # As Django does: the database that the address names need not be there.
    connection = psycopg2.connect(_with_name(url, "postgres"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _with_name(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _make(companies: int, claims: int) -> None:
    django.setup()
    from companies import search  # noqa: PLC0415 - models come after the set-up
    from companies.exchange.progress import terminal_bar  # noqa: PLC0415
    from tests.bench.published_catalogue import analyze, fill  # noqa: PLC0415

    started = time.perf_counter()
    fill(companies, claims)
    filled = time.perf_counter()
    search.rebuild(terminal_bar)
    made = time.perf_counter()
    analyze()
    print(f"filled in {filled - started:.0f} s, search made in {made - filled:.0f} s", flush=True)


if __name__ == "__main__":
    main()
