import pytest

from companies.data_files.publication import current
from companies.models import ClaimKind
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory, SourceFactory
from tests.linked_data.reading import item_in, items_in
from tests.promises.small_site import WITH_FILES, small_site

pytestmark = pytest.mark.django_db

NO_DATASET = {"companies:search"}
ROOT = "http://testserver"


def dataset_at(client, path):
    return item_in(client.get(path).content.decode(), "Dataset")


def test_each_page_with_files_offers_them_and_they_are_there(client):
    site = small_site()
    for name in WITH_FILES - NO_DATASET:
        found = dataset_at(client, site.pages[name])
        assert found["url"] == f"{ROOT}{site.pages[name]}"
        offered = {one["encodingFormat"]: one["contentUrl"] for one in found["distribution"]}
        assert set(offered) == {
            "text/csv",
            "application/json",
            "application/x-ndjson",
            "application/zip",
        }
        for media_type, address in offered.items():
            answer = client.get(address.removeprefix(ROOT))
            assert answer["Content-Type"].partition(";")[0] == media_type


def test_names_and_descriptions_are_what_search_engines_take(client):
    site = small_site()
    found = [dataset_at(client, site.pages[name]) for name in WITH_FILES - NO_DATASET]
    assert len({one["name"] for one in found}) == len(found)
    assert {50 <= len(one["description"]) <= 5000 for one in found} == {True}


def test_of_a_company_says_for_which_years_and_when_it_last_changed(client):
    acme = CompanyFactory(slug="acme")
    claims = [ClaimFactory(company=acme, as_of=date) for date in ("2016-05", "", "2009")]
    ClaimFactory(company=acme, as_of="1990", status="draft")
    found = dataset_at(client, "/companies/acme/")
    assert found["temporalCoverage"] == "2009/2016-05"
    newest = max(claim.updated for claim in claims)
    assert found["dateModified"] == newest.isoformat(timespec="seconds")
    assert found["about"]["@id"] == f"{ROOT}/companies/acme/#organization"


def test_of_one_date_or_none_says_no_more(client):
    ClaimFactory(company=CompanyFactory(slug="acme"), as_of="2016")
    CompanyFactory(slug="bare")
    assert dataset_at(client, "/companies/acme/")["temporalCoverage"] == "2016"
    assert "temporalCoverage" not in dataset_at(client, "/companies/bare/")


def test_of_a_comparison_is_about_each_company(client):
    for slug in ("acme", "bolt"):
        ClaimFactory(
            company=CompanyFactory(slug=slug, name=slug.title()),
            as_of="2016" if slug == "acme" else "2019",
            kind=ClaimKind.USE_CASE,
        )
    found = dataset_at(client, "/compare/acme-vs-bolt/")
    assert found["name"].endswith(": Acme vs Bolt")
    assert [one["name"] for one in found["about"]] == ["Acme", "Bolt"]
    assert found["temporalCoverage"] == "2016/2019"


def test_of_a_list_rests_on_the_document_whose_list_it_is(client):
    source = SourceFactory(url="https://example.com/five")
    for slug, of_others in (("five", source), ("ours", None)):
        CompanyListFactory(slug=slug, source=of_others, companies=[CompanyFactory()])
    assert dataset_at(client, "/lists/five/")["isBasedOn"]["url"] == "https://example.com/five"
    assert "isBasedOn" not in dataset_at(client, "/lists/ours/")


def test_variables_are_what_is_counted_and_not_what_names_a_row(client):
    small_site()
    found = {
        path: [one["name"] for one in dataset_at(client, path).get("variableMeasured", [])]
        for path in ("/companies/", "/quotes/", "/changes/")
    }
    assert found == {
        "/companies/": ["claims"],
        "/quotes/": ["figure_value", "figure_before"],
        "/changes/": [],
    }


@pytest.mark.parametrize(
    ("setting", "licence"),
    [
        ("", None),
        ("CC-BY-4.0", {"@type": "CreativeWork", "name": "CC-BY-4.0"}),
        ("CC-BY-4.0 https://cc.example/by/4.0/", "https://cc.example/by/4.0/"),
    ],
)
def test_licence_is_the_operators_or_none(client, settings, setting, licence):
    settings.DATA_LICENSE = setting
    assert dataset_at(client, "/companies/").get("license") == licence


class TestCatalog:
    def test_holds_the_archive_and_each_list_under_the_address_it_has_on_its_page(self, client):
        small_site()
        catalog = item_in(client.get("/data/").content.decode(), "DataCatalog")
        archive, *lists = catalog["dataset"]
        for one in lists:
            page = dataset_at(client, one["url"].removeprefix(ROOT))
            assert one.items() <= page.items()
            assert page["includedInDataCatalog"]["@id"] == catalog["@id"]
        assert len(lists) == 6
        published = current()
        assert archive["dateModified"] == published.moment.isoformat()
        (download,) = archive["distribution"]
        assert download["contentUrl"] == f"{ROOT}/data/stackfacts.zip"
        assert download["sha256"] == published.sha256
        assert download["contentSize"] == f"{published.size} B"

    def test_has_no_archive_before_there_is_one(self, client, settings, tmp_path):
        settings.DATA_DIR = tmp_path
        (catalog,) = items_in(client.get("/data/").content.decode())
        assert next(one["url"] for one in catalog["dataset"]) == f"{ROOT}/companies/"
