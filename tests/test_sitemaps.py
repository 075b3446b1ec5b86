import pytest
from defusedxml import ElementTree

from companies import sitemaps
from companies.models import Status
from tests.factories import ClaimFactory, CompanyFactory
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
