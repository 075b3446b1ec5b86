"""Which measured statements may stand side by side, and a plain sentence where they may not.

Two statements compare only when they count the same thing (basis and unit) of the same subject (the
languages named) in the same part of a company (scope). An empty scope means the whole company; two
named parts are alike only when they are named alike, because whether a "server application" and a
"server monolith" are the same kind of part is a judgement no program should make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from companies import partial_date

_UNSTATED = ("", "not stated")


class Measure(NamedTuple):
    """What is counted, in which unit, in what part of the company, and of what."""

    basis: str
    unit: str
    scope: str
    # Lines of Python and lines of Rust are both "lines of code", and no measure of each other.
    subject: str = ""

    @property
    def is_stated(self) -> bool:
        """Without a basis nobody knows what a number counts, so it compares with nothing."""
        return self.basis.casefold() not in _UNSTATED

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (
            self.basis.casefold(),
            self.unit.casefold(),
            self.scope.casefold(),
            self.subject.casefold(),
        )

    @property
    def in_words(self) -> str:
        basis = f"counts “{self.basis}”" if self.is_stated else "states no basis"
        if self.subject:
            basis += f" of {self.subject}"
        return (
            f"{basis} for “{self.scope}”" if self.scope else f"{basis} for the company as a whole"
        )


@dataclass(frozen=True)
class Statement:
    """A measured statement of one company, with whatever the caller wants back."""

    company_id: int
    company: str
    as_of: str
    measure: Measure
    carries: Any


class Groups(NamedTuple):
    """`alike` may be compared; `seeming` share basis and unit but not the rest."""

    alike: list[list[Statement]]
    seeming: list[list[Statement]]
    alone: list[Statement]


def group(statements: Sequence[Statement]) -> Groups:
    """Sort statements by whether another company has a like one; order within is kept."""
    alike, rest = _across_companies(statements, lambda statement: statement.measure.key)
    seeming, alone = _across_companies(rest, lambda statement: statement.measure.key[:2])
    return Groups(alike, seeming, alone)


def is_across_companies(statements: Iterable[Statement]) -> bool:
    return len({statement.company_id for statement in statements}) > 1


def why_not(statements: Iterable[Statement]) -> str:
    """Say what each company counts, so that a reader sees why the numbers do not compare."""
    said: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        words = statement.measure.in_words
        if statement.as_of:
            words += f" ({partial_date.in_words(statement.as_of)})"
        if words not in said[statement.company]:
            said[statement.company].append(words)
    parts = [f"{company} {' and '.join(words)}" for company, words in said.items()]
    return f"These do not compare: {'; '.join(parts)}."


def years_apart(statements: Iterable[Statement]) -> int:
    """The whole years between the oldest and the newest dated statement."""
    dates = sorted(statement.as_of for statement in statements if statement.as_of)
    if not dates:
        return 0
    first, last = partial_date.earliest(dates[0]), partial_date.earliest(dates[-1])
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _across_companies(
    statements: Sequence[Statement], key: Callable[[Statement], Hashable]
) -> tuple[list[list[Statement]], list[Statement]]:
    groups: dict[Hashable, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.measure.is_stated:
            groups[key(statement)].append(statement)
    together = [members for members in groups.values() if is_across_companies(members)]
    placed = {id(member) for members in together for member in members}
    return together, [statement for statement in statements if id(statement) not in placed]
