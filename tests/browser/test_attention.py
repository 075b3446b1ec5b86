"""From the first page to a checked claim, without a script of ours and by keyboard."""

import datetime

import pytest
from playwright.sync_api import expect

from companies.models import Claim
from tests.factories import ClaimFactory, CompanyFactory

pytestmark = pytest.mark.usefixtures("editor")


def test_a_claim_that_is_due_is_found_opened_and_checked(page):
    claim = ClaimFactory(checked_on=datetime.date(2000, 1, 1), checked_by="Ann", title="Old one")
    ClaimFactory(checked_on=datetime.datetime.now(tz=datetime.UTC).date(), checked_by="Ann")
    page.goto("/admin/")
    page.get_by_role("link", name="1 claim due for a check").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Old one").click()
    source = page.get_by_role("link", name="Open the source")
    expect(source).to_have_attribute("href", claim.source.url)
    expect(source).to_have_attribute("rel", "noopener noreferrer")
    # What is typed into the form is no part of the click.
    page.locator("#id_title").fill("Typed, but not saved")
    page.get_by_role("button", name="Checked against its source today").click()
    expect(page.locator(".messagelist .success")).to_contain_text("checked against its source")
    claim.refresh_from_db()
    assert (claim.title, claim.checked_by) == ("Old one", "Ann")
    # Saving leads back to the list that one came from, where it is gone.
    page.get_by_role("button", name="Save", exact=True).click()
    assert "attention=check_due" in page.url
    expect(page.locator("#result_list tbody tr")).to_have_count(0)
    page.goto("/admin/")
    expect(page.get_by_role("link", name="0 claims due for a check")).to_be_visible()


def test_the_counts_are_reached_and_opened_by_keyboard(page):
    for name in ("Acme", "Acme Inc."):
        CompanyFactory(name=name)
    page.goto("/admin/")
    link = page.get_by_role("link", name="2 companies perhaps entered twice")
    for _ in range(60):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_several_are_checked_from_the_list(page):
    for _ in range(2):
        ClaimFactory()
    page.goto("/admin/companies/claim/?attention=never_checked")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("check_today")
    page.get_by_role("button", name="Go").click()
    said = page.locator(".messagelist .success")
    expect(said).to_have_text("2 claims recorded as checked today.")
    assert set(Claim.objects.values_list("checked_by", flat=True)) == {"Ann"}
