"""The language and the colours that a visitor chose stay, with scripts and without."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def options(request):
    return {"java_script_enabled": request.param, "locale": "en-GB"}


def test_the_language_is_chosen_by_a_link_and_stays(page):
    page.goto("/companies/")
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "en")
    page.get_by_role("contentinfo").get_by_role("link", name="Deutsch").click()
    expect(html).to_have_attribute("lang", "de")
    page.get_by_role("rowheader").get_by_role("link", name="Netflix", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Netflix")
    expect(html).to_have_attribute("lang", "de")
    page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    expect(html).to_have_attribute("lang", "en")


def test_the_colours_are_chosen_by_a_link_and_stay(page):
    page.goto("/companies/")
    html = page.locator("html")
    page.get_by_role("contentinfo").get_by_role("link", name="dark").click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_role("rowheader").get_by_role("link", name="Netflix", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Netflix")
    expect(html).to_have_attribute("data-theme", "dark")
