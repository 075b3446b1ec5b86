"""Measures the publication of many claims: `python -m tests.bench.publish [claims …]`.

Prints the seconds and the peak of memory above that of the started site for each number of claims,
each in a process of its own. On SQLite databases of its own, or on that of DATABASE_URL, which is
filled up from one number to the next.
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

CLAIMS = ("10000", "100000")
HEADS = ("claims", "published", "companies", "files", "MB", "seconds", "MB more")


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] == "measure":
        _measure()
        return
    if len(sys.argv) > 1 and sys.argv[1] == "make":
        _make(int(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory(prefix="stackfacts-bench-") as directory:
        kept = {name: os.environ[name] for name in ("PATH", "DATABASE_URL") if name in os.environ}
        environment = kept | {"DEMO": "yes", "DATA_DIR": directory, "TMPDIR": directory}

        def run(*arguments: str) -> None:
            subprocess.run([sys.executable, *arguments], check=True, env=environment)

        Path(directory, "static").mkdir()
        run("manage.py", "migrate", "--verbosity", "0")
        print("".join(f"{head:>12}" for head in HEADS))
        for total in sorted(sys.argv[1:] or CLAIMS, key=int):
            run("-m", "tests.bench.publish", "make", total)
            run("-m", "tests.bench.publish", "measure")


def _start() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"
    django.setup()


def _make(total: int) -> None:
    _start()
    from companies.models import Company, Status  # noqa: PLC0415
    from tests.many_claims import make_claims  # noqa: PLC0415

    make_claims(total)
    Company.objects.update(status=Status.PUBLISHED)


def _measure() -> None:
    _start()
    from zipfile import ZipFile  # noqa: PLC0415

    from companies.data_files.publication import publish  # noqa: PLC0415
    from companies.models import Claim  # noqa: PLC0415

    total = Claim.objects.count()
    before = _peak()
    started = time.perf_counter()
    publication = publish("https://facts.example.org")
    seconds, more = time.perf_counter() - started, _peak() - before
    with ZipFile(publication.path) as archive:
        files = len(archive.namelist())
    counts = publication.counts
    print(
        f"{total:>12,}{counts['claims']:>12,}{counts['companies']:>12,}{files:>12,}"
        f"{publication.size / 1e6:>12.1f}{seconds:>12.1f}{more:>12.0f}",
        flush=True,
    )


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
