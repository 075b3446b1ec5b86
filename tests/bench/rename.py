"""Measures renaming what very many claims name: `python -m tests.bench.rename [CLAIMS…]`.

Without numbers, technologies that 1,000, 10,000 and 100,000 claims name. Works on a database of its
own beside the configured one, as `tests.bench.pages` does. Prints seconds, queries and how many
megabytes the process grew by: the name is changed as by an editor, in one transaction with the
search.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from typing import Any

import django
from django.db import connection
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from companies import search  # noqa: E402 - models come after the set-up
from companies.exchange.apply import apply  # noqa: E402
from companies.exchange.progress import no_bar  # noqa: E402
from companies.exchange.revisions import NOBODY, record  # noqa: E402
from companies.models import (  # noqa: E402
    Claim,
    ClaimTechnology,
    Revision,
    Role,
    Subject,
    Technology,
    TechnologyKind,
)
from companies.search.lookup import look_up  # noqa: E402
from tests.bench.published_catalogue import BATCH, fill  # noqa: E402

SIZES = [1_000, 10_000, 100_000]
MEGABYTE = 1024


def main() -> None:
    sizes = sorted(int(word) for word in sys.argv[1:]) or SIZES
    setup_test_environment(debug=False)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(max(sizes) // 10, max(sizes))
        technologies = [_named_by(size) for size in sizes]
        search.rebuild(no_bar)
        print(f"{connection.vendor}, {max(sizes):,} claims")
        print(f"{'named by claims':>16}{'seconds':>9}{'of CPU':>8}{'queries':>9}{'MB more':>9}")
        for size, technology in zip(sizes, technologies, strict=True):
            _measure(size, technology)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _named_by(size: int) -> Technology:
    technology = Technology.objects.create(
        slug=f"named-by-{size}", name=f"Cobol {size} old", kind=TechnologyKind.LANGUAGE
    )
    claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True)[:size])
    for start in range(0, size, BATCH):
        ClaimTechnology.objects.bulk_create(
            ClaimTechnology(claim_id=pk, technology=technology, role=Role.USES)
            for pk in claims[start : start + BATCH]
        )
    return technology


def _measure(size: int, technology: Technology) -> None:
    record(Subject.TECHNOLOGY, [technology.pk], NOBODY)
    content = Revision.objects.of(Subject.TECHNOLOGY, [technology.pk]).latest("pk").content
    queries = 0

    def counted(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    memory, started, used = _peak(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        apply(Subject.TECHNOLOGY, technology.pk, content | {"name": f"Zephyr{size} lisp"}, NOBODY)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    grown = _peak() - memory
    assert look_up(f"zephyr{size}", {}).matches
    assert not look_up(f'"cobol {size} old"', {}).matches
    print(f"{size:>16,}{seconds:>9.1f}{cpu:>8.1f}{queries:>9}{grown:>9}", flush=True)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


if __name__ == "__main__":
    main()
