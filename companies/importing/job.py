"""The process that works on an import while the request that asked for it is long answered.

A request may take thirty seconds and a large import takes minutes, so no worker of the server can
do it. `start` is replaced in tests by one that works at once.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from companies.importing.progress import STARTING, Progress, read
from companies.models import ImportRun

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"


def start_process(run_id: int, attempt: int) -> None:
    """In a session of its own, so that a restarted worker doesn't take it along."""
    process = subprocess.Popen(  # noqa: S603 - our own command with two numbers
        [sys.executable, str(MANAGE), "run_import", str(run_id), str(attempt)],
        cwd=MANAGE.parent,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody has to ask for its end, or else it stays as a zombie that looks alive.
    threading.Thread(target=process.wait, daemon=True).start()


# Called with the ids of the run and of the attempt.
start: Callable[[int, int], None] = start_process


def progress_of(run: ImportRun) -> Progress | None:
    return read(run.pk, run.attempt)


def has_died(run: ImportRun) -> bool:
    """Whether the run waits for a process that isn't there any more."""
    if not run.is_working:
        return False
    progress = progress_of(run)
    if progress is None:
        return (timezone.now() - run.state_since).total_seconds() > STARTING
    return not progress.is_alive
