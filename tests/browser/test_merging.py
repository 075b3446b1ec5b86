"""Merging duplicates from the list to the redirect, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from companies.models import Claim, Company, Role
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    GapFactory,
    TechnologyFactory,
)


@pytest.fixture
def duplicates(transactional_db):
    meta = CompanyFactory(name="Meta", slug="meta", industry="Software")
    facebook = CompanyFactory(
        name="Facebook",
        slug="facebook",
        website="https://www.facebook.example/" + "a-long-path-without-an-end/" * 4,
        summary="Runs the largest social network on a PHP dialect of its own.",
    )
    for number in range(12):
        ClaimFactory(company=facebook, key=f"facebook-{number:02}", title=f"Claim {number}")
    GapFactory(company=facebook)
    CompanyListFactory(title="Users of Python", companies=[facebook, meta])
    return meta, facebook


def test_two_companies_become_one_from_the_list_to_the_redirect(page, editor, duplicates):
    meta, _facebook = duplicates
    page.goto("/admin/companies/company/")
    for box in page.locator("#result_list input.action-select").all():
        box.check()
    page.locator("select[name=action]").select_option("merge_selected")
    page.get_by_role("button", name=re.compile("Go|Run")).click()
    page.get_by_label("Keep Meta").check()
    page.get_by_role("button", name="Show what will happen").click()
    preview = page.locator(".merge-preview")
    expect(preview).to_contain_text("Claims, each with its address: 12")
    expect(preview).to_contain_text("and 2 more")
    expect(preview).to_contain_text("New other name: Facebook")
    expect(preview).to_contain_text("/companies/facebook/ → /companies/meta/")
    page.get_by_label("Reason").fill("The company was renamed in 2021.")
    page.get_by_role("button", name="Merge into Meta").click()
    expect(page.locator(".messagelist .success")).to_contain_text(
        "Meta now stands for Facebook as well. This address redirects to it: /companies/facebook/"
    )
    page.locator(".messagelist .success a").click()
    expect(page.locator("#id_name")).to_have_value("Meta")
    assert Company.objects.get() == meta
    assert Claim.objects.filter(company=meta).count() == 12
    page.goto("/companies/facebook/?q=claim")
    assert page.url.endswith("/companies/meta/?q=claim")
    expect(page.get_by_role("heading", level=1, name="Meta")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Claim 11")


def test_an_obstacle_is_solved_on_the_claim_and_the_merge_goes_on(page, editor):
    go = TechnologyFactory(name="Go", slug="go")
    golang = TechnologyFactory(name="Golang", slug="golang")
    ClaimFactory(title="Lines", kind="codebase_share", shares={go: 10, golang: 20})
    page.goto(f"/admin/companies/technology/merge/?id={go.pk}&id={golang.pk}&keep={go.pk}")
    expect(page.locator(".merge-obstacles")).to_contain_text("“Lines” states a share of each")
    expect(page.get_by_role("button", name="Merge into Go")).to_have_count(0)
    page.locator(".merge-obstacles a").click()
    page.locator("#id_shares-1-DELETE").check()
    page.get_by_label("Why it changes").fill("Counted with the other.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(f"/admin/companies/technology/merge/?id={go.pk}&id={golang.pk}&keep={go.pk}")
    page.get_by_label("Reason").fill("One language.")
    page.get_by_role("button", name="Merge into Go").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Go now stands for Golang")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_fits_its_window(page, editor, duplicates, scheme):
    go, golang = TechnologyFactory(name="Go"), TechnologyFactory(name="Golang")
    ClaimFactory(kind="codebase_share", shares={go: 10, golang: 20})
    ClaimFactory(technologies={go: Role.MIGRATED_TO, golang: Role.MIGRATED_FROM})
    others = [CompanyFactory(name=f"A company of a long name, number {n}") for n in range(8)]
    ids = "&".join(f"id={company.pk}" for company in [*duplicates, *others])
    page.emulate_media(color_scheme=scheme)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (
            f"company/merge/?{ids}",
            f"company/merge/?{ids}&keep={duplicates[0].pk}",
            f"technology/merge/?id={go.pk}&id={golang.pk}&keep={go.pk}",
        ):
            page.goto(f"/admin/companies/{address}")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{address} is {wide} pixels too wide at {width}"
