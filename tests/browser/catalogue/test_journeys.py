"""What visitors come for, done in a browser that runs no JavaScript at all."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture
def options():
    return {"java_script_enabled": False}


def test_from_a_folded_section_back_to_all_by_keyboard(page):
    page.goto("/compare/netflix-vs-spotify/?differences=on")
    rows = page.locator(".compare tbody tr").filter(visible=True)
    everything = rows.count()
    fold = page.get_by_role("rowheader").get_by_role("link", name="Key figures")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?differences=on&folded=figures#figures$"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert 0 < rows.count() < everything
    page.emulate_media(media="print")
    assert rows.count() == everything
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Open all").click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert rows.count() == everything


def test_from_two_companies_to_three_in_an_order_of_ones_own(page):
    heads = page.get_by_role("columnheader")
    page.goto("/compare/netflix-vs-spotify/?differences=on")
    page.get_by_label("Add a company").fill("nobody at all")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("No company is called “nobody at all”.")).to_be_visible()
    page.get_by_label("Add a company").fill("pinterest")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/netflix-vs-pinterest-vs-spotify/\?differences=on#"))
    page.get_by_role("link", name="Move Spotify left").click()
    page.get_by_role("link", name="Move Spotify left").click()
    expect(page).to_have_url(re.compile(r"\?differences=on&order=spotify,netflix,pinterest#"))
    links = heads.locator("> a")
    assert [name for name in links.all_inner_texts() if name] == [
        "Spotify",
        "Netflix",
        "Pinterest",
    ]
    page.get_by_role("link", name="remove Netflix").click()
    expect(page).to_have_url(re.compile(r"/pinterest-vs-spotify/\?differences=on&order=spotify"))
    expect(page.get_by_label("Differences only")).to_be_checked()


def test_from_an_arrangement_to_the_link_that_leads_back_to_it(page):
    page.goto("/compare/netflix-vs-spotify/?utm_source=x&order=spotify,netflix&folded=why,glance")
    link = page.get_by_label("Link to this view")
    expect(link).to_have_value(
        re.compile(r"/compare/netflix-vs-spotify/\?folded=glance,why&order=spotify,netflix$")
    )
    expect(link).not_to_be_editable()
    expect(page.get_by_role("button", name="Copy the link")).to_have_count(0)
    page.goto(link.input_value())
    expect(page.get_by_role("heading", level=1)).to_have_text("Spotify vs Netflix")


def test_from_a_profile_to_a_comparison_with_another(page):
    page.goto("/companies/netflix/")
    page.get_by_role("button", name="Compare Netflix with").click()
    expect(page.get_by_label("Netflix")).to_be_checked()
    page.get_by_label("Find more").fill("pinte")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("Netflix")).to_be_checked()
    page.get_by_label("Pinterest").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/netflix-vs-pinterest/$"))


def test_from_too_few_ticks_to_enough(page):
    page.goto("/companies/")
    page.get_by_label("Compare Netflix", exact=True).check()
    page.get_by_role("button", name="Compare the ticked").click()
    expect(page.get_by_text("Tick at least 2 companies to compare.")).to_be_visible()
    page.get_by_label("Spotify").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/netflix-vs-spotify/$"))


def test_from_an_article_to_what_it_got_wrong(page):
    page.goto("/lists/biggest-users-of-python/")
    page.get_by_role("link", name="its statements, fact-checked").click()
    page.get_by_role("link", name=re.compile("Contradicted 1 of")).click()
    statements = page.locator(".checks > li")
    expect(statements).to_have_count(1)
    statements.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_text("Disputed").first).to_be_visible()


def test_from_a_filter_to_nothing_and_back(page):
    page.goto("/companies/")
    page.get_by_label("Industry").select_option("Video streaming")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("1 profile")
    page.get_by_label("Find").fill("spotify")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text("No profiles match.")
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_role("status")).to_contain_text("profiles")
