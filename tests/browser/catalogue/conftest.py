"""A server with the starter catalogue, loaded once: the fixture `live_server` would empty it after
each test, because it cannot know that none of these writes anything.

The modules are marked `django_db` all the same, since without the mark of any test there would be
no database; the transaction around a test stays empty."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="package")
def catalogue_server(
    django_db_setup: None, browser: Browser, django_db_blocker: Any
) -> Iterator[str]:
    """The address of the server. `browser` is asked for because it lets Django into its loop."""
    with django_db_blocker.unblock():
        call_command("load_catalog", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        # The groups come from a migration, which a flush doesn't run again.
        groups = {
            group.name: list(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        }
        call_command("flush", verbosity=0, interactive=False)
        for name, codenames in groups.items():
            found = Permission.objects.filter(codename__in=codenames)
            Group.objects.create(name=name).permissions.set(found)


@pytest.fixture
def options() -> dict[str, Any]:
    """Of the browser's context; a test module says otherwise by a fixture of the same name."""
    return {}


@pytest.fixture
def context(
    browser: Browser, catalogue_server: str, options: dict[str, Any]
) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=catalogue_server, **options)
    context.set_default_timeout(10_000)
    yield context
    context.close()
