"""The search box as a combobox where scripts run, and as a plain form where they don't."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(page):
    page.goto("/search/")
    return page.get_by_role("combobox", name="Search companies")


@pytest.fixture
def options(request):
    return {"java_script_enabled": "without_script" not in request.node.name}


def suggested(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_the_list_is_not_to_be_seen_before_anything_is_typed(page, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    listed = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listed).to_have_count(1)
    expect(listed).to_be_hidden()


def test_names_are_suggested_and_reached_by_keys_alone(page, box):
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("netf")
    expect(suggested(page)).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    option = suggested(page).first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    expect(option).to_have_text("NetflixCompany")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/companies/netflix/$"))


def test_the_arrows_go_round_over_the_box_itself(page, box):
    box.press_sequentially("pyt")
    expect(suggested(page)).to_have_count(2)
    for key, chosen in (("ArrowUp", 1), ("ArrowUp", 0), ("ArrowUp", None), ("ArrowDown", 0)):
        box.press(key)
        states = [one.get_attribute("aria-selected") for one in suggested(page).all()]
        assert states == [str(number == chosen).lower() for number in range(2)]


def test_escape_closes_the_list_and_keeps_the_words(page, box):
    box.press_sequentially("pyt")
    expect(suggested(page)).to_have_count(2)
    box.press("Escape")
    expect(suggested(page)).to_have_count(0)
    expect(box).to_have_value("pyt")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_is_chosen_by_a_click(page, box):
    box.press_sequentially("pytor")
    suggested(page).first.click()
    expect(page).to_have_url(re.compile("/technologies/pytorch/$"))


def test_enter_without_a_choice_searches(page, box):
    box.press_sequentially("python to go")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=python\+to\+go$"))
    expect(page.locator("mark").first).to_be_visible()


def test_words_and_facets_find_evidence_without_script(page):
    page.goto("/search/")
    page.get_by_label("Search companies").fill("migrating from python")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("navigation", name="Narrow the search").get_by_role(
        "link", name="Go", exact=True
    ).click()
    expect(page).to_have_url(re.compile("technology=go"))
    taken_back = page.get_by_role("list", name="Narrowed to").get_by_role(
        "link", name="Technology: Go"
    )
    expect(taken_back).to_be_visible()
    page.locator(".hit h3 a").first.click()
    expect(page).to_have_url(re.compile("/claims/"))


@pytest.mark.parametrize("how", ["with_script", "without_script"])
def test_on_a_phone_what_narrows_a_search_is_folded_above_the_results(page, how):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/search/?q=python")
    facets = page.get_by_role("navigation", name="Narrow the search")
    expect(facets).to_be_hidden()
    assert page.locator(".hit").first.bounding_box()["y"] < 400
    page.get_by_text("Narrow the search").first.click()
    facets.get_by_role("link", name="Quote", exact=True).click()
    expect(page).to_have_url(re.compile("kind=quote"))
    page.get_by_role("link", name="Kind: Quote").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=python$"))


def test_where_there_is_room_it_stands_open_and_can_be_passed_over_by_keys(page):
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto("/search/?q=python")
    facets = page.get_by_role("navigation", name="Narrow the search")
    expect(facets.get_by_role("link", name="Use case", exact=True)).to_be_visible()
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Tab")
    passing = page.get_by_role("link", name="Skip to what was found")
    expect(passing).to_be_focused()
    assert passing.bounding_box()["width"] > 100
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".hit a").first).to_be_focused()
