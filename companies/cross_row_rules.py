"""Rules that no check constraint can hold because they look at more than one row.

The shares of a claim sum to at most 100 (+0.5 for rounding), a company is not its own ancestor, and
a quote's speaker is named by the claim or by its source. Triggers hold them on both databases, so
that raw SQL meets the same wall as the admin. They fire at the end of each row's change; code that
rewrites several shares of a claim therefore saves the ones that shrink first.

Two transactions that each keep a rule, but not together, are kept apart: SQLite has one writer at a
time anyway, and on PostgreSQL a trigger locks what its rule is about before it looks.

Installed after every `migrate` and removed before it, because SQLite rebuilds a table to alter it:
that drops the table's triggers, and fails while a trigger of another table names it.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from companies.figure import SHARES_LIMIT

TABLES = {
    "companies_codebaseshare",
    "companies_company",
    "companies_claim",
    "companies_source",
}

_SHARES = "The shares of a claim add up to more than 100 percent."
_ANCESTRY = "A company cannot be its own ancestor."
_ATTRIBUTION = "A quote needs a speaker, or a source that names its author."

_SHARES_BROKEN = f"""
    (SELECT ROUND(SUM(percentage), 3) FROM companies_codebaseshare
     WHERE claim_id = NEW.claim_id) > {SHARES_LIMIT}
"""  # noqa: S608 - constants only
_BLANKS = "' \t\r\n'"
_ATTRIBUTION_BROKEN = f"""
    NEW.kind = 'quote' AND TRIM(NEW.speaker, {_BLANKS}) = ''
    AND (SELECT TRIM(author, {_BLANKS}) FROM companies_source WHERE id = NEW.source_id) = ''
"""  # noqa: S608 - constants only
_AUTHOR_NEEDED = f"""
    TRIM(NEW.author, {_BLANKS}) = '' AND EXISTS (
        SELECT 1 FROM companies_claim
        WHERE source_id = NEW.id AND kind = 'quote' AND TRIM(speaker, {_BLANKS}) = '')
"""  # noqa: S608 - constants only
_ANCESTORS = """
    WITH RECURSIVE ancestor (company_id, id) AS (
        SELECT id, parent_id FROM companies_company WHERE parent_id IS NOT NULL
        UNION
        SELECT ancestor.company_id, companies_company.parent_id
        FROM ancestor JOIN companies_company ON companies_company.id = ancestor.id
        WHERE companies_company.parent_id IS NOT NULL)
    SELECT company_id, id FROM ancestor
"""
_ANCESTRY_BROKEN = """
    NEW.parent_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM companies_ancestor WHERE company_id = NEW.id AND id = NEW.id)
"""


class Rule(NamedTuple):
    name: str
    table: str
    columns: str  # whose change matters
    broken: str
    message: str
    lock: str = ""  # what PostgreSQL locks first


_RULES = (
    Rule(
        "shares_total",
        "companies_codebaseshare",
        "claim_id, percentage",
        _SHARES_BROKEN,
        _SHARES,
        "FROM companies_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE",
    ),
    Rule(
        "company_ancestry",
        "companies_company",
        "parent_id",
        _ANCESTRY_BROKEN,
        _ANCESTRY,
        # Any company above or below may close the circle, so that there is no row to lock.
        "FROM pg_advisory_xact_lock(hashtext('company_ancestry')) WHERE NEW.parent_id IS NOT NULL",
    ),
    Rule(
        "quote_attribution",
        "companies_claim",
        "kind, speaker, source_id",
        _ATTRIBUTION_BROKEN,
        _ATTRIBUTION,
        "FROM companies_source WHERE id = NEW.source_id AND NEW.kind = 'quote' FOR SHARE",
    ),
    # The changed source itself is locked by its change.
    Rule("source_author_needed", "companies_source", "author", _AUTHOR_NEEDED, _ATTRIBUTION),
)
NAMES = tuple(rule.name for rule in _RULES)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, if the tables are there."""
    remove(connection)
    with connection.cursor() as cursor:
        if not set(connection.introspection.table_names(cursor)) >= TABLES:
            return
        # SQLite allows no WITH inside a trigger, but lets a trigger read a view that has one.
        cursor.execute(f"CREATE VIEW companies_ancestor AS {_ANCESTORS}")
        for rule in _RULES:
            for statement in _statements(connection.vendor, rule):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in NAMES:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_insert")
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_update")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS companies_{name}() CASCADE")
        cursor.execute("DROP VIEW IF EXISTS companies_ancestor")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the rules that the database does not hold."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if not {f"{name}_insert", f"{name}_update"} <= present]


def _statements(vendor: str, rule: Rule) -> list[str]:
    name, table, columns, broken, message, lock = rule
    events = {"insert": "INSERT", "update": f"UPDATE OF {columns}"}
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name}_{event} AFTER {words} ON {table} WHEN {broken} "
            f"BEGIN SELECT RAISE(ABORT, '{name}: {message}'); END"
            for event, words in events.items()
        ]
    wait = f"PERFORM 1 {lock}; " if lock else ""
    function = (
        f"CREATE FUNCTION companies_{name}() RETURNS trigger LANGUAGE plpgsql AS $body$ "
        f"BEGIN {wait}IF {broken} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"MESSAGE = '{name}: {message}', CONSTRAINT = '{name}'; END IF; RETURN NULL; END $body$"
    )
    return [function] + [
        f"CREATE TRIGGER {name}_{event} AFTER {words} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION companies_{name}()"
        for event, words in events.items()
    ]
