"""Bars that show how far a long command has come."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from tqdm import tqdm


class Advancing(Protocol):
    def update(self, n: int) -> Any: ...


# Called with a description and the number of steps.
Bar = Callable[[str, int], AbstractContextManager[Advancing]]


def no_bar(description: str, steps: int) -> AbstractContextManager[Advancing]:
    return tqdm(disable=True)


def terminal_bar(description: str, steps: int) -> AbstractContextManager[Advancing]:
    """On the error stream, and only if a terminal shows it."""
    return tqdm(desc=description, total=steps, leave=False, disable=None)
