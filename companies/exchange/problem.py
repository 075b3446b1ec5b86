"""What is wrong with a file, said so that an editor finds the place and knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_LONGEST = 600
# Looking for a close word takes a second among 100,000, and there may be many to look for.
_MOST_COMPARED = 5_000


@dataclass(frozen=True)
class Problem:
    """`row` is the key or slug of the bad entry, `field` where in it: `technologies[2].role`."""

    file: str
    reason: str
    line: int = 0
    row: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        parts = (place, self.row, self.field, self.reason)
        return ": ".join(printable(part) for part in parts if part)


class CatalogueError(Exception):
    """The catalogue was not loaded or written; `problems` are the bad rows, if those are why."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        super().__init__(message)

    @property
    def report(self) -> str:
        if not self.problems:
            return str(self)
        number = len(self.problems)
        found = "There is 1 problem:" if number == 1 else f"There are {number:,} problems:"
        return "\n".join([f"{self} {found}", *map(str, self.problems)])

    @property
    def in_short(self) -> str:
        """One line without a full stop, for where no file is behind it: fields and reasons."""
        found = [": ".join(filter(None, (one.field, one.reason))) for one in self.problems]
        return "; ".join(found) or str(self).removesuffix(".")


def printable(text: str) -> str:
    """Keeps what a file holds from steering the terminal, or filling it."""
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean “python”?`, or nothing when no known word is close."""
    known = list(known)
    if len(known) > _MOST_COMPARED:
        return ""
    close = get_close_matches(word, known, n=1, cutoff=0.7)
    return f"; did you mean “{close[0]}”?" if close else ""
