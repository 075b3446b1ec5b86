import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.fixture(params=["/healthz", "/readyz"])
def path(request):
    return request.param


@pytest.mark.django_db
def test_both_answer_and_are_never_stored(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_both_answer_probes_without_tls_and_under_any_host(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["example.org"]
    assert client.get(path, headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_alive_does_not_ask_the_database(client):
    # Without the database fixture any query raises.
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_with_an_unapplied_migration(client):
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"The database has unapplied migrations.\n"
    assert response.headers["Cache-Control"] == "no-store"


def test_not_ready_without_a_database_and_the_reason_only_in_the_log(client, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("connection to db.internal refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"The database does not answer.\n"
    assert "db.internal" in caplog.text
