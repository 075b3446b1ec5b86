import pytest
from django.contrib.auth.models import User

LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def editor(db, settings):
    settings.AXES_FAILURE_LIMIT = 3
    return User.objects.create_user("ann", password="right", is_staff=True)


def attempt(client, password, username="ann", address="192.0.2.1"):
    data = {"username": username, "password": password}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def lock(client):
    for _ in range(3):
        response = attempt(client, "wrong")
    return response


def test_the_last_wrong_password_locks_and_says_for_how_long(client):
    response = lock(client)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert response.headers["Cache-Control"] == "no-store"
    assert "15 minutes" in response.content.decode()


def test_while_locked_the_right_password_is_refused_too(client):
    lock(client)
    assert attempt(client, "right").status_code == 429


def test_another_address_and_another_account_are_not_locked(client):
    User.objects.create_user("bob", password="right", is_staff=True)
    lock(client)
    assert attempt(client, "right", username="bob").status_code == 302
    assert attempt(client, "right", address="192.0.2.2").status_code == 302


def test_a_success_starts_the_count_anew(client):
    attempt(client, "wrong")
    attempt(client, "wrong")
    assert attempt(client, "right").status_code == 302
    client.logout()
    assert attempt(client, "wrong").status_code == 200


def test_a_forged_header_does_not_get_around_the_lock(client):
    lock(client)
    data = {"username": "ann", "password": "right"}
    response = client.post(
        LOGIN, data, REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "198.51.100.7"}
    )
    assert response.status_code == 429


def test_an_unknown_account_is_locked_the_same_way(client):
    for _ in range(3):
        response = attempt(client, "wrong", username="<nobody>")
    assert response.status_code == 429
    assert b"nobody" not in response.content
