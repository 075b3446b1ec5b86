"""Pages of a list, and rows as a file that no spreadsheet takes for a program."""

import csv
import io
import json

import pytest
from django.http import Http404

from companies.models import Company
from companies.views.listing import page_of, records_as_file
from tests.factories import CompanyFactory
from tests.views.reading import words


def cell(value):
    response = records_as_file("rows", "csv", [{"column": value}])
    ((cell,),) = csv.reader(io.StringIO(response.content.decode().split("\r\n", 1)[1], newline=""))
    return cell


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")', "=", "-"],
)
def test_a_csv_cell_that_a_spreadsheet_would_run_is_made_inert(value):
    assert cell(value) == f"'{value}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "plain"),
        ("1 = 1", "1 = 1"),
        ("a,b", "a,b"),
        ('say "x"', 'say "x"'),
        ("two\nlines", "two\nlines"),
        ("→ ü 東", "→ ü 東"),
        (-5, "-5"),
        (-0.5, "-0.5"),
        (True, "True"),
        (None, ""),
        ("", ""),
    ],
)
def test_every_other_csv_cell_is_written_as_it_is(value, written):
    assert cell(value) == written


def test_json_is_written_as_it_is():
    records = [{"a": "=1", "b": None, "c": -0.5, "d": True, "e": "→ </script>"}]
    response = records_as_file("rows", "json", records)
    assert json.loads(response.content) == records
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rows.json"'


def test_csv_has_every_column_of_any_record():
    response = records_as_file("rows", "csv", [{"a": 1}, {"b": 2, "a": 3}])
    assert response.content.decode() == "a,b\r\n1,\r\n3,2\r\n"


@pytest.mark.parametrize(("format", "body"), [("csv", b"\r\n"), ("json", b"[]")])
def test_a_file_of_no_rows_is_empty(format, body):
    assert records_as_file("rows", format, []).content == body


@pytest.mark.django_db
def test_a_page_holds_its_share_of_the_rows_and_no_number_means_the_first():
    for number in range(5):
        CompanyFactory(slug=f"c-{number}", name=f"C {number}")
    rows = Company.objects.all()
    assert [row.slug for row in page_of(rows, None, 2)] == ["c-0", "c-1"]
    assert [row.slug for row in page_of(rows, 3, 2)] == ["c-4"]
    with pytest.raises(Http404, match=r"^This list has 3 pages; there is no page 4\.$"):
        page_of(rows, 4, 2)


@pytest.mark.django_db
def test_pages_and_files_are_sent_compressed_to_who_takes_it(client):
    CompanyFactory.create_batch(20)
    for path in ("/companies/", "/companies/?format=csv"):
        page = client.get(path, headers={"accept-encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip"
        assert len(page.content) < len(client.get(path).content) / 2


@pytest.mark.django_db
def test_a_language_or_theme_is_no_filter_to_clear(client):
    asked = {"language": "de", "theme": "dark"}
    assert "Noch keine Profile." in words(client.get("/companies/", asked))
    assert "Zurücksetzen" not in words(client.get("/companies/", asked))
    page = client.get("/companies/", {**asked, "q": "x"})
    assert "Kein Profil passt dazu. Alle anzeigen." in words(page)
    assert "Zurücksetzen" in words(page)
