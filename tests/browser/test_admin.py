"""The admin in a real browser. The `page` fixture fails on any breach of the content policy."""

import re

from playwright.sync_api import expect

from companies.models import Claim, Company
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    SourceFactory,
    TechnologyFactory,
)


def choose(page, select_id, text):
    """Open an autocomplete, type and take the first answer."""
    page.locator(f"#{select_id} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option--highlighted", has_text=text).click()


def test_a_claim_with_its_new_source_is_entered_on_one_page(page, editor):
    CompanyFactory(name="Netflix", slug="netflix")
    TechnologyFactory(name="Python")
    page.goto("/admin/companies/usecase/add/")
    choose(page, "id_company", "Netflix")
    page.get_by_label("Title:").first.fill("Chaos engineering")
    page.get_by_label("Text:").fill("Chaos Monkey is written in it.")
    page.get_by_text("New source", exact=True).click()
    page.locator("#id_new_source_url").fill("https://example.org/chaos")
    page.locator("#id_new_source_title").fill("Chaos Monkey")
    page.locator("#id_new_source_publisher").fill("TechBlog")
    page.locator("#id_new_source_kind").select_option("engineering_blog")
    page.locator("#id_new_source_tier").select_option("primary")
    choose(page, "id_claim_technologies-0-technology", "Python")
    page.get_by_role("button", name="Add another Technology").click()
    page.locator("#claim_technologies-1 .inline-deletelink").click()
    page.get_by_role("link", name="Today").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("was added successfully")
    claim = Claim.objects.get()
    assert (claim.key, claim.source.key) == ("netflix-01", "techblog-chaos-monkey")
    assert claim.checked_by == "Ann"


def test_a_further_source_is_added_in_a_popup(page, context, editor):
    ClaimFactory()
    page.goto("/admin/companies/usecase/")
    page.locator("#result_list tbody th a").click()
    page.get_by_role("button", name="Add another Further source").click()
    with context.expect_page() as opened:
        page.locator("#add_id_citations-0-source").click()
    popup = opened.value
    popup.locator("#id_url").fill("https://example.org/popup")
    popup.locator("#id_publisher").fill("Press")
    popup.locator("#id_title").fill("In a popup")
    popup.keyboard.press("Tab")
    # Made from the two above while they are typed.
    expect(popup.locator("#id_key")).to_have_value("press-in-a-popup")
    popup.locator("#id_kind").select_option("news")
    popup.locator("#id_tier").select_option("secondary")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    page.locator("#id_citations-0-agreement").select_option("agrees")
    page.locator("#id_reason").fill("The press agrees.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Claim.objects.get().citations.get().source.title == "In a popup"


def test_every_page_holds_the_policy_and_fits_its_window(page, editor):
    claim = ClaimFactory(kind="codebase_share", shares={"Python": 60, "Java": 40})
    CitationFactory(claim=claim)
    SourceFactory()
    company = Company.objects.get(pk=claim.company_id)
    pages = [
        "/admin/",
        "/admin/companies/",
        "/admin/companies/claim/",
        "/admin/companies/claim/?_facets",
        f"/admin/companies/codebaseshareclaim/{claim.pk}/change/",
        f"/admin/companies/company/{company.pk}/change/",
        f"/admin/companies/company/{company.pk}/delete/",
        f"/admin/companies/source/{claim.source_id}/change/",
        f"/admin/companies/source/{claim.source_id}/history/",
        "/admin/companies/companylist/add/",
    ]
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in pages:
            page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{address} is {wide} pixels too wide at {width}"


def test_rows_are_published_from_the_list(page, editor):
    ClaimFactory(status="draft", title="Not yet")
    page.goto("/admin/companies/claim/")
    page.locator("#result_list input.action-select").check()
    page.locator("select[name=action]").select_option("publish")
    page.get_by_role("button", name=re.compile("Go|Run")).click()
    expect(page.locator(".messagelist .success")).to_have_text("1 claim published.")


def test_a_known_document_is_taken_by_a_tick_in_claim_and_popup(page, context, editor):
    claim = ClaimFactory(source__url="https://example.org/known", source__title="Known")
    page.goto(f"/admin/companies/usecase/add/?company={claim.company_id}")
    page.get_by_label("Title:").first.fill("Another claim")
    page.get_by_label("Text:").fill("From the same document.")
    page.get_by_text("New source", exact=True).click()
    page.locator("#id_new_source_url").fill("http://www.example.org/known/?utm_source=mail")
    # By Enter, which must save and not tick.
    page.locator("#id_new_source_title").press("Enter")
    message = page.locator(".field-new_source_url .errorlist")
    expect(message.get_by_role("link")).to_have_text(str(claim.source))
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    message.get_by_label("Use it for this claim").check()

    page.get_by_role("button", name="Add another Further source").click()
    with context.expect_page() as opened:
        page.locator("#add_id_citations-0-source").click()
    popup = opened.value
    other = SourceFactory(url="https://example.org/other", title="Other")
    popup.locator("#id_url").fill("https://example.org/other#top")
    popup.get_by_role("button", name="Save").click()
    popup.get_by_label("Use it, and forget").check()
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    page.locator("#id_citations-0-agreement").select_option("agrees")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    made = Claim.objects.get(title="Another claim")
    assert (made.source, made.citations.get().source) == (claim.source, other)
