"""From DATABASE_URL to Django's connection settings, for the two databases the tests run on."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Never with the given value: it holds a password.
NOT_UNDERSTOOD = (
    "DATABASE_URL cannot be used; allowed are postgres://user:password@host:5432/name "
    "and sqlite:////absolute/path/to/file."
)

SQLITE_OPTIONS = {
    # Readers do not wait for the writer. NORMAL may lose the last commits in a power cut, but in
    # WAL mode it cannot damage the file. Foreign keys Django switches on by itself.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    # Take the write lock when a transaction begins. A transaction that starts with a read and
    # then writes would otherwise fail at once, without waiting, when another one wrote meanwhile.
    "transaction_mode": "IMMEDIATE",
    # Seconds a writer waits for another one.
    "timeout": 20,
}


def database(url: str | None, default_file: Path) -> dict[str, Any]:
    """An entry for DATABASES; without a URL, SQLite in `default_file`.

    Raises ImproperlyConfigured for a URL that is malformed or for another kind of database: the
    rules of the catalogue are database constraints, and they are only proven on these two.
    """
    if url is None:
        config: dict[str, Any] = {"ENGINE": SQLITE, "NAME": default_file}
    else:
        try:
            config = dict(dj_database_url.parse(url))
        except ValueError:
            raise ImproperlyConfigured(NOT_UNDERSTOOD) from None
    if config["ENGINE"] == SQLITE and config["NAME"]:
        return config | {"OPTIONS": SQLITE_OPTIONS}
    if config["ENGINE"] == POSTGRESQL and config["NAME"]:
        # A connection per request costs half of the throughput. The health check replaces one
        # that died with a restart of the database.
        return config | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    raise ImproperlyConfigured(NOT_UNDERSTOOD)
