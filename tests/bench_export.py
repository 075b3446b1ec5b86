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

import django

CLAIMS = 100_000
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

        run("manage.py", "migrate", "--verbosity", "0")
        run("-m", "tests.bench_export", "make", str(total))
        print(
            f"{'format':<8}{'rows':>10}{'MB':>8}{'seconds':>9}{'rows/s':>9}{'first s':>9}{'MB more':>9}"
        )
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
        rows += piece.count(b'"key": "') if "json" in format else piece.count(b"\r\n")
    seconds = time.perf_counter() - started
    told = f"{rows:>10,}" if format != "zip" else f"{'':>10}"
    rate = f"{rows / seconds:>9,.0f}" if format != "zip" else f"{'':>9}"
    print(
        f"{format:<8}{told}{size / 1e6:>8.0f}{seconds:>9.1f}{rate}{first:>9.2f}"
        f"{_peak() - before:>9.0f}",
        flush=True,
    )


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
