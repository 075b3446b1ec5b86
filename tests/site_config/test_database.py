import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from site_config.database import database

ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def value(pragma):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return cursor.fetchone()[0]


@pytest.mark.skipif(not ON_SQLITE, reason="SQLite")
@pytest.mark.django_db
def test_sqlite_runs_in_wal_with_foreign_keys_and_a_busy_timeout():
    assert value("journal_mode") == "wal"
    assert value("synchronous") == 1
    assert value("foreign_keys") == 1
    assert value("busy_timeout") == 20_000


@pytest.mark.skipif(not ON_SQLITE, reason="SQLite")
@pytest.mark.django_db(transaction=True)
def test_sqlite_transactions_take_the_write_lock_when_they_begin():
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_a_postgresql_url_keeps_its_connection_and_checks_it(tmp_path):
    config = database("postgres://ann:s%40crt@db.example:5433/facts?sslmode=require", tmp_path)
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"]) == ("ann", "s@crt")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "facts")
    assert config["OPTIONS"] == {"sslmode": "require"}
    assert config["CONN_MAX_AGE"] == 600
    assert config["CONN_HEALTH_CHECKS"] is True


def test_a_sqlite_url_gets_the_same_options_as_the_default(tmp_path):
    by_default = database(None, tmp_path / "file")
    by_url = database(f"sqlite:///{tmp_path}/file", tmp_path / "other")
    assert by_default["NAME"] == tmp_path / "file"
    assert by_url["NAME"] == f"{tmp_path}/file"
    assert by_default["OPTIONS"] == by_url["OPTIONS"]
    assert by_default["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
