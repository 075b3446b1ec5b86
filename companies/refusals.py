"""Which rule it was that the database refused a row by, in the rule's own words."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import DatabaseError
from django.db.models import CheckConstraint, UniqueConstraint

from companies import cross_row_rules

_CROSS_ROW = re.compile(rf"\b(?:{'|'.join(cross_row_rules.NAMES)}): ([^\n]+)")


def broken_rule(error: DatabaseError) -> str:
    """The message of the constraint or trigger that the error names; empty for any other error.

    Both databases put the name of a constraint into their message, each in another sentence.
    """
    text = str(error)
    if found := _CROSS_ROW.search(text):
        return found[1]
    names = set(re.findall(r"\w+", text))
    for model in apps.get_app_config("companies").get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint | UniqueConstraint) and (
                constraint.name in names
            ):
                return str(constraint.violation_error_message)
    return ""
