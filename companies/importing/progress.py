"""How far a job has come, in a small file in DATA_DIR.

Not in the database: on SQLite nothing else can be written while the load's transaction is open.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

# Seconds between two writes, and after which silence means that the process is gone. One batch
# takes a second or two; waiting for another writer of SQLite up to twenty.
PACE = 0.5
SILENCE = 90
# Until a process has started and said its first word.
STARTING = 30


@dataclass(frozen=True)
class Progress:
    step: str
    done: int
    total: int
    pid: int
    attempt: int
    at: float

    @property
    def is_alive(self) -> bool:
        return time.time() - self.at < SILENCE and _is_running(self.pid)


def path_of(run_id: int) -> Path:
    return Path(settings.DATA_DIR) / "imports" / f"{run_id}.json"


def read(run_id: int, attempt: int) -> Progress | None:
    """What the attempt has said last; None if nothing yet."""
    try:
        found = Progress(**json.loads(path_of(run_id).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.attempt == attempt else None


def forget(run_id: int) -> None:
    path_of(run_id).unlink(missing_ok=True)


class Reporting:
    """Writes the file; `bar` is what the exchange calls to tell of its progress."""

    def __init__(self, run_id: int, attempt: int) -> None:
        self._path, self._attempt = path_of(run_id), attempt
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._step, self._done, self._total, self._written = "", 0, 0, 0.0

    @contextmanager
    def bar(self, step: str, total: int) -> Iterator[Reporting]:
        self._step, self._done, self._total = step, 0, total
        self._write()
        yield self

    def update(self, n: int) -> Any:
        self._done += n
        if time.monotonic() - self._written >= PACE:
            self._write()

    def _write(self) -> None:
        values = {
            "step": self._step,
            "done": self._done,
            "total": self._total,
            "pid": os.getpid(),
            "attempt": self._attempt,
            "at": time.time(),
        }
        # At once or not at all: the page reads it meanwhile.
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(values))
        new.replace(self._path)
        self._written = time.monotonic()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
