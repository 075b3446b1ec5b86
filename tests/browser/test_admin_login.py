import pytest
from django.contrib.auth.models import User


@pytest.fixture
def superuser(transactional_db):
    return User.objects.create_superuser("ann", password="right")


def test_an_administrator_logs_in_and_the_policy_holds(page, superuser):
    page.goto("/admin/")
    page.get_by_label("Username").fill("ann")
    page.get_by_label("Password").fill("right")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()
    # Loaded stylesheets show that the test server has the static files.
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    page.goto("/admin/auth/user/add/")
    page.get_by_role("button", name="Log out").wait_for()
