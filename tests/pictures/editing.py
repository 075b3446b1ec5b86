"""The pictures of docs/editing.md: the site used as an editor would.

What goes wrong on the way ends the command, so the page can't describe what isn't there.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from playwright.sync_api import Browser, Page

from tests.pictures.camera import HEIGHT, WIDTH, take

PASSWORD = "only-for-the-pictures"
_ACCOUNTS = """
from django.contrib.auth.models import Group, User
for name, group in (("carla", "Contributor"), ("edgar", "Editor"), ("erika", "Editor")):
    user = User.objects.create_user(name, password={password!r}, is_staff=True,
                                    first_name=name.title())
    user.groups.add(Group.objects.get(name=group))
"""
NEW_TEXT = (
    "Netflix says Python is used at every stage, from deciding what to fund to running its content "
    "delivery network."
)
# Carried out before the site is served.
MAKE_ACCOUNTS = ("shell", "--no-imports", "-c", _ACCOUNTS.format(password=PASSWORD))


def pictures(browser: Browser, url: str) -> None:
    carla, edgar, erika = (_log_in(browser, url, name) for name in ("carla", "edgar", "erika"))
    _enter_a_claim(carla)
    _publish_it(edgar)
    _propose_a_change(carla)
    _decide(edgar)
    _meet_a_conflict(edgar, erika)
    _look_back(erika)
    _import_a_table(edgar)
    _merge(edgar)
    edgar.goto("/admin/")
    take(edgar, "editing-desk")


def _enter_a_claim(page: Page) -> None:
    page.goto("/admin/companies/usecase/add/")
    _choose(page, "id_company", "Discord")
    page.locator("#id_title").fill("Chat in Elixir")
    page.locator("#id_text").fill("The chat service that all clients talk to is written in Elixir.")
    page.get_by_text("New source", exact=True).click()
    page.locator("#id_new_source_url").fill("https://example.org/chat-in-elixir")
    page.locator("#id_new_source_title").fill("How our chat works")
    page.locator("#id_new_source_publisher").fill("Example Engineering")
    page.locator("#id_new_source_kind").select_option("engineering_blog")
    page.locator("#id_new_source_tier").select_option("primary")
    _choose(page, "id_claim_technologies-0-technology", "Elixir")
    take(page, "editing-new-claim")
    page.locator("input[name=_submit_for_review]").click()
    _succeeded(page)


def _publish_it(page: Page) -> None:
    page.goto("/admin/companies/claim/?status__exact=in_review")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Preview").click()
    take(page, "editing-preview")
    page.go_back()
    page.locator("input[name=_publish]").click()
    _succeeded(page)


def _propose_a_change(page: Page) -> None:
    page.goto("/admin/companies/quote/?q=netflix-01")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Propose a change").click()
    page.locator("#id_text").fill(NEW_TEXT)
    page.locator("#id_reason").fill("The post says “content delivery network”.")
    page.locator("input[name=_save]").click()
    page.locator(".errorlist").first.wait_for()
    take(page, "editing-same-source")
    page.locator("input[name=_save]").click()
    _succeeded(page)


def _decide(page: Page) -> None:
    page.goto("/admin/companies/proposal/?outcome__exact=open")
    page.locator("#result_list tbody th a").first.click()
    take(page, "editing-proposal")
    page.locator("input[name=accept]").click()
    _succeeded(page)


def _meet_a_conflict(first: Page, second: Page) -> None:
    for page, title in ((first, "Python from pitch to play"), (second, "Python in all stages")):
        page.goto("/admin/companies/quote/?q=netflix-01")
        page.locator("#result_list tbody th a").first.click()
        page.locator("#id_title").fill(title)
        page.locator("#id_reason").fill("A shorter title.")
    first.locator("input[name=_save]").click()
    _succeeded(first)
    second.locator("input[name=_save]").click()
    second.locator(".conflict").wait_for()
    take(second, "editing-conflict")


def _look_back(page: Page) -> None:
    page.get_by_role("link", name="History").first.click()
    take(page, "editing-history")


def _import_a_table(page: Page) -> None:
    """Two claims go out as a table and come back with a correction and a third one."""
    page.goto("/admin/companies/quote/?q=netflix")
    page.get_by_role("link", name="Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = list(csv.DictReader(StringIO(download.value.path().read_text("utf-8-sig"))))
    rows.append(rows[0] | {"key": "", "title": "Python for every stage"})
    rows[1]["title"] += " at Netflix"
    table = StringIO(newline="")
    writer = csv.DictWriter(table, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    page.goto("/admin/companies/quote/")
    page.get_by_role("link", name="Import", exact=True).click()
    file = {"name": "quotes.csv", "mimeType": "text/csv", "buffer": table.getvalue().encode()}
    page.get_by_label("File").set_input_files([file])
    page.get_by_label("Reason").fill("Titles that say where.")
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name=re.compile(r"Import \d+ rows?")).wait_for()
    take(page, "editing-import")


def _merge(page: Page) -> None:
    page.goto("/admin/companies/technology/add/")
    page.locator("#id_name").fill("Golang")
    page.locator("#id_kind").select_option("language")
    page.locator("input[name=_save]").click()
    _succeeded(page)
    page.goto("/admin/companies/technology/?q=go")
    for name in ("Go", "Golang"):
        row = page.locator(
            "#result_list tbody tr", has=page.get_by_role("link", name=name, exact=True)
        )
        row.locator("input.action-select").check()
    page.locator("select[name=action]").select_option("merge_selected")
    page.locator(".actions button").click()
    page.get_by_label("Keep Go", exact=True).check()
    page.get_by_role("button", name="Show what will happen").click()
    page.locator(".merge-preview").wait_for()
    take(page, "editing-merge")


def _log_in(browser: Browser, url: str, name: str) -> Page:
    context = browser.new_context(base_url=url, viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def _choose(page: Page, select_id: str, text: str) -> None:
    page.locator(f"#{select_id} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option--highlighted", has_text=text).click()


def _succeeded(page: Page) -> None:
    page.locator(".messagelist .success").first.wait_for()
