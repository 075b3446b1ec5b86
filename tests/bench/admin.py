"""Measures the lists of the admin at 100 and at 100,000 claims.

    DATABASE_URL=… python -m tests.bench.admin

Works on a database of its own beside the configured one, as `tests.bench.pages` does. For each
page: how many queries it costs, and how much longer it takes with 100,000 claims than with 100 and
than `/healthz` does. Times of one machine mean nothing on another; the ratios do.
"""

from __future__ import annotations

import os
import sys
import time
from http import HTTPStatus

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402

from tests.many_claims import PAGES, make_claims  # noqa: E402 - models come after the set-up

FEW, MANY = 100, 100_000
# Of each page's address, this many times at most and this many seconds at most.
TIMES, SECONDS = 20, 3.0


def main() -> None:
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        client = Client()
        client.force_login(User.objects.create_superuser("ann"))
        make_claims(FEW)
        few = _measured(client, FEW)
        make_claims(MANY)
        many = _measured(client, MANY)
        constant = _seconds(client, "/healthz")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"{connection.vendor}, {MANY:,} claims")
    print(f"{'page':<30}{'queries':>8}{'ms':>8}{f'to {FEW}':>9}{'/healthz':>10}")
    for page, (queries, seconds) in many.items():
        grown = seconds / few[page][1]
        note = "" if queries == few[page][0] else f"  with {FEW}: {few[page][0]} queries"
        print(
            f"{page:<30}{queries:>8}{seconds * 1000:>8.0f}{grown:>9.1f}{seconds / constant:>10.0f}"
            + note
        )


def _measured(client: Client, claims: int) -> dict[str, tuple[int, float]]:
    """Queries and seconds by page."""
    found = {}
    for page, address in PAGES.items():
        there = address.format(last=claims // 50)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(there)
        if response.status_code != HTTPStatus.OK:
            sys.exit(f"{there} answers {response.status_code}.")
        # Read now: the next request empties the log that it counts.
        count = len(queries)
        found[page] = (count, _seconds(client, there))
    return found


def _seconds(client: Client, address: str) -> float:
    """The quickest of several answers: what else the machine does only ever makes it slower."""
    client.get(address)
    started = time.perf_counter()
    taken = []
    for _ in range(TIMES):
        before = time.perf_counter()
        client.get(address)
        taken.append(time.perf_counter() - before)
        if time.perf_counter() - started > SECONDS:
            break
    return min(taken)


if __name__ == "__main__":
    main()
