"""Sections of a comparison fold at once where scripts run, and by links where they don't; columns
move, come and go by links in any browser."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from companies import reading_day

pytestmark = pytest.mark.django_db

PATH = "/compare/netflix-vs-spotify/"
THREE = "/compare/instagram-vs-netflix-vs-spotify/"
WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "options", [{"java_script_enabled": False}, {}], ids=["without", "with"]
)


@pytest.fixture
def fold(page):
    return page.get_by_role("rowheader").get_by_role("link", name="Key figures")


@pytest.fixture
def asked(page):
    """The addresses of the pages that were asked for."""
    asked = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if request.is_navigation_request() else None,
    )
    return asked


def visible(page):
    return page.locator(".compare tbody tr").filter(visible=True).count()


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_a_section_is_folded_and_opened_without_the_page_being_asked_for_again(page, fold, asked):
    page.goto(f"{PATH}?differences=on&order=spotify,netflix")
    everything = visible(page)
    fold.focus()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(fold).to_be_focused()
    assert 0 < visible(page) < everything
    expect(page).to_have_url(re.compile(r"\?differences=on&folded=figures&order=spotify,netflix$"))
    expect(page.locator("tbody.folded .count")).to_have_text(re.compile(r"^\d+ rows?$"))
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    assert visible(page) == everything
    expect(page).to_have_url(re.compile(r"\?differences=on&order=spotify,netflix$"))
    assert len(asked) == 1
    # Going back leaves the comparison: folding is no page of its own.
    assert page.evaluate("history.length") == 2


def test_what_was_folded_at_once_is_folded_after_everything_else_that_is_done(page, fold):
    page.goto(THREE)
    fold.click()
    page.get_by_role("rowheader").get_by_role("link", name="At a glance").click()
    expect(page).to_have_url(re.compile(r"\?folded=glance,figures$"))
    assert page.get_by_label("Link to this view").input_value() == page.url
    for link in ("CSV", "JSON"):
        address = page.get_by_role("link", name=link, exact=True).get_attribute("href")
        assert "folded=glance,figures" in address
        assert f"format={link.lower()}" in address
    page.get_by_role("link", name="Move Spotify left").click()
    expect(page).to_have_url(re.compile(r"\?folded=glance,figures&order=.*#left-spotify$"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    page.get_by_label("Differences only").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"differences=on&.*folded=glance"))
    expect(page.locator("tbody.folded")).to_have_count(1)


def test_all_sections_fold_and_open_at_once(page, asked):
    page.goto(PATH)
    sections = page.locator(".compare tbody").count()
    everything = page.get_by_role("link", name="Fold all")
    everything.click()
    expect(page.locator("tbody.folded")).to_have_count(sections)
    assert visible(page) == sections
    page.get_by_role("link", name="Open all").click()
    expect(page.locator("tbody.folded")).to_have_count(0)
    expect(page.get_by_role("link", name="Fold all")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{PATH}$"))
    assert len(asked) == 1


def test_the_link_of_a_section_leads_to_the_page_with_it_folded(page, fold):
    page.goto(f"{PATH}?folded=why")
    fold.click()
    page.get_by_role("rowheader").get_by_role("link", name="Quotes").click()
    with page.context.expect_page() as opened:
        fold.click(modifiers=["Control"])
    # Opened there, and folded here.
    expect(opened.value.locator("tbody.folded")).to_have_count(2)
    expect(page.locator("tbody.folded")).to_have_count(3)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}])
def test_without_scripts_the_page_comes_again_with_the_focus_on_the_section(page, fold, asked):
    page.goto(PATH)
    fold.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?folded=figures#figures$"))
    expect(fold).to_have_attribute("aria-expanded", "false")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(fold).to_be_focused()
    assert len(asked) == 3


@WITHOUT_SCRIPTS
def test_a_column_moves_by_keyboard_with_the_focus_on_its_arrow(page, options):
    page.goto(THREE)
    page.get_by_role("link", name="Move Spotify left").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?order=instagram,spotify,netflix#left-spotify$"))
    expect(page.get_by_role("link", name="Move Spotify left")).to_be_focused()
    page.keyboard.press("Enter")
    # At the end there is no arrow further left.
    expect(page).to_have_url(re.compile(r"\?order=spotify,instagram,netflix#right-spotify$"))
    expect(page.get_by_role("link", name="Move Spotify right")).to_be_focused()
    head = page.locator(".compare thead").bounding_box()
    assert 0 <= head["y"] < 400


@WITHOUT_SCRIPTS
def test_a_company_comes_and_goes_by_keyboard_with_the_focus_in_its_column(page, options):
    page.goto(PATH)
    page.get_by_label("Add a company").focus()
    page.keyboard.type("instagram")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#column-instagram$"))
    assert focused(page) == "column-instagram"
    page.get_by_role("link", name="remove Netflix").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-spotify/#column-spotify$"))
    assert focused(page) == "column-spotify"


def test_a_refused_addition_has_the_focus_in_its_field(page):
    page.goto(PATH)
    page.get_by_label("Add a company").fill("nobody at all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No company is called “nobody at all”.")).to_be_visible()
    expect(page.get_by_label("Add a company")).to_be_focused()


FOCUS_STYLE = """
() => {
  const style = getComputedStyle(document.activeElement);
  return [document.activeElement.matches(":focus-visible"), style.outlineStyle, style.outlineWidth];
}
"""


def test_whatever_has_the_focus_by_keyboard_shows_it(page):
    page.goto(THREE)
    page.get_by_label("Differences only").focus()
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_STYLE) == [True, "solid", "3px"]
        seen.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 8)"))
    assert {"Fold all", "→Move In", "At a gla"} <= seen


def test_an_archived_comparison_folds_at_once_and_leaves_the_tray_alone(
    page, asked, context, monkeypatch
):
    today = reading_day.today()
    tomorrow = today + datetime.timedelta(days=1)
    for module in ("companies.views.archive", "companies.archive.form"):
        monkeypatch.setattr(f"{module}.today", lambda: tomorrow)
    page.goto(f"{PATH}?as_of={today}")
    expect(page.get_by_role("complementary", name="Archive")).to_be_visible()
    page.get_by_role("link", name="Fold all").click()
    expect(page).to_have_url(re.compile(r"\?as_of=[\d-]+&folded="))
    assert len(asked) == 1
    assert context.cookies() == []
