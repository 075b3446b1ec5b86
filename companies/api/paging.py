"""Pages that stay where they are while rows are added: each begins after the last row of another.

By the values of that row (keyset), never by counting rows (OFFSET), which would show a row twice
when one is added before it, and read everything before the page.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core import signing
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import OrderBy

from companies.api.problem import ProblemError

_SALT = "companies.api.cursor"
# Columns that no two rows share, after which nothing is left to order.
_UNIQUE = {"key", "slug"}


class Slice(NamedTuple):
    """Some rows of a list, and the cursor of those after them; empty at the end."""

    rows: list[Any]
    next_cursor: str


class _Term(NamedTuple):
    name: str  # of the annotation that holds its value
    descending: bool


class _RowCompared(Func):
    """`(a, b) > (x, y)`, on both databases; Django has SQLite spell it out, past every index."""

    output_field = BooleanField()

    def __init__(self, columns: list[str], operator: str, values: list[Any]) -> None:
        super().__init__(*map(F, columns), *map(Value, values))
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        sql: list[str] = []
        params: list[Any] = []
        for part in self.source_expressions:
            part_sql, part_params = compiler.compile(part)
            sql.append(part_sql)
            params += part_params
        half = len(sql) // 2
        left, right = ", ".join(sql[:half]), ", ".join(sql[half:])
        return f"({left}) {self.operator} ({right})", tuple(params)


def rows_after(rows: QuerySet[Any], cursor: str, limit: int, list_name: str) -> Slice:
    """The rows after the cursor, or the first ones, in the order of the queryset.

    Its last column, or the rows' id, settles what the others leave open. `list_name` is what makes
    this list this list: a cursor leads nowhere in one with another name. Raises ProblemError.
    """
    rows, terms = _with_keys(rows)
    if cursor:
        values = _read(cursor, list_name)
        if len(values) != len(terms):
            raise ProblemError("bad-cursor")
        rows = rows.filter(_after(terms, values))
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return Slice(found, "")
    last = found[limit - 1]
    values = [getattr(last, term.name) for term in terms]
    return Slice(found[:limit], _written(list_name, values))


def matches_after(
    matches: Sequence[Any],
    place: Callable[[Any], tuple[Any, ...]],
    cursor: str,
    limit: int,
    list_name: str,
) -> Slice:
    """The same of what is at hand, in the order of its places, of which no two are equal."""
    start = 0
    if cursor:
        values = tuple(_read(cursor, list_name))
        if matches and len(values) != len(place(matches[0])):
            raise ProblemError("bad-cursor")
        start = bisect_right(matches, values, key=place)
    found = list(matches[start : start + limit])
    if start + limit >= len(matches):
        return Slice(found, "")
    return Slice(found, _written(list_name, [*place(found[-1])]))


def _with_keys(rows: QuerySet[Any]) -> tuple[QuerySet[Any], list[_Term]]:
    """The same rows in the same order, each with the values that its place comes from."""
    ordered = [_as_order(given) for given in rows.query.order_by]
    last: Any = ordered[-1].expression if ordered else None
    if not (isinstance(last, F) and last.name in _UNIQUE):  # type: ignore[attr-defined]
        ordered.append(F("pk").asc())
    terms, named = [], {}
    for number, order in enumerate(ordered):
        expression: Any = order.expression
        name = expression.name if isinstance(expression, F) else ""  # type: ignore[attr-defined]
        if name not in rows.query.annotations:
            # What is worked out for the list already would be worked out twice.
            name = f"_place_{number}"
            named[name] = expression
        terms.append(_Term(name, order.descending))
    by_name = [F(term.name).desc() if term.descending else F(term.name).asc() for term in terms]
    return rows.annotate(**named).order_by(*by_name), terms


def _as_order(given: Any) -> OrderBy:
    if isinstance(given, OrderBy):
        return given
    if isinstance(given, str):
        column = F(given.removeprefix("-"))
        return column.desc() if given.startswith("-") else column.asc()
    return OrderBy(given)


def _after(terms: list[_Term], values: list[Any]) -> Q:
    """What rows after these values are like.

    Columns of one direction are compared as one row value, which an index follows. Where the
    direction changes: `a <= x AND (a < x OR b > y)`, whose first half is for the index.
    """
    descending = terms[0].descending
    length = next((n for n, term in enumerate(terms) if term.descending != descending), len(terms))
    columns = [term.name for term in terms[:length]]
    sign = "<" if descending else ">"
    beyond = Q(_RowCompared(columns, sign, values[:length]))
    if length == len(terms):
        return beyond
    from_here = Q(_RowCompared(columns, f"{sign}=", values[:length]))
    return from_here & (beyond | _after(terms[length:], values[length:]))


def _written(list_name: str, values: list[Any]) -> str:
    return signing.Signer(salt=_SALT).sign_object([_short(list_name), *values])


def _read(cursor: str, list_name: str) -> list[Any]:
    """Signed, so that nobody can write one: what comes back are values we gave."""
    try:
        name, *values = signing.Signer(salt=_SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise ProblemError("bad-cursor") from error
    if name != _short(list_name):
        raise ProblemError("bad-cursor")
    return values


def _short(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=9).hexdigest()
