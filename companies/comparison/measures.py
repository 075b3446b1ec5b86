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

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    def what(self) -> str:
        """What is counted, of which languages if the number is of these alone."""
        if self.subject:
            words = {"basis": self.basis, "subject": self.subject}
            return _("“%(basis)s” of %(subject)s") % words
        return _("“%(basis)s”") % {"basis": self.basis}

    @property
    def part(self) -> str:
        return (
            _("“%(scope)s”") % {"scope": self.scope} if self.scope else _("the company as a whole")
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
    return _("These do not compare: %(reasons)s.") % {"reasons": "; ".join(reasons(statements))}


def reasons(statements: Iterable[Statement]) -> list[str]:
    """A sentence without its full stop for each thing that a company counts, each said once."""
    return list(dict.fromkeys(_counts(statement) for statement in statements))


def same(statements: Sequence[Statement], years: int) -> str:
    """Say what all of them count, and how many years lie between them unless that is 0."""
    measure = statements[0].measure
    words = {"what": measure.what, "part": measure.part, "years": years}
    if not years:
        return _("Same basis and scope: each counts %(what)s for %(part)s.") % words
    return (
        ngettext(
            "Same basis and scope, %(years)s year apart: each counts %(what)s for %(part)s.",
            "Same basis and scope, %(years)s years apart: each counts %(what)s for %(part)s.",
            years,
        )
        % words
    )


def _counts(statement: Statement) -> str:
    measure = statement.measure
    words = {
        "company": statement.company,
        "what": measure.what,
        "part": measure.part,
        "date": partial_date.in_words(statement.as_of),
    }
    if measure.is_stated and statement.as_of:
        return _("%(company)s counts %(what)s for %(part)s (%(date)s)") % words
    if measure.is_stated:
        return _("%(company)s counts %(what)s for %(part)s") % words
    if statement.as_of:
        return _("%(company)s states no basis for %(part)s (%(date)s)") % words
    return _("%(company)s states no basis for %(part)s") % words


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
