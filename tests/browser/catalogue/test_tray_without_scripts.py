"""The tray follows a visitor whose browser runs no scripts, by plain forms."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture
def options():
    return {"java_script_enabled": False}


@pytest.fixture
def tray(page):
    return page.get_by_role("form", name="Comparison")


def tick(page, name):
    return page.get_by_label(f"Compare {name}", exact=True)


def chosen(tray):
    return [text.strip(" ×\n") for text in tray.get_by_role("listitem").all_inner_texts()]


def keep(tray):
    tray.get_by_role("button", name="Keep these ticked").click()


def test_ticks_follow_from_a_filtered_list_over_a_profile_to_the_comparison(page, tray):
    page.goto("/companies/?q=netflix")
    tick(page, "Netflix").check()
    keep(tray)
    expect(page).to_have_url(re.compile(r"/companies/\?q=netflix#compare-tray$"))
    expect(tick(page, "Netflix")).to_be_checked()
    assert chosen(tray) == ["Netflix"]
    page.goto("/companies/spotify/")
    assert chosen(tray) == ["Netflix"]
    page.get_by_role("button", name="Add to comparison").click()
    expect(page).to_have_url(re.compile(r"/companies/spotify/#compare-tray$"))
    expect(page.get_by_role("button", name="✓ In the comparison")).to_be_visible()
    assert chosen(tray) == ["Netflix", "Spotify"]
    page.goto("/technologies/python/")
    # One company may have several rows.
    assert {box.is_checked() for box in tick(page, "Netflix").all()} == {True}
    tick(page, "Instagram").first.check()
    tray.get_by_role("button", name="Compare the ticked").click()
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-netflix-vs-spotify/$"))
    page.goto("/claims/netflix-01/")
    assert chosen(tray) == ["Netflix", "Spotify", "Instagram"]


def test_a_company_leaves_by_its_button_by_its_tick_and_on_its_own_page(page, tray):
    page.goto("/companies/")
    for name in ("Netflix", "Spotify", "Instagram"):
        tick(page, name).check()
    keep(tray)
    tray.get_by_role("button", name="Remove Netflix from the comparison").click()
    expect(tick(page, "Netflix")).not_to_be_checked()
    assert chosen(tray) == ["Instagram", "Spotify"]
    tick(page, "Spotify").uncheck()
    keep(tray)
    assert chosen(tray) == ["Instagram"]
    page.goto("/companies/instagram/")
    page.get_by_role("button", name="✓ In the comparison").click()
    expect(page.get_by_role("button", name="Add to comparison")).to_be_visible()
    expect(tray).to_be_hidden()
    assert page.context.cookies() == []


def test_one_company_of_several_rows_leaves_by_any_of_its_ticks(page, tray):
    page.goto("/technologies/python/")
    boxes = tick(page, "Netflix")
    assert boxes.count() > 1
    boxes.first.check()
    keep(tray)
    boxes.last.uncheck()
    keep(tray)
    assert {box.is_checked() for box in boxes.all()} == {False}


@pytest.mark.parametrize(
    "address",
    [
        "/domains/networking/",
        "/quotes/",
        "/sources/aim-python-users/",
        "/lists/biggest-users-of-python/",
    ],
)
def test_companies_are_kept_wherever_they_are_named_as_rows(page, tray, address):
    page.goto(address)
    box = page.locator("input[data-compare]").first
    name = box.get_attribute("data-compare")
    box.check()
    keep(tray)
    expect(page).to_have_url(re.compile(f"{re.escape(address)}#compare-tray$"))
    assert chosen(tray) == [name]
    expect(tick(page, name).first).to_be_checked()


def test_one_company_leads_from_a_profile_to_where_another_is_chosen(page, tray):
    page.goto("/companies/netflix/")
    expect(tray).to_be_hidden()
    page.get_by_role("button", name="Add to comparison").click()
    tray.get_by_role("button", name="Choose another").click()
    expect(page).to_have_url(re.compile(r"/compare/\?c=netflix$"))
    page.get_by_label("Spotify").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/netflix-vs-spotify/$"))
    page.goto("/companies/netflix/")
    assert sorted(chosen(tray)) == ["Netflix", "Spotify"]


def test_the_masthead_leads_to_the_choice_with_what_is_kept(page, tray):
    page.goto("/companies/")
    tick(page, "Netflix").check()
    keep(tray)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    expect(page.get_by_label("Netflix")).to_be_checked()


@pytest.mark.parametrize("button", ["Compare the ticked", "Keep these ticked"])
def test_more_than_fit_are_refused_in_words_with_all_of_them_at_hand(page, tray, button):
    page.goto("/companies/")
    boxes = page.locator("input[data-compare]")
    for number in range(6):
        boxes.nth(number).check()
    tray.get_by_role("button", name=button).click()
    expect(page.get_by_text("6 are ticked; at most 5 fit side by side.")).to_be_visible()
    first = page.get_by_role("group", name="Chosen").get_by_role("checkbox")
    expect(first).to_have_count(6)
    first.first.uncheck()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/([a-z0-9-]+-vs-){4}[a-z0-9-]+/$"))


def test_by_keyboard_the_focus_comes_back_to_the_tray(page, tray):
    page.goto("/companies/?kind=organisation")
    tick(page, "CERN").focus()
    page.keyboard.press("Space")
    keep_button = tray.get_by_role("button", name="Keep these ticked")
    keep_button.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#compare-tray$"))
    expect(tray).to_be_focused()
    page.keyboard.press("Tab")
    expect(tray.get_by_role("button", name="Compare the ticked")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(tray.get_by_role("button", name="Remove CERN from the comparison")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tick(page, "CERN")).not_to_be_checked()


def test_the_enter_key_in_a_tick_removes_nobody(page, tray):
    page.goto("/companies/")
    for name in ("Netflix", "Spotify"):
        tick(page, name).check()
    keep(tray)
    tick(page, "Instagram").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-netflix-vs-spotify/$"))
