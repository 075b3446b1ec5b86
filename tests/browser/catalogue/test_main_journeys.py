"""What most visitors come for, in a browser that runs scripts and in one that runs none."""

import csv
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def options(request):
    # Scrolling is done at once, and needs no waiting for.
    return {"java_script_enabled": request.param, "reduced_motion": "reduce"}


def test_from_a_name_to_the_evidence(page):
    page.goto("/")
    page.get_by_label("Search companies, technologies and claims").fill("facebook")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("heading").get_by_role("link", name="Meta (Facebook)", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Meta (Facebook)")).to_be_visible()
    claim = page.locator("article.claim").first
    title = claim.get_by_role("heading").inner_text()
    claim.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.locator(".evidence a").first.click()
    expect(page).to_have_url(re.compile(r"/sources/[a-z0-9-]+/$"))
    expect(page.get_by_text(title).first).to_be_visible()


def test_from_three_ticks_to_the_differences_as_a_file(page, tmp_path):
    page.goto("/companies/")
    for name in ("Spotify", "Instagram", "Netflix"):
        page.get_by_label(f"Compare {name}", exact=True).check()
    tray = page.get_by_role("form", name="Comparison")
    tray.get_by_role("button", name=re.compile("^Compare")).click()
    expect(page).to_have_url(re.compile(r"/compare/instagram-vs-netflix-vs-spotify/$"))
    assert page.locator(".compare thead th").count() == 3
    everything = page.locator(".compare tbody tr").count()
    page.get_by_label("Differences only").check()
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"\?differences=on$"))
    expect(page.get_by_label("Differences only")).to_be_checked()
    assert 0 < page.locator(".compare tbody tr").count() < everything
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "instagram-vs-netflix-vs-spotify.csv"
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert {row["company"] for row in rows} == {"instagram", "netflix", "spotify"}
    assert all(row["source_url"] for row in rows if row["key"])
