"""Every kind of page says what it is in the words of schema.org, or nothing at all."""

import pytest
from django.utils.translation import override
from pyld import jsonld

from tests.archive.at_days import day, on
from tests.linked_data.reading import data_in, items_in
from tests.linked_data.vocabulary import OPTIONS, faults
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

# What stands on each page, beside the crumbs of those that show any.
DATASET, CRUMBS = "Dataset", "BreadcrumbList"
PAGES = {
    "companies:home": ["WebSite"],
    "companies:companies": [DATASET],
    "companies:company": ["Organization", DATASET, CRUMBS],
    "companies:compare": [],
    "companies:comparison": [CRUMBS, DATASET],
    # For other people's pages.
    "companies:comparison_embed": [],
    "companies:technologies": [DATASET],
    "companies:technology": [DATASET, CRUMBS],
    "companies:domains": [DATASET],
    "companies:domain": [DATASET, CRUMBS],
    "companies:quotes": [DATASET, "Quotation", "Quotation"],
    "companies:company_list": [DATASET, CRUMBS],
    "companies:sources": [DATASET],
    "companies:source": [DATASET, CRUMBS],
    "companies:claim": ["Claim", CRUMBS],
    "companies:search": [],
    "companies:data": ["DataCatalog"],
    "companies:changes": [DATASET],
}


@pytest.fixture
def site():
    return small_site()


@pytest.fixture
def pages(client, site):
    return {name: client.get(path).content.decode() for name, path in site.pages.items()}


def test_each_kind_of_page_says_what_is_on_it(pages):
    found = {name: [item["@type"] for item in items_in(page)] for name, page in pages.items()}
    assert found == PAGES


def test_schema_org_knows_every_word_on_every_page(pages):
    found = {name: faults(data_in(page)) for name, page in pages.items() if items_in(page)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_processor_of_json_ld_reads_every_page(pages):
    for page in pages.values():
        if items_in(page):
            statements = jsonld.normalize(
                data_in(page),
                OPTIONS | {"algorithm": "URDNA2015", "format": "application/n-quads"},
            )
            assert "<https://schema.org/" in statements


def test_each_thing_at_the_top_has_an_address_of_this_site_and_no_other_has_the_same(pages):
    addresses = [item["@id"] for page in pages.values() for item in items_in(page)]
    # A quotation stands among the quotes as well as with its claim.
    others = [address for address in addresses if not address.endswith("#quotation")]
    assert len(set(others)) == len(others)
    assert {address.startswith("http://testserver/") for address in addresses} == {True}


def test_the_data_is_the_same_in_every_language(client, site, pages):
    for name, path in site.pages.items():
        with override("de"):
            page = client.get(path, headers={"Accept-Language": "de"}).content.decode()
        if name != "companies:comparison_embed":
            assert '<html lang="de"' in page
        assert items_in(page) == items_in(pages[name])


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("companies:companies", "q=c"),
        ("companies:technologies", "kind=language"),
        ("companies:technology", "role=uses"),
        ("companies:domain", "q=c"),
        ("companies:quotes", "q=p"),
        ("companies:sources", "sort=newest"),
        ("companies:source", "verdict=confirmed"),
        ("companies:changes", "subject=claim"),
        ("companies:comparison", "differences=on"),
    ],
)
def test_a_part_of_a_set_of_data_is_none_of_its_own(client, site, name, query):
    page = client.get(f"{site.path(name)}?{query}").content.decode()
    assert DATASET not in [item["@type"] for item in items_in(page)]
    assert faults(data_in(page)) == [] if items_in(page) else CRUMBS not in PAGES[name]


@pytest.mark.parametrize("name", ["companies:company", "companies:claim", "companies:comparison"])
def test_pages_as_they_stood_have_no_data(client, name):
    with on(1):
        site = small_site()
    archived = client.get(f"{site.pages[name]}?as_of={day(1)}")
    assert archived.status_code == 200
    assert b"ld+json" not in archived.content
    assert b"ld+json" in client.get(site.pages[name]).content
