"""Measures an import and an export of 20,000 claims: `python -m tests.bench.row_import`.

Prints seconds and the peak of memory of each step, each in a process of its own, on an SQLite
database of its own. How long a transaction was open is how long other writers had to wait.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction

ROWS = 20_000
STEPS = [
    "catalogue",
    "check csv",
    "load csv",
    "check again csv",
    "change csv",
    "check changed csv",
    "load changed csv",
    "export csv",
    "export xlsx",
    "check xlsx",
]
MEGABYTE = 1024


def main() -> None:
    if len(sys.argv) > 1:
        _run(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory(prefix="stackfacts-bench-") as directory:
        environment = {"PATH": os.environ["PATH"], "DEMO": "yes", "DATA_DIR": directory}
        command = [sys.executable, "-m", "tests.bench.row_import"]
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, check=True, env=environment)
        print(f"{ROWS:,} claims on SQLite")
        print(f"{'step':<20}{'seconds':>9}{'of CPU':>9}{'peak MB':>9}")
        for step in STEPS:
            subprocess.run([*command, step, directory], check=True, env=environment)


def _run(step: str, directory: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"
    django.setup()
    # Its models can be imported only now.
    from tests.bench import row_import_steps as steps  # noqa: PLC0415

    started = time.perf_counter()
    with _timed_transaction() as transactions:
        note = getattr(steps, step.replace(" ", "_"))(Path(directory))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
    longest = f"  longest transaction {max(transactions, default=0):.1f} s"
    used = time.process_time()
    print(f"{step:<20}{seconds:>9.1f}{used:>9.1f}{peak:>9}{longest}  {note or ''}", flush=True)


@contextmanager
def _timed_transaction() -> Any:
    lasted: list[float] = []
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    began: list[float] = []

    def timed_enter(self: Any) -> None:
        if not connection.in_atomic_block:
            began.append(time.perf_counter())
        enter(self)

    def timed_leave(self: Any, *error: Any) -> None:
        leave(self, *error)
        if not connection.in_atomic_block:
            lasted.append(time.perf_counter() - began.pop())

    transaction.Atomic.__enter__ = timed_enter  # type: ignore[method-assign]
    transaction.Atomic.__exit__ = timed_leave  # type: ignore[method-assign]
    yield lasted


if __name__ == "__main__":
    main()
