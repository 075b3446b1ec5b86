from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import chromium

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  reportViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.href}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, where Django then suspects async code and
    # refuses the database. There is none.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.flags()
        )
        yield browser
        browser.close()
        # Those opened beside the loop are not seen any more without it, and would stay open.
        connections.close_all()
    patch.undo()


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A fresh profile; `page.goto("/companies/")` is enough."""
    context = browser.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Fails the test at its end if a page broke the content security policy or threw an error."""
    problems: list[str] = []
    context.expose_binding("reportViolation", lambda source, text: problems.append(text))
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    if not page.is_closed():
        page.evaluate("null")  # whatever the page still had to report has arrived after this
        page.close()
    assert problems == []


def log_in(context: BrowserContext, name: str, url: str) -> None:
    """As a superuser, without the form, which has a test of its own."""
    client = Client()
    client.force_login(
        User.objects.create_superuser(name, first_name=name.title()),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


@pytest.fixture
def editor(context: BrowserContext, live_server: Any, transactional_db: None) -> None:
    log_in(context, "ann", live_server.url)
