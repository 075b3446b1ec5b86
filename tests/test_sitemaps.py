import pytest
from defusedxml import ElementTree

from companies import sitemaps
from companies.models import Domain, Status
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)
    return [element.text for element in root.findall(".//s:loc", NAMES)]


def every_location(client):
    return [
        page
        for file in locations(client, "/sitemap.xml")
        for page in locations(client, file.removeprefix("http://testserver"))
    ]


def test_every_address_of_the_sitemap_answers(client):
    small_site(2)
    pages = every_location(client)
    assert len(pages) == len(set(pages))
    answers = {page: client.get(page.removeprefix("http://testserver")) for page in pages}
    assert {answer.status_code for answer in answers.values()} == {200}
    # None says that it is to be left.
    assert any("/compare/" in page for page in answers)
    assert [p for p, a in answers.items() if "X-Robots-Tag" in a or b"noindex" in a.content] == []


def test_every_kind_of_page_that_stands_for_itself_is_named(client):
    site = small_site()
    pages = every_location(client)
    for thing in (site.company, site.technology, site.domain, site.source, site.claim):
        assert f"http://testserver{thing.get_absolute_url()}" in pages
    assert f"http://testserver{site.company_list.get_absolute_url()}" in pages
    assert "http://testserver/" in pages


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_not_named(client, status):
    CompanyFactory(status=status)
    ClaimFactory(company=CompanyFactory(status=status))
    ClaimFactory(company=CompanyFactory(slug="shown"), status=status)
    files = [locations(client, f"/sitemap-{name}.xml") for name in ("companies", "claims")]
    assert files == [["http://testserver/companies/shown/"], []]


def test_a_long_table_is_split_into_files_that_name_each_page_once(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Records, "limit", 2)
    companies = [CompanyFactory() for _ in range(5)]
    files = [file for file in locations(client, "/sitemap.xml") if "companies" in file]
    assert files == [
        "http://testserver/sitemap-companies.xml",
        "http://testserver/sitemap-companies.xml?p=2",
        "http://testserver/sitemap-companies.xml?p=3",
    ]
    pages = [page for f in files for page in locations(client, f.removeprefix("http://testserver"))]
    assert pages == [f"http://testserver{company.get_absolute_url()}" for company in companies]


def test_comparisons_that_a_list_leads_to_are_named_once_and_no_others(client):
    one, two, three = (CompanyFactory(slug=slug) for slug in ("c-1", "c-2", "c-3"))
    CompanyListFactory(companies=[two, one])
    CompanyListFactory(companies=[one, two])
    CompanyListFactory(companies=[three])
    CompanyListFactory(companies=[two, three], status=Status.DRAFT)
    CompanyListFactory(companies=[one, three, CompanyFactory(status=Status.WITHDRAWN)])
    assert locations(client, "/sitemap-comparisons.xml") == [
        "http://testserver/compare/c-1-vs-c-2/",
        "http://testserver/compare/c-1-vs-c-3/",
    ]


def test_of_a_long_list_the_first_five_are_compared(client):
    CompanyListFactory(companies=[CompanyFactory(slug=f"c-{number}") for number in range(9, 0, -1)])
    (address,) = locations(client, "/sitemap-comparisons.xml")
    assert address == "http://testserver/compare/c-5-vs-c-6-vs-c-7-vs-c-8-vs-c-9/"


def test_more_pages_than_one_file_may_name_are_all_named(client):
    most = 50_000
    rows = [Domain(slug=f"d-{number}", name=f"Domain {number}") for number in range(most + 1)]
    Domain.objects.bulk_create(rows, batch_size=5_000)
    files = [file for file in locations(client, "/sitemap.xml") if "domains" in file]
    assert len(files) == 6
    ends = [locations(client, f.removeprefix("http://testserver")) for f in (files[0], files[-1])]
    assert [len(pages) for pages in ends] == [10_000, 1]
    assert (ends[0][0], ends[1][0]) == tuple(
        f"http://testserver{rows[place].get_absolute_url()}" for place in (0, most)
    )


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-nothing.xml",
        "/sitemap-claims.xml?p=2",
        "/sitemap-claims.xml?p=0",
        "/sitemap-claims.xml?p=x",
        "/sitemap-claims.xml?p=%00",
        f"/sitemap-claims.xml?p={10**30}",
    ],
)
def test_a_file_that_there_is_not_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_a_page_says_when_it_last_changed(client):
    company = CompanyFactory()
    text = client.get("/sitemap-companies.xml").content.decode()
    assert f"<lastmod>{company.updated:%Y-%m-%d}</lastmod>" in text
