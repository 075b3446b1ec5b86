"""Measures the API of a large catalogue: `python -m tests.bench.open_data` asks it to.

For each question to a list, in pages of 50: how many entries came, how many queries that took, the
median time, and how many times as long as that of `/healthz` it is. Deep pages begin behind nine
tenths of the list, by a cursor. Of all combinations of filters the median and the slowest are
printed. Times of one machine mean nothing on another; the ratios do.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
django.setup()

from companies.api import paging  # noqa: E402 - models come after the set-up
from companies.models import Claim, Company  # noqa: E402
from tests.bench.timing import Ask, median  # noqa: E402

TIMES, SECONDS = 7, 1.0
SLOWEST = 6
DEEP = 0.9
# Of claims, what one entry fits that is neither the first nor the last.
FILTERS: dict[str, dict[str, str]] = {
    "companies": {
        "q": "service",
        "technology": "technology-0",
        "domain": "domain-4",
        "industry": "Industry 11",
        "kind": "company",
        "evidence": "primary",
    },
    "claims": {
        "q": "service",
        "company": "company-31",
        "technology": "technology-0",
        "domain": "domain-4",
        "source": "source-31",
        "kind": "use_case",
        "evidence": "primary",
    },
}
# Asked one by one: what many fit, what few do, and what nothing does.
SINGLE: dict[str, list[dict[str, str]]] = {
    "companies": [
        {"technology": "technology-399"},
        {"evidence": "corroborated"},
        {"kind": "project"},
        {"sort": "claims"},
        {"sort": "newest"},
        {"sort": "founded"},
        {"sort": "claims", "technology": "technology-399"},
        {"q": "xylophone"},
    ],
    "claims": [
        {"technology": "technology-399"},
        {"technology": "technology-0", "role": "uses"},
        {"technology": "technology-0", "role": "rejected"},
        {"evidence": "corroborated"},
        {"kind": "quote"},
        {"q": "xylophone"},
    ],
    "quotes": [{}, {"technology": "technology-0"}],
    "technologies": [{}, {"sort": "name"}, {"kind": "language"}],
    "domains": [{}],
    "sources": [{}, {"sort": "newest"}, {"sort": "title"}, {"tier": "primary"}],
    "lists": [{}],
    "search": [
        {"q": "service"},
        {"q": "service", "technology": "technology-0", "evidence": "measured"},
        {"q": "pyhton"},
    ],
    "search/suggestions": [{"q": "p"}],
}


class Measured(NamedTuple):
    question: str
    entries: int
    queries: int
    seconds: float


def main() -> None:
    client = Client(headers={"host": "localhost"})
    constant = _median(lambda: client.get("/healthz"))
    print(f"{'question':<62}{'entries':>8}{'queries':>8}{'ms':>9}{'/healthz':>9}")
    for name, questions in SINGLE.items():
        for query in questions:
            _show(_measured(client, name, query), constant)
    for name, filters in FILTERS.items():
        _show(_measured(client, name, {}), constant)
        _show(_measured(client, name, {"cursor": _deep(name)}), constant)
        combined = list(_combined(filters))
        for query in (one for one in combined if len(one) == 1):
            _show(_measured(client, name, query), constant)
        measured = [_measured(client, name, query) for query in combined]
        measured.sort(key=lambda one: one.seconds)
        print(f"  {len(measured)} combinations of these, the slowest:")
        for one in reversed(measured[-SLOWEST:]):
            _show(one, constant)
        times = statistics.median(one.seconds for one in measured)
        most = max(one.queries for one in measured)
        _show(Measured(f"{name}: median, most queries", 0, most, times), constant)


def _combined(filters: dict[str, str]) -> Iterator[dict[str, str]]:
    for number in range(1, len(filters) + 1):
        for chosen in combinations(filters, number):
            yield {name: filters[name] for name in chosen}


def _measured(client: Client, name: str, query: dict[str, str]) -> Measured:
    address = f"/api/v1/{name}"
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, query)
    count = len(captured)
    if answer.status_code != 200:
        sys.exit(f"{address} {query}: {answer.content.decode()}")
    seconds = _median(lambda: client.get(address, query))
    shown = "deep cursor" if "cursor" in query else " ".join(query.values())
    return Measured(f"{name}: {shown}", len(answer.json()["items"]), count, seconds)


def _median(ask: Ask) -> float:
    return median(ask, TIMES, SECONDS)


def _deep(name: str) -> str:
    """A cursor behind nine tenths of the list, which nobody has to walk to for it."""
    rows: Any = {
        "companies": Company.objects.published().matching(),
        "claims": Claim.objects.published().newest_first(),
    }[name]
    filters = {"sort": "name"} if name == "companies" else {}
    keyed, terms = paging._with_keys(rows)
    row = keyed[int(rows.count() * DEEP)]
    values = [getattr(row, term.name) for term in terms]
    return paging._written(json.dumps([f"/api/v1/{name}", filters], sort_keys=True), values)


def _show(one: Measured, constant: float) -> None:
    print(
        f"{one.question:<62}{one.entries:>8}{one.queries:>8}"
        f"{one.seconds * 1000:>9.1f}{one.seconds / constant:>9.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
