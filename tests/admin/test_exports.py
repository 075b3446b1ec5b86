import csv
import io
import json

import pytest
import yaml
from openpyxl import load_workbook

from companies.admin import exports
from companies.models import Claim
from tests.admin.conftest import address
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db

FORMATS = ["csv", "xlsx", "yaml", "json"]
MAKE = {
    "claim": ClaimFactory,
    "usecase": ClaimFactory,
    "company": CompanyFactory,
    "source": SourceFactory,
    "technology": TechnologyFactory,
}


def body(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def names(content, format, field="key"):
    if format == "csv":
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return [row[field] for row in rows]
    if format == "xlsx":
        header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return [row[header.index(field)] for row in rows]
    rows = yaml.safe_load(content) if format == "yaml" else json.loads(content)
    return [row[field] for row in rows]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("page", MAKE)
def test_every_list_is_offered_in_every_format(admin_client, page, format):
    made = MAKE[page]()
    listed = admin_client.get(address(f"{page}_changelist")).content.decode()
    assert f'href="{address(f"{page}_export")}"' in listed
    offer = admin_client.get(address(f"{page}_export")).content.decode()
    where = address(f"{page}_export_file", format)
    assert f'href="{where}"' in offer
    response = admin_client.get(where)
    field = "key" if hasattr(made, "key") else "slug"
    assert names(body(response), format, field) == [getattr(made, field)]
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["Content-Disposition"].endswith(f'.{format}"')


def test_an_export_has_the_filters_the_search_and_the_order_of_the_list(admin_client):
    ClaimFactory(key="a-1", title="Python here", status="draft")
    ClaimFactory(key="b-1", title="Python there", status="draft")
    ClaimFactory(key="c-1", title="Python everywhere")
    ClaimFactory(key="d-1", title="Java", status="draft", text="x")
    query = {"q": "Python", "status__exact": "draft", "o": "-1"}
    page = admin_client.get(address("claim_changelist"), query | {"p": "1"}).content.decode()
    assert "export/?q=Python&amp;status__exact=draft&amp;o=-1" in page
    content = body(admin_client.get(address("claim_export_file", "csv"), query))
    assert names(content, "csv") == ["b-1", "a-1"]
    offer = admin_client.get(address("claim_export"), query).content.decode()
    assert "2 claims, as the list was filtered or ticked." in " ".join(offer.split())


def test_a_list_of_one_kind_exports_that_kind(admin_client):
    ClaimFactory(key="a-1", kind="use_case")
    ClaimFactory(key="b-1", kind="quote")
    assert names(body(admin_client.get(address("quote_export_file", "csv"))), "csv") == ["b-1"]


def test_a_search_that_finds_a_row_by_two_words_exports_it_once(admin_client):
    ClaimFactory(key="a-1", technologies=["Python", "Python tools"])
    content = body(admin_client.get(address("claim_export_file", "csv"), {"q": "Python"}))
    assert names(content, "csv") == ["a-1"]


def test_no_rows_are_a_header(admin_client):
    assert body(admin_client.get(address("technology_export_file", "csv"))).decode("utf-8-sig") == (
        "slug,name,kind,website,summary\r\n"
    )


def select(client, page, rows, **data):
    data = {
        "action": "export_selected",
        "_selected_action": [row.pk for row in rows],
        "index": 0,
        **data,
    }
    return client.post(address(f"{page}_changelist"), data)


def test_ticked_rows_are_exported(admin_client):
    first, _second, third = (ClaimFactory(key=f"{letter}-1") for letter in "abc")
    answer = select(admin_client, "claim", [first, third])
    where = answer["Location"].replace("export/", "export/json/")
    assert names(body(admin_client.get(where)), "json") == ["a-1", "c-1"]


def test_all_rows_of_a_filtered_list_are_exported_if_ticked_across_its_pages(admin_client):
    made = [ClaimFactory(key=f"{n:03d}-1", status="draft") for n in range(51)]
    ClaimFactory(key="public-1")
    where = f"{address('claim_changelist')}?status__exact=draft"
    data = {"action": "export_selected", "_selected_action": [made[0].pk], "select_across": "1"}
    answer = admin_client.post(where, data | {"index": 0})
    assert answer["Location"] == f"{address('claim_export')}?status__exact=draft"
    file = answer["Location"].replace("export/", "export/csv/")
    assert len(names(body(admin_client.get(file)), "csv")) == 51


@pytest.mark.parametrize("page", ["export", "export_file"])
@pytest.mark.parametrize(("permissions", "status"), [(("view_claim",), 200), ((), 403)])
def test_whoever_may_look_may_export(client_with, page, permissions, status):
    args = ["csv"] if page == "export_file" else []
    assert client_with(*permissions).get(address(f"claim_{page}", *args)).status_code == status


def test_who_may_only_look_exports_ticked_rows(client_with):
    claim = ClaimFactory()
    answer = select(client_with("view_claim"), "claim", [claim])
    assert answer["Location"] == f"{address('claim_export')}?id__in={claim.pk}"


def test_whoever_is_not_logged_in_is_asked_to(client):
    for where in (address("claim_export"), address("claim_export_file", "csv")):
        assert client.get(where)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?nonsense=1", 400),
        ("?id__in=x", 400),
        ("?status__exact=%00", 400),
        ("?source__author__icontains=x", 400),
    ],
)
@pytest.mark.parametrize("where", ["export/", "export/csv/"])
def test_a_filter_that_the_list_lacks_is_a_bad_request(admin_client, where, query, status):
    assert admin_client.get(f"{address('claim_changelist')}{where}{query}").status_code == status


def test_an_id_beyond_the_database_is_no_failure(admin_client):
    # PostgreSQL looks for it, SQLite can't.
    where = f"{address('claim_export_file', 'csv')}?id__in={'9' * 30}"
    assert admin_client.get(where).status_code in (200, 400)


@pytest.mark.parametrize("format", ["ods", "CSV", "csv.exe"])
def test_another_format_is_not_found(admin_client, format):
    assert admin_client.get(address("claim_export_file", format)).status_code == 404


@pytest.mark.parametrize(("format", "limit"), [("csv", "MAX_ROWS"), ("yaml", "MOST_AS_YAML")])
def test_more_rows_than_one_file_may_have_are_refused_with_advice(
    admin_client, monkeypatch, format, limit
):
    monkeypatch.setattr(exports, limit, 1)
    ClaimFactory()
    assert admin_client.get(address("claim_export_file", format)).status_code == 200
    ClaimFactory()
    assert admin_client.get(address("claim_export_file", format)).status_code == 400
    offer = admin_client.get(address("claim_export")).content.decode()
    assert "Too many for one file: filter the list" in offer
    assert address("claim_export_file", format) not in offer


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("format", FORMATS)
def test_an_export_costs_the_same_with_one_and_with_three(
    admin_client, django_assert_num_queries, format, number
):
    for _ in range(number):
        ClaimFactory(technologies=["Python"])
    # Session, user, three of the list, four for the entries; three to know the columns of a table.
    queries = 12 if format in ("csv", "xlsx") else 9
    with django_assert_num_queries(queries):
        body(admin_client.get(address("claim_export_file", format)))
    assert Claim.objects.count() == number
