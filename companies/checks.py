"""System checks of the catalogue's own footing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from companies import cross_row_rules


@register(Tags.database)
def cross_row_rules_are_installed(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """companies.W001: a restored or hand-made database lost the triggers of `cross_row_rules`."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
        # Before the first `migrate` there is nothing to hold.
        if not tables >= cross_row_rules.TABLES:
            continue
        lost = cross_row_rules.missing(connection)
        if lost:
            messages.append(
                # Not an error, which would stop the very `migrate` that mends it.
                Warning(
                    f"The database “{alias}” lacks the triggers for: {', '.join(lost)}.",
                    hint="Run `manage.py migrate`, which installs them.",
                    id="companies.W001",
                )
            )
    return messages
