"""An import from upload to history in a real browser, where the page has to come by itself."""

import re
import threading

import pytest
from django.db import connections
from playwright.sync_api import expect

from companies.importing import job, progress, work
from companies.models import Claim, Revision
from tests.factories import ClaimFactory
from tests.import_files import CLAIM, acme, as_csv


@pytest.fixture
def process(monkeypatch):
    """The work in a thread, which waits until the test lets it go on."""
    go_on, threads = threading.Event(), []

    def start(run, attempt):
        def working():
            reporting = progress.Reporting(run, attempt)
            with reporting.bar("Checking", 40):
                assert go_on.wait(30)
            work.work(run, attempt, reporting.bar)
            connections.close_all()

        threads.append(threading.Thread(target=working))
        threads[-1].start()

    monkeypatch.setattr(job, "start", start)
    yield go_on
    go_on.set()
    for thread in threads:
        thread.join()


def test_a_file_is_uploaded_looked_at_and_imported(page, editor, process, tmp_path):
    ClaimFactory(company=acme(), key="acme-01", title="Back end on Java")
    file = tmp_path / "claims.csv"
    file.write_bytes(as_csv(CLAIM, CLAIM | {"key": "acme-02", "title": "=1+1"}))
    page.goto("/admin/companies/claim/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Reason").fill("The autumn survey.")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Checking: 0 of about 40 rows")).to_be_visible()
    process.set()
    expect(page.get_by_text("1 new and 1 changed will be written")).to_be_visible()
    expect(page.locator(".import-changed del", has_text="Java")).to_be_visible()
    page.get_by_text("What it says").click()
    expect(page.locator(".import-new ins", has_text="=1+1")).to_be_visible()
    process.clear()
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert Claim.objects.count() == 1
    process.set()
    expect(page.get_by_text("Imported: 1 new, 1 changed")).to_be_visible()
    assert set(Claim.objects.values_list("title", flat=True)) == {"Back end", "=1+1"}
    assert Revision.objects.filter(reason="The autumn survey.", editor__isnull=False).count() == 2


def test_every_page_fits_its_window(page, editor, process, tmp_path):
    ClaimFactory(company=acme(), key="acme-01")
    process.set()
    bad = CLAIM | {"key": "acme-02", "kind": "x" * 60, "note": "y" * 300}
    file = tmp_path / f"{'long-' * 20}.csv"
    addresses = ["/admin/companies/claim/import/", "/admin/companies/claim/export/"]
    for rows in ([CLAIM | {"note": "z" * 300}], [CLAIM, bad]):
        file.write_bytes(as_csv(*rows))
        page.goto("/admin/companies/claim/import/")
        page.get_by_label("File").set_input_files(file)
        page.get_by_label("Reason").fill("w" * 300)
        page.get_by_role("button", name="Check the file").click()
        page.wait_for_selector(".import-rows")
        addresses.append(re.sub(r"^https?://[^/]*", "", page.url))
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{address} is {wide} pixels too wide at {width}"
