"""Measures pages as they stood: `python -m tests.bench.archive [CLAIMS [REVISIONS]]`.

Without numbers, five companies with 500 claims each, and five revisions of each claim, a day apart.
Works on a database of its own beside the configured one, as `tests.bench.pages` does. For each page
the queries it takes, the median in milliseconds, and how many times as long it takes as the live
page. Times of one machine mean nothing on another; the ratios do.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from companies.evidence import Agreement  # noqa: E402 - models come after the set-up
from companies.exchange.revisions import NOBODY, record, record_missing  # noqa: E402
from companies.models import (  # noqa: E402
    Citation,
    Claim,
    ClaimKind,
    ClaimTechnology,
    Company,
    Revision,
    Source,
    Status,
    Subject,
)
from tests.archive.at_days import day, on  # noqa: E402
from tests.factories import CompanyFactory, SourceFactory, TechnologyFactory  # noqa: E402

TIMES, SECONDS = 9, 20.0
COMPANIES = 5
TECHNOLOGIES, SOURCES = 60, 200
KINDS = (ClaimKind.USE_CASE, ClaimKind.DECISION, ClaimKind.STRENGTH, ClaimKind.WEAKNESS)


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    claims = given[0] if given else 500
    days = given[1] if given[1:] else 5
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure(claims, days)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(claims: int, days: int) -> None:
    slugs = history(claims, days)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{connection.vendor}, {claims:,} claims a company, {Revision.objects.count():,} revisions"
    )
    print(f"{'page':<34}{'queries':>8}{'ms':>9}{'live':>9}{'ratio':>7}")
    claim = Claim.objects.published().filter(company__slug=slugs[0]).earliest("pk")
    pages = {
        "a claim": f"/claims/{claim.key}/",
        "a profile": f"/companies/{slugs[0]}/",
        "a comparison of two": f"/compare/{'-vs-'.join(slugs[:2])}/",
        "a comparison of five": f"/compare/{'-vs-'.join(slugs)}/",
    }
    client = Client()
    for label, address in pages.items():
        for words, number in (("first day", 1), ("last day", days)):
            dated = f"{address}?as_of={day(number)}"
            with CaptureQueriesContext(connection) as captured:
                assert client.get(dated).status_code == 200
            # Before the next request, which empties the log.
            queries = len(captured)
            then, now = _medians(client, dated, address)
            print(
                f"{f'{label}, {words}':<34}{queries:>8}{then * 1000:>9.0f}"
                f"{now * 1000:>9.0f}{then / now:>7.2f}"
            )


def history(claims: int, days: int) -> list[str]:
    """The slugs of five companies whose claims all change on each of the days."""
    with on(1):
        technologies = TechnologyFactory.create_batch(TECHNOLOGIES)
        sources = SourceFactory.create_batch(SOURCES)
        companies = CompanyFactory.create_batch(COMPANIES)
        made = Claim.objects.bulk_create(
            _claim(number, company, sources) for company in companies for number in range(claims)
        )
        ClaimTechnology.objects.bulk_create(
            ClaimTechnology(claim=claim, technology=technologies[n % TECHNOLOGIES])
            for n, claim in enumerate(made)
        )
        Citation.objects.bulk_create(
            Citation(claim=claim, source=sources[(n + 1) % SOURCES], agreement=Agreement.AGREES)
            for n, claim in enumerate(made)
            if n % 3 == 0
        )
        record_missing()
    for number in range(2, days + 1):
        with on(number):
            Claim.objects.update(
                text=f"The web tier runs on {number * 100} servers, as it is said."
            )
            record(Subject.CLAIM, [claim.pk for claim in made], NOBODY)
    return sorted(company.slug for company in companies)


def _claim(number: int, company: Company, sources: list[Source]) -> Claim:
    return Claim(
        company=company,
        key=f"{company.slug}-{number:04d}",
        kind=KINDS[number % len(KINDS)],
        title=f"Claim {number} of the servers",
        text="The web tier runs on 100 servers, as it is said.",
        as_of=f"{2005 + number % 20}",
        source=sources[number % len(sources)],
        status=Status.PUBLISHED,
    )


def _medians(client: Client, *addresses: str) -> list[float]:
    """In seconds; asked for in turn, so that what else the machine does falls on all alike."""
    taken: list[list[float]] = [[] for _ in addresses]
    started = time.perf_counter()
    while len(taken[0]) < TIMES and (not taken[0] or time.perf_counter() - started < SECONDS):
        for address, times in zip(addresses, taken, strict=True):
            before = time.perf_counter()
            assert client.get(address).status_code == 200
            times.append(time.perf_counter() - before)
    return [statistics.median(times) for times in taken]


if __name__ == "__main__":
    main()
