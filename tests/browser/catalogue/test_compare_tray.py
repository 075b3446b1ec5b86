"""The companies chosen for a comparison follow a visitor whose browser runs scripts; what happens
without is in test_tray_without_scripts.py."""

import re

import pytest
from playwright.sync_api import expect

from companies.comparison import MOST
from tests.browser.catalogue.test_accessibility import COLOURS, EVERYTHING, violations

pytestmark = pytest.mark.django_db


@pytest.fixture
def tray(page):
    return page.get_by_role("form", name="Comparison")


def chosen(tray):
    return [text.split("\n")[0] for text in tray.get_by_role("listitem").all_inner_texts()]


def tick(page, name):
    return page.get_by_label(f"Compare {name}", exact=True)


def test_the_tray_follows_from_a_list_over_a_profile_and_a_technology_to_the_comparison(page, tray):
    page.goto("/companies/")
    expect(tray).to_be_hidden()
    tick(page, "Netflix").check()
    expect(tray.get_by_role("status")).to_have_text("1 of 5 chosen")
    expect(tray.get_by_role("button", name="Choose another")).to_be_visible()
    page.get_by_role("rowheader").get_by_role("link", name="Spotify").click()
    expect(page).to_have_url(re.compile("/companies/spotify/$"))
    expect(tray.get_by_role("status")).to_have_text("1 of 5 chosen")
    assert chosen(tray) == ["Netflix"]
    add = page.get_by_role("button", name="Add to comparison")
    expect(add).to_have_attribute("aria-pressed", "false")
    add.click()
    expect(page.get_by_role("button", name="✓ In the comparison")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.goto("/technologies/python/")
    # One company may have several rows; they stand for one choice.
    expect(tick(page, "Netflix").first).to_be_checked()
    tick(page, "Instagram").first.check()
    assert {box.is_checked() for box in tick(page, "Instagram").all()} == {True}
    page.goto("/lists/biggest-users-of-python/")
    expect(tick(page, "Spotify")).to_be_checked()
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"]) == ("compare", "netflix.spotify.instagram")
    assert (cookie["sameSite"], cookie["expires"]) == ("Lax", -1)
    tray.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-netflix-vs-spotify/$"))


def test_one_company_leads_to_where_more_can_be_ticked(page, tray):
    page.goto("/companies/netflix/")
    page.get_by_role("button", name="Add to comparison").click()
    tray.get_by_role("button", name="Choose another").click()
    expect(page).to_have_url(re.compile(r"/compare/\?c=netflix$"))
    expect(page.get_by_label("Netflix")).to_be_checked()


def test_the_masthead_leads_to_the_choice_with_what_is_chosen(page, tray):
    page.goto("/companies/")
    for name in ("Netflix", "Spotify"):
        tick(page, name).check()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare/$"))
    for name in ("Netflix", "Spotify"):
        expect(page.get_by_label(name)).to_be_checked()


def test_a_company_leaves_the_tray_by_its_button_or_its_tick_and_the_focus_is_kept(page, tray):
    page.goto("/companies/")
    for name in ("Netflix", "Spotify", "Instagram"):
        tick(page, name).check()
    tick(page, "Spotify").uncheck()
    assert chosen(tray) == ["Netflix", "Instagram"]
    tray.get_by_role("button", name="Remove Netflix from the comparison").click()
    expect(tick(page, "Netflix")).not_to_be_checked()
    last = tray.get_by_role("button", name="Remove Instagram from the comparison")
    expect(last).to_be_focused()
    page.keyboard.press("Enter")
    expect(tray).to_be_hidden()
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_one_more_than_fit_is_refused_in_words_and_not_ticked(page, tray):
    page.goto("/companies/")
    boxes = page.locator("input[data-compare]")
    for number in range(MOST):
        boxes.nth(number).check()
    boxes.nth(MOST).click()
    name = boxes.nth(MOST).get_attribute("data-compare")
    expect(boxes.nth(MOST)).not_to_be_checked()
    expect(tray.get_by_role("status")).to_have_text(
        f"{MOST} fit side by side: remove one to add {name}."
    )
    assert len(chosen(tray)) == MOST


def test_what_is_compared_is_in_the_tray_on_other_pages(page, tray):
    page.goto("/compare/netflix-vs-spotify/?order=spotify,netflix")
    page.goto("/companies/")
    assert chosen(tray) == ["Spotify", "Netflix"]
    tick(page, "Instagram").check()
    tray.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-netflix-vs-spotify/$"))


def test_going_back_shows_what_is_chosen_now(page, tray):
    page.goto("/companies/")
    tick(page, "Netflix").check()
    page.goto("/companies/netflix/")
    page.get_by_role("button", name="✓ In the comparison").click()
    page.go_back()
    expect(tick(page, "Netflix")).not_to_be_checked()
    expect(tray).to_be_hidden()


def test_a_browser_that_forbids_to_store_anything_still_has_the_tray_of_the_page(page, tray):
    page.add_init_script(
        "Object.defineProperty(document, 'cookie', {"
        " get() { throw new Error('no') }, set() { throw new Error('no') } })"
    )
    page.goto("/companies/")
    tick(page, "Netflix").check()
    tick(page, "Spotify").check()
    tray.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/netflix-vs-spotify/$"))


@pytest.mark.parametrize("options", [{"bypass_csp": True}])
def test_axe_finds_nothing_about_a_filled_tray(page, tray):
    page.goto("/companies/?kind=organisation")
    for box in page.locator("input[data-compare]").all()[:2]:
        box.check()
    page.set_viewport_size({"width": 320, "height": 640})
    assert violations(page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", None),
        ("/domains/networking/", None),
        ("/quotes/", None),
        ("/sources/aim-python-users/", None),
        ("/sources/netflix-python-2019/", "Netflix"),
    ],
)
def test_companies_are_chosen_wherever_they_are_named_as_rows(page, tray, address, name):
    page.goto(address)
    box = page.locator("input[data-compare]").first
    name = name or box.get_attribute("data-compare")
    box.check()
    assert chosen(tray) == [name]
    page.reload()
    assert chosen(tray) == [name]
    expect(tick(page, name).first).to_be_checked()


def test_the_page_of_a_claim_adds_its_company(page, tray):
    page.goto("/claims/netflix-01/")
    page.get_by_role("button", name="Add to comparison").click()
    assert chosen(tray) == ["Netflix"]
    tray.get_by_role("button", name="Remove Netflix from the comparison").click()
    expect(page.get_by_role("button", name="Add to comparison")).to_be_focused()


def test_the_tray_is_used_by_keyboard_alone(page, tray):
    page.goto("/companies/?kind=organisation")
    boxes = page.locator("input[data-compare]")
    for number in (0, 1):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    names = chosen(tray)
    assert len(names) == 2
    submit = tray.get_by_role("button", name="Compare", exact=True)
    while not submit.evaluate("(button) => button === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement !== document.body")
    assert submit.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    first = tray.get_by_role("button", name=f"Remove {names[0]} from the comparison")
    expect(first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/[a-z-]+-vs-[a-z-]+/$"))
