"""Two people at the same entry at the same time, each in a browser of their own."""

import re

import pytest
from playwright.sync_api import expect

from companies.exchange.revisions import record_missing
from companies.models import CodebaseShare, CompanyList, Source
from tests.browser.conftest import REPORT_VIOLATIONS, log_in
from tests.browser.test_admin import choose
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sessions(browser, live_server):
    """Makes a page for each name; fails at the end if one of them broke the content policy."""
    contexts, problems = [], []

    def open_for(name):
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(10_000)
        context.expose_binding("reportViolation", lambda source, text: problems.append(text))
        context.add_init_script(REPORT_VIOLATIONS)
        log_in(context, name, live_server.url)
        contexts.append(context)
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()
    assert problems == []


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def saved(page):
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_on_one_claim_and_its_rows_nothing_is_lost(sessions):
    claim = ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 20})
    TechnologyFactory(name="Rust")
    record_missing()
    ann, bob = sessions("ann"), sessions("bob")
    address = f"/admin/companies/codebaseshareclaim/{claim.pk}/change/"
    ann.goto(address)
    bob.goto(address)
    ann.locator("#id_title").fill("Ann's title")
    ann.locator("#id_shares-0-percentage").fill("55")
    ann.locator("#id_locator").fill("second table")
    ann.locator("#id_reason").fill("Counted again.")
    save(ann)
    saved(ann)

    bob.locator("#id_scope").fill("back end")
    bob.get_by_role("button", name="Add another Share").click()
    choose(bob, "id_shares-2-technology", "Rust")
    bob.locator("#id_shares-2-percentage").fill("5")
    bob.locator("#id_reason").fill("Rust is there, too.")
    save(bob)
    conflict = bob.locator(".conflict")
    expect(conflict).to_contain_text("Ann saved this on")
    expect(conflict).to_contain_text("Counted again.")
    title = conflict.locator("tr", has_text="Title").locator("td")
    expect(title.nth(1)).to_have_text("Ann's title")
    expect(bob.locator("#id_scope")).to_have_value("back end")
    expect(bob.locator("#id_shares-2-percentage")).to_have_value("5")

    # Bob takes over what Ann did, and keeps what is his.
    bob.locator("#id_title").fill("Ann's title")
    bob.locator("#id_shares-0-percentage").fill("55")
    save(bob)
    saved(bob)
    claim.refresh_from_db()
    assert (claim.title, claim.scope) == ("Ann's title", "back end")
    shares = CodebaseShare.objects.filter(claim=claim).select_related("technology")
    assert {str(s.technology): int(s.percentage) for s in shares} == {
        "Python": 55,
        "Java": 20,
        "Rust": 5,
    }


def test_on_one_source_the_second_is_told(sessions):
    source = SourceFactory()
    record_missing()
    ann, bob = sessions("ann"), sessions("bob")
    for page, title in ((ann, "Ann's"), (bob, "Bob's")):
        page.goto(f"/admin/companies/source/{source.pk}/change/")
        page.locator("#id_title").fill(title)
    save(ann)
    saved(ann)
    save(bob)
    expect(bob.locator(".conflict")).to_contain_text("Ann saved this on")
    expect(bob.locator("#id_title")).to_have_value("Bob's")
    assert Source.objects.get().title == "Ann's"


def test_on_one_company_the_second_is_told(sessions):
    company = CompanyFactory(name="Netflix")
    record_missing()
    ann, bob = sessions("ann"), sessions("bob")
    for page, summary in ((ann, "Ann's"), (bob, "Bob's")):
        page.goto(f"/admin/companies/company/{company.pk}/change/")
        page.locator("#id_summary").fill(summary)
    save(ann)
    saved(ann)
    save(bob)
    expect(bob.locator(".conflict tbody td").nth(1)).to_have_text("Ann's")
    save(bob)
    saved(bob)
    company.refresh_from_db()
    assert company.summary == "Bob's"


def test_on_one_list_both_additions_stay(sessions):
    made = CompanyListFactory(companies=[CompanyFactory(name="Spotify")])
    CompanyFactory(name="Netflix")
    CompanyFactory(name="Quora")
    record_missing()
    ann, bob = sessions("ann"), sessions("bob")
    for page, name, position in ((ann, "Netflix", "2"), (bob, "Quora", "3")):
        page.goto(f"/admin/companies/companylist/{made.pk}/change/")
        page.get_by_role("button", name=re.compile("Add another")).click()
        choose(page, "id_entries-1-company", name)
        page.locator("#id_entries-1-position").fill(position)
    save(ann)
    saved(ann)
    save(bob)
    expect(bob.locator(".conflict")).to_be_visible()
    save(bob)
    saved(bob)
    names = CompanyList.objects.get().entries.values_list("company__name", flat=True)
    assert list(names) == ["Spotify", "Netflix", "Quora"]
