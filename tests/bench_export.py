"""Measures the export of many claims: `python -m tests.bench_export [claims] [format …]`.

Prints rows and bytes per second and the peak of memory above that of the started site, each format
in a process of its own, asked through the site's whole middleware. On an SQLite database of its
own, or on that of DATABASE_URL with its tables made.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

CLAIMS = 100_000
# What tells a row of each; what is compressed can't be counted.
ROW = {"csv": b"/claims/", "json": b"/claims/", "ndjson": b"/claims/"}
FORMATS = ("csv", "json", "ndjson", "zip")
# With a quotation in every claim, the list of quotes has all of them.
PATH = "/quotes/"


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "measure":
        _measure(sys.argv[2])
        return
    if len(sys.argv) > 1 and sys.argv[1] == "make":
        _make(int(sys.argv[2]))
        return
    total = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with tempfile.TemporaryDirectory(prefix="stackfacts-bench-") as directory:
        kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ}
        environment = kept | {"DEMO": "yes", "DATA_DIR": directory}

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, env=environment)

        Path(directory, "static").mkdir()
        run("manage.py", "migrate", "--verbosity", "0")
        run("-m", "tests.bench_export", "make", str(total))
        heads = ("rows", "MB", "seconds", "rows/s", "first s", "MB more")
        print(f"{'format':<8}" + "".join(f"{head:>10}" for head in heads))
        for format in sys.argv[2:] or FORMATS:
            run("-m", "tests.bench_export", "measure", format)


def _start() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"
    django.setup()


def _make(total: int) -> None:
    _start()
    from companies.models import Claim, Company, Status  # noqa: PLC0415
    from tests.many_claims import make_claims  # noqa: PLC0415

    make_claims(total)
    Company.objects.update(status=Status.PUBLISHED)
    Claim.objects.update(
        status=Status.PUBLISHED, quotation="We use Python.", speaker="Ada Lovelace"
    )


def _measure(format: str) -> None:
    _start()
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.get(PATH, {"q": "nothing at all", "format": format}, headers={"host": "localhost"})
    before = _peak()
    started = time.perf_counter()
    response = client.get(PATH, {"format": format}, headers={"host": "localhost"})
    first = time.perf_counter() - started
    size = rows = 0
    for piece in response:
        size += len(piece)
        rows += piece.count(ROW[format]) if format in ROW else 0
    seconds = time.perf_counter() - started
    told, rate = (f"{rows:,}", f"{rows / seconds:,.0f}") if rows else ("", "")
    print(
        f"{format:<8}{told:>10}{size / 1e6:>10.1f}{seconds:>10.1f}{rate:>10}{first:>10.2f}"
        f"{_peak() - before:>10.0f}",
        flush=True,
    )


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
