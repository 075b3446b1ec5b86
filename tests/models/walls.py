"""Every rule the database is to hold, and which of them refused a change."""

import re

from django.apps import apps
from django.db import connection
from django.db.models import JSONField

from companies.cross_row_rules import NAMES
from companies.models import SearchDocument, SearchName

# The search's tables are made from the others and written by nobody else; FTS5 knows no rules.
DERIVED = (SearchDocument, SearchName)
MODELS = [
    model
    for model in apps.get_app_config("companies").get_models()
    if not model._meta.proxy and model not in DERIVED
]


def columns():
    """Every column of every table that is written, but the primary keys: (model, field)."""
    return [
        (model, field)
        for model in MODELS
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not field.generated
    ]


def name_of(model, *attnames):
    return f"{model._meta.db_table}.{','.join(attnames)}"


def named_walls():
    """What the models declare, as the names that `wall` answers; NOT NULL and references aside."""
    walls = set(NAMES)
    for model in MODELS:
        walls |= {constraint.name for constraint in model._meta.constraints}
    for model, field in columns():
        if field.unique:
            walls.add(name_of(model, field.attname))
        # What isn't JSON at all gets through to no database, and only SQLite has a check for it.
        if field.db_check(connection) and not isinstance(field, JSONField):
            walls.add(f"{name_of(model, field.attname)} >= 0")
    return walls


def wall(error):
    """Name the rule that an IntegrityError comes from, in the same words on both databases."""
    if connection.vendor == "sqlite":
        return _sqlite_wall(str(error))
    diagnosis = error.__cause__.diag
    if diagnosis.column_name:
        return f"{diagnosis.table_name}.{diagnosis.column_name}"
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, diagnosis.table_name or "")
    found = known.get(diagnosis.constraint_name)
    if not found:
        return diagnosis.constraint_name
    return _wall_of(diagnosis.table_name, diagnosis.constraint_name, found)


def _wall_of(table, name, found):
    if name in named_walls():
        return name
    column = ",".join(found["columns"] or ())
    return f"{table}.{column} >= 0" if found["check"] else f"{table}.{column}"


def _sqlite_wall(message):
    if cross_row := re.match(r"(\w+): ", message):
        return cross_row[1]
    _, _, what = message.partition(" constraint failed: ")
    if index := re.fullmatch(r"index '(\w+)'", what):
        return index[1]
    failed = what.split(", ")
    for model in MODELS:
        for constraint in model._meta.total_unique_constraints:
            attnames = [model._meta.get_field(name).attname for name in constraint.fields]
            if failed == [name_of(model, attname) for attname in attnames]:
                return constraint.name
        for field in model._meta.local_concrete_fields:
            # SQLite names an unnamed check by its text, or by its column before version 3.39.
            if field.db_check(connection) and what in (field.column, field.db_check(connection)):
                return f"{name_of(model, field.attname)} >= 0"
    return what
