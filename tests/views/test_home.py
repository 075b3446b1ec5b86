import pytest

from companies.models import Status
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


def test_the_first_page_says_how_much_is_published(client):
    company = CompanyFactory()
    ClaimFactory(company=company)
    ClaimFactory(company=company)
    ClaimFactory()
    assert "3 claims about the technology of 2 companies and projects" in words(client.get("/"))


def test_the_first_page_searches_companies(client):
    body = client.get("/").content.decode()
    assert '<form class="search" action="/companies/" method="get" role="search">' in body
    assert 'name="q"' in body


def test_newest_claims_come_first_and_undated_ones_last(client):
    for date in ("", "2015", "2020-05", "2019"):
        ClaimFactory(title=f"Of {date}", as_of=date)
    titles = headings(client.get("/"), 3)[-4:]
    assert titles == ["Of 2020-05", "Of 2019", "Of 2015", "Of"]


def test_the_most_used_technologies_are_counted_by_company(client):
    for technologies in (["Go", "Python"], ["Python"]):
        ClaimFactory(technologies=technologies)
    assert "Most used technologies Python 2 Go 1 All technologies" in words(client.get("/"))


def test_lists_show_their_companies_in_order(client):
    companies = [CompanyFactory(name=name) for name in ("Zeta", "Acme", "Mint")]
    best = CompanyListFactory(title="The best", summary="Three.", companies=companies)
    page = client.get("/")
    assert "The best Three. Zeta · Acme · Mint" in words(page)
    assert best.get_absolute_url() in links(page)


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_nothing_unpublished_is_shown_or_counted(client, status):
    ClaimFactory(title="Hidden", status=status, technologies=["Hidden"])
    ClaimFactory(title="Hidden", company__status=status, technologies=["Hidden"])
    CompanyListFactory(title="Hidden", status=status)
    CompanyListFactory(title="Seen", companies=[CompanyFactory(name="Hidden", status=status)])
    page = client.get("/")
    assert "Hidden" not in page.content.decode()
    assert "0 claims about the technology of 0 companies" in words(page)


def test_an_empty_site_says_where_claims_are_added(client):
    page = client.get("/")
    assert "Nothing is published yet. Editors add claims in the admin." in words(page)
    assert "/admin/" in links(page)
