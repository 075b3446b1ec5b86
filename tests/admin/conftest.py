from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse


def address(page: str, *args: Any) -> str:
    return reverse(f"admin:companies_{page}", args=args)


@pytest.fixture
def errors() -> Callable[[Any], dict[str, list[str]]]:
    """The errors of a page that was not saved, by field, those of the rows included."""

    def collect(response: Any) -> dict[str, list[str]]:
        assert response.status_code == 200, response.status_code
        found = dict(response.context["adminform"].form.errors)
        for inline in response.context["inline_admin_formsets"]:
            formset = inline.formset
            if formset.non_form_errors():
                found[formset.prefix] = list(formset.non_form_errors())
            for number, form_errors in enumerate(formset.errors):
                found |= {
                    f"{formset.prefix}-{number}-{name}": list(messages)
                    for name, messages in form_errors.items()
                }
        return {name: list(messages) for name, messages in found.items()}

    return collect


@pytest.fixture
def client_with(db: Any) -> Callable[..., Client]:
    """A member of staff who has exactly these permissions."""

    def make(*codenames: str) -> Client:
        user = User.objects.create_user("bob", password="right", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def member(db: Any) -> Callable[..., Client]:
    """A member of staff in one of the groups that come with the site."""

    def make(group: str, name: str = "carla") -> Client:
        user = User.objects.create_user(name, password="right", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def contributor(member: Callable[..., Client]) -> Client:
    return member("Contributor", "carla")


@pytest.fixture
def editor(member: Callable[..., Client]) -> Client:
    return member("Editor", "edgar")
