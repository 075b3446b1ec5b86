"""Measures the starter catalogue: `make bench`, or `DATABASE_URL=… python -m tests.bench.pages`.

Works on a database of its own beside the configured one. Speeds of one machine mean nothing on
another, so each page's is given as a ratio to `/healthz`, which answers a constant through the same
middleware, taken in the same run.
"""

from __future__ import annotations

import gzip
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from tests.stylesheet import public_stylesheet

PAGES = {
    "first page": "/",
    "companies": "/companies/",
    "profile": "/companies/netflix/",
    "choose": "/compare/",
    "comparison of two": "/compare/meta-vs-netflix/",
    "comparison of five": "/compare/instagram-vs-meta-vs-netflix-vs-quora-vs-spotify/",
    "technologies": "/technologies/",
    "technology": "/technologies/python/",
    "domain": "/domains/web-backend/",
    "quotes": "/quotes/",
    "list": "/lists/biggest-users-of-python/",
    "sources": "/sources/",
    "fact-check": "/sources/aim-python-users/",
    "claim": "/claims/netflix-18/",
}
ROOT = Path(__file__).resolve().parents[2]
SECONDS_PER_PAGE = 1.0
PATIENCE = 60


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        started = time.perf_counter()
        call_command("load_catalog", no_progress=True, verbosity=0)
        print(f"Load the starter catalogue ({connection.vendor}): {_since(started)}")
        _measure_pages()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    for start in ("first", "second"):
        _measure_start(start)


def _measure_pages() -> None:
    client = Client()
    css = public_stylesheet()
    constant = _requests_per_second(client, "/healthz")
    print(f"\n{'page':<20}{'queries':>8}{'HTML':>10}{'gzip':>10}{'+ CSS':>10}{'speed':>8}")
    for page, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            html = client.get(address).content
        # Read now: the next request empties the log that it counts.
        count = len(queries)
        compressed = len(gzip.compress(html))
        with_css = compressed + len(gzip.compress(css))
        ratio = _requests_per_second(client, address) / constant
        print(
            f"{page:<20}{count:>8}{_kilobytes(len(html)):>10}{_kilobytes(compressed):>10}"
            f"{_kilobytes(with_css):>10}{ratio:>8.3f}"
        )


def _requests_per_second(client: Client, address: str) -> float:
    client.get(address)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS_PER_PAGE:
        client.get(address)
        count += 1
    return count / (time.perf_counter() - started)


_DATA = tempfile.TemporaryDirectory(prefix="stackfacts-bench-")


def _measure_start(which: str) -> None:
    """From `make run` with a warm virtual environment to the first answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PORT": str(port),
        "DATA_DIR": _DATA.name,
    }
    started = time.perf_counter()
    server = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(f"http://127.0.0.1:{port}/"):
            if server.poll() is not None or time.perf_counter() - started > PATIENCE:
                sys.exit("`make run` did not come up; run it by itself to see why.")
            time.sleep(0.02)
        print(f"{which.capitalize()} `make run` to the first answer: {_since(started)}")
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310 - our own loopback address
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def _since(started: float) -> str:
    return f"{time.perf_counter() - started:.2f} s"


def _kilobytes(size: int) -> str:
    return f"{size / 1024:.1f} KB"


if __name__ == "__main__":
    main()
