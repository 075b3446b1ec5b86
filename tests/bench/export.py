"""Measures the files of a large catalogue: `python -m tests.bench.open_data` asks it to.

Prints rows and bytes per second and the peak of memory above that of the started site, each format
in a process of its own, asked through the site's whole middleware. `python -m tests.bench.export
csv json` on the configured database measures these two only.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

import django
from django.test import Client

# What tells a row of each; what is compressed can't be counted.
ROW = {"csv": b"/claims/", "json": b"/claims/", "ndjson": b"/claims/"}
FORMATS = ("csv", "json", "ndjson", "zip")
# With a quotation in every claim, the list of quotes has all of them.
PATH = "/quotes/"


def main() -> None:
    heads = ("rows", "MB", "seconds", "rows/s", "first s", "MB more")
    print(f"{'format':<8}" + "".join(f"{head:>10}" for head in heads), flush=True)
    for format in sys.argv[1:] or FORMATS:
        subprocess.run([sys.executable, "-m", "tests.bench.export", "measure", format], check=True)


def _measure(format: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
    django.setup()
    client = Client(headers={"host": "localhost"})
    client.get(PATH, {"q": "nothing at all", "format": format})
    before = _peak()
    started = time.perf_counter()
    response = client.get(PATH, {"format": format})
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
    if sys.argv[1:2] == ["measure"]:
        _measure(sys.argv[2])
    else:
        main()
