"""Whatever an editor or a visitor writes is text, never markup."""

import html

import pytest
from django.apps import apps
from django.db import models

from companies.exchange.revisions import NOBODY, record
from companies.exchange.snapshot import SHAPES
from companies.models.record import PartialDateField
from tests.factories import ClaimFactory
from tests.promises.small_site import small_site
from tests.views.reading import csv_rows, has_script

pytestmark = pytest.mark.django_db

# Shaped by a constraint, so that no markup fits in.
SHAPED = {"slug", "key", "url", "website", "wikidata", "digest", "moved_to", "archive_url"}
# Kept for editors, and for looking things up.
NEVER_SHOWN = {"claim.checked_by", "linkcheck.detail", "revision.editor_name"} | {
    *(f"searchdocument.{column}" for column in ("names", "links", "text", "marks")),
    *(f"searchname.{column}" for column in ("name", "words", "trigrams")),
}


def texts(model):
    """The fields of a model that take any text."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, PartialDateField)
        and not field.choices
        and field.name not in SHAPED
        and str(field) != "companies.Revision.name"
    ]


def write_markup_everywhere(first=0):
    """Fill every text of every row with markup; returns what each field holds.

    The numbers in it count from `first`. Saved as the admin saves, so that the history holds it.
    """
    written = {}
    for model in apps.get_app_config("companies").get_models():
        if model._meta.proxy:
            continue
        for number, row in enumerate(model.objects.all()):
            for field in texts(model):
                name = f"{model._meta.model_name}.{field.name}"
                markup = f"<script>{first + len(written)}</script>\"'&"
                assert len(markup) <= (field.max_length or 40), name
                setattr(row, field.name, markup)
                written[f"{name} {number}"] = markup
            if model._meta.model_name == "claim":
                # A unit goes with a figure, a name with a day of the check.
                row.checked_on = row.created.date()
            row.save()
    for subject, shape in SHAPES.items():
        record(subject, shape.model.objects.values_list("pk", flat=True), NOBODY)
    return written


def test_markup_in_any_text_of_any_model_is_shown_as_text_on_every_page(client):
    site = small_site()
    written = write_markup_everywhere()
    site.company.refresh_from_db()
    pages = {path: client.get(path) for path in site.pages.values()}
    assert {path: page.status_code for path, page in pages.items()} == dict.fromkeys(pages, 200)
    bodies = {path: page.content.decode() for path, page in pages.items()}
    assert [path for path, body in bodies.items() if has_script(body)] == []
    # Each field is on some page, or else this test would say nothing about it.
    shown = "".join(bodies.values())
    fields = {name.split(" ")[0] for name in written}
    seen = {name.split(" ")[0] for name, markup in written.items() if html.escape(markup) in shown}
    assert fields - seen == NEVER_SHOWN


def test_markup_in_old_and_new_texts_of_the_history_is_shown_as_text(client):
    site = small_site()
    old, new = write_markup_everywhere(), write_markup_everywhere(first=10_000)
    pages = [client.get(site.pages[name]) for name in ("companies:claim", "companies:changes")]
    feed = client.get(site.addresses["companies:changes_feed"])
    bodies = [page.content.decode() for page in (*pages, feed)]
    assert [body for body in bodies if has_script(body)] == []
    shown = "".join(bodies[:2])
    for written, tag in ((old, "del"), (new, "ins")):
        marked = {
            name.split(" ")[0]
            for name, markup in written.items()
            if f"<{tag}>{html.escape(markup)}</{tag}>" in shown
        }
        assert marked >= {"claim.title", "claim.text", "claim.quotation", "claim.note"}
        # The texts of a row stand in one line.
        rows = [markup for name, markup in written.items() if name.startswith("citation.")]
        assert any(html.escape(markup) in shown for markup in rows)


def test_markup_in_files_stays_what_it_is(client):
    site = small_site()
    write_markup_everywhere()
    records = client.get(site.pages["companies:company"], {"format": "json"}).json()
    assert all(record["title"].startswith("<script>") for record in records)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_csv_cell_starts_like_a_formula(client, start):
    formula = f"{start}cmd|'/c calc'!A1"
    claim = ClaimFactory(
        company__name=formula, title=formula, text=formula, source__title=formula, locator=formula
    )
    pages = (claim.company, claim.source)
    files = [client.get(page.get_absolute_url(), {"format": "csv"}) for page in pages]
    files.append(client.get("/companies/", {"format": "csv"}))
    files.append(client.get("/sources/", {"format": "csv"}))
    cells = [cell for file in files for row in csv_rows(file) for cell in row.values()]
    assert cells.count(f"'{formula}") == 12
    assert [cell for cell in cells if cell.startswith(start)] == []


BAD = "<script>x</script>"
NAMES = [
    "page",
    "format",
    "sort",
    "kind",
    "technology",
    "company",
    "domain",
    "role",
    "verdict",
    "c",
    "show",
    "differences",
    "folded",
    "order",
    "add",
]
QUERIES = (
    {"q": f'">{BAD}', f'">{BAD}': "1", "c": [BAD]},
    {"q": BAD, **dict.fromkeys(NAMES, BAD)},
)


def test_markup_in_an_address_is_shown_as_text_on_every_page(client):
    for path in small_site().pages.values():
        for query in QUERIES:
            page = client.get(path.partition("?")[0], query)
            assert page.status_code in (200, 400)
            assert not has_script(page.content.decode()), (path, query)
