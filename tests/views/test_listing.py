"""Pages of a list, and rows as a file that no spreadsheet takes for a program."""

import csv
import gzip
import io
import json

import pytest
from django.http import Http404

from companies.data_files.table import undescribed
from companies.models import Company
from companies.views import listing
from companies.views.listing import page_of, records_as_file
from tests.factories import ClaimFactory, CompanyFactory
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


class TestLongFiles:
    """Of more than half a megabyte, here of more than nothing."""

    @pytest.fixture(autouse=True)
    def streamed(self, monkeypatch):
        monkeypatch.setattr(listing, "WHOLE", 0)

    @pytest.mark.django_db
    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "zip"])
    def test_a_stream_has_the_same_bytes(self, client, monkeypatch, format):
        claims = ClaimFactory.create_batch(3, company=CompanyFactory(slug="acme"))
        stream = client.get("/companies/acme/", {"format": format})
        assert stream.streaming
        content = stream.getvalue()
        monkeypatch.setattr(listing, "WHOLE", 10_000_000)
        whole = client.get("/companies/acme/", {"format": format})
        assert whole["Content-Length"] == str(len(content))
        if format != "zip":  # which names its moment
            assert whole.content == content
            assert all(claim.key.encode() in content for claim in claims)

    @pytest.mark.django_db
    @pytest.mark.parametrize("format", ["csv", "json", "ndjson", "zip"])
    def test_head_answers_like_get_without_a_body(self, client, format):
        ClaimFactory(company__slug="acme")
        get = client.get("/companies/acme/", {"format": format})
        head = client.head("/companies/acme/", {"format": format})
        assert head.headers == get.headers
        assert head.getvalue() == b""

    @pytest.mark.django_db
    def test_a_stream_is_compressed_for_who_takes_it(self, client):
        ClaimFactory(company__slug="acme")
        plain = client.get("/companies/acme/?format=csv").getvalue()
        answer = client.get("/companies/acme/?format=csv", headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.getvalue()) == plain
        package = client.get("/companies/acme/?format=zip", headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in package.headers

    def test_an_error_in_the_middle_reaches_the_server(self, rf):
        def records():
            yield {"a": "x" * 50_000}
            raise OSError("The disk is gone.")

        response = records_as_file("rows", "csv", records(), undescribed(["a"]), rf.get("/"))
        arrived = []
        with pytest.raises(OSError, match=r"The disk is gone\."):
            arrived.extend(response)
        assert b"This file is not whole" in arrived[-1]

    def test_an_error_at_once_is_no_file_at_all(self, rf, monkeypatch):
        monkeypatch.setattr(listing, "WHOLE", 1000)

        def records():
            yield {"a": "x"}
            raise OSError("The disk is gone.")

        with pytest.raises(OSError, match=r"The disk is gone\."):
            records_as_file("rows", "csv", records(), undescribed(["a"]), rf.get("/"))

    @pytest.mark.django_db
    def test_rows_are_read_no_further_than_they_are_taken(self, rf):
        read = []

        def records():
            for number in range(10**9):
                read.append(number)
                yield {"a": number, "b": "x" * 500}

        response = records_as_file("r", "ndjson", records(), undescribed(["a", "b"]), rf.get("/"))
        pieces = iter(response)
        for _ in range(3):
            next(pieces)
        assert len(read) < 500
        response.close()

    @pytest.mark.django_db(transaction=True)
    def test_rows_are_fetched_batch_by_batch_also_outside_a_transaction(self, client, monkeypatch):
        monkeypatch.setattr(listing, "BATCH", 2)
        claims = ClaimFactory.create_batch(5, company=CompanyFactory(slug="acme"))
        rows = client.get("/companies/acme/?format=ndjson").getvalue().splitlines()
        assert {json.loads(row)["key"] for row in rows} == {claim.key for claim in claims}
