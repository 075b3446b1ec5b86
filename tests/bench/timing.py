from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

Ask = Callable[[], Any]


def median(ask: Ask, times: int, seconds: float) -> float:
    """Of so many askings at most, and of those that begin within so many seconds; one goes before
    them to warm up what remembers."""
    ask()
    started = time.perf_counter()
    taken: list[float] = []
    while not taken or (len(taken) < times and time.perf_counter() - started < seconds):
        before = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - before)
    return statistics.median(taken)
