"""What the tables promise of their columns, held against rows of every kind."""

import datetime

import pytest

from companies.data_files.tables import TABLES
from tests.data_files.reading import description, files, tables
from tests.promises.small_site import WITH_FILES, small_site

pytestmark = pytest.mark.django_db


def plain(value):
    """A CSV can't tell an empty text from none; what is a moment in it is a text in JSON."""
    moment = isinstance(value, datetime.datetime)
    return value.isoformat() if moment else value or ""


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.title)
def test_every_column_is_named_once_and_described(table):
    assert len(set(table.names)) == len(table.names)
    assert [column.name for column in table.columns if not column.about.endswith((".", "/."))] == []
    assert not table.key or table.key in table.names


MIXED = {"companies:comparison", "companies:search"}


def test_every_page_hands_out_rows_as_its_table_describes_them(client):
    site = small_site(size=2)
    for name in sorted(WITH_FILES):
        content = client.get(site.file(name, "zip")).content
        (rows,) = tables(content).values()
        records = client.get(site.file(name, "json")).json()
        assert rows, name
        assert len(rows) == len(records)
        (resource,) = description(content)["resources"]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        for record in records:
            # What is no claim has no citation, in a comparison and a search.
            shown = [column for column in columns if column in record]
            assert list(record) == (shown if name in MIXED else columns), name
        for row, record in zip(rows, records, strict=True):
            assert {column: plain(row[column]) for column in record} == {
                column: plain(value) for column, value in record.items()
            }


def test_a_package_has_its_readme_its_licence_and_a_description(client, settings):
    settings.DATA_LICENSE = "CC0-1.0"
    site = small_site()
    path = site.addresses["companies:technology"]
    content = client.get(f"{path}?role=uses&format=zip").content
    inside = files(content)
    assert list(inside) == [
        "README.md",
        "LICENCE.md",
        f"{site.technology.slug}.csv",
        "datapackage.json",
    ]
    assert f"<http://testserver{path}?role=uses&format=zip>" in inside["README.md"].decode()
    assert "| grade | string | How well it is founded" in inside["README.md"].decode()
    package = description(content)
    assert package["profile"] == "tabular-data-package"
    assert package["licenses"] == [{"name": "CC0-1.0"}]
    assert package["homepage"].endswith("role=uses&format=zip")
    csv = client.get(f"{path}?role=uses&format=csv").content
    assert inside[f"{site.technology.slug}.csv"] == csv
