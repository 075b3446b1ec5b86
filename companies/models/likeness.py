"""What two entries share if they may be the same one entered twice.

The database computes it, in a column of its own, whoever writes the row; it never stands on a page.
Worked out within a query instead, it would be one call inside another, of which SQLite before 3.46
reads some ten, and an index would serve only queries that say exactly the same.

SQLite's `lower` knows only A to Z, so there “É” and “é” are two letters. Such a pair is missed.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Func, GeneratedField, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower, Replace

# Words that say what sort of company it is, not which. “Group” and “Holding” are not among them:
# those are often companies of their own.
LEGAL_FORMS = ("inc", "corp", "corporation", "co", "llc", "ltd", "limited", "plc", "gmbh", "ag")


def company_name(field: str) -> GeneratedField:
    """“Acme, Inc.” as acme, “ACME GmbH” too."""
    words = _replaced(Lower(field), (".", ""), (",", " "), ("-", " "))
    # Blanks around it, so that a word is found at either end.
    words = Concat(Value(" "), words, Value(" "))
    words = _replaced(words, *((f" {form} ", " ") for form in LEGAL_FORMS))
    return _column(_replaced(words, (" ", "")))


def technology_name(field: str) -> GeneratedField:
    """“Node.js” as node, “node JS” too. C, C++ and C# stay three languages."""
    name = _replaced(Lower(field), (" ", ""), (".", ""), ("-", ""), ("_", ""), ("/", ""))
    # The bar marks the end: “js” counts only there.
    return _column(_replaced(Concat(name, Value("|")), ("js|", ""), ("|", "")))


def website(field: str) -> GeneratedField:
    """“https://www.acme.example/” as acme.example, “http://acme.example” too.

    The whole address and not its host alone: half the world has its project on github.com.
    """
    address = _replaced(Lower(field), ("https://", ""), ("http://", ""), ("www.", ""))
    return _column(Func(address, Value("/"), function="RTRIM"))


def document(title: str, publisher: str) -> GeneratedField:
    """Title and publisher, whatever case they are typed in."""
    return _column(Lower(Concat(F(title), Value(" | "), F(publisher))))


def shared(rows: QuerySet[Any], column: str, by: str = "pk") -> Q:
    """The condition that a row has what is in the column in common with another of `rows`, or
    `by` what else two of them must differ in."""
    values = (
        rows.order_by()
        .exclude(**{column: ""})
        .values(column)
        .annotate(number=Count(by, distinct=by != "pk"))
        .filter(number__gt=1)
        .values(column)
    )
    return Q(**{f"{column}__in": values})


def _replaced(expression: Any, *pairs: tuple[str, str]) -> Any:
    for old, new in pairs:
        expression = Replace(expression, Value(old), Value(new))
    return expression


def _column(expression: Any) -> GeneratedField:
    # Stored: PostgreSQL before 18 knows no other.
    return GeneratedField(expression=expression, output_field=TextField(), db_persist=True)
