import pytest

from companies.models import Status
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    SourceFactory,
)
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/lists/best/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


def test_a_list_shows_its_companies_in_its_own_order_with_notes_and_claims(client):
    zeta = CompanyFactory(name="Zeta", summary="Sells tea.")
    best = CompanyListFactory(slug="best", title="The best", summary="Five of them.")
    CompanyListEntryFactory(
        company_list=best, company=CompanyFactory(name="Acme"), position=2, note="Second to none."
    )
    CompanyListEntryFactory(company_list=best, company=zeta, position=1)
    ClaimFactory(company=zeta)
    ClaimFactory(company=zeta, status=Status.DRAFT)
    page = client.get(PATH)
    assert headings(page, 1) == ["The best"]
    assert headings(page, 2) == ["Zeta", "Acme"]
    shown = words(page)
    assert "Five of them. Zeta Sells tea. 1 claim Acme Second to none. 0 claims" in shown
    assert zeta.get_absolute_url() in links(page)


def test_a_list_after_a_document_names_it_and_links_its_fact_check(client):
    source = SourceFactory(title="An article", publisher="A magazine")
    CompanyListFactory(slug="best", source=source)
    page = client.get(PATH)
    assert "After An article, A magazine original" in words(page)
    assert source.get_absolute_url() in links(page)
    assert client.get(source.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("number", "compared", "label"),
    [
        (2, "/compare/c-0-vs-c-1/", "Compare them side by side"),
        (6, "/compare/c-0-vs-c-1-vs-c-2-vs-c-3-vs-c-4/", "Compare the first five side by side"),
    ],
)
def test_companies_of_a_list_are_compared_in_one_click(client, number, compared, label):
    companies = [CompanyFactory(slug=f"c-{index}") for index in range(number)]
    CompanyListFactory(slug="best", companies=companies)
    page = client.get(PATH)
    assert label in words(page)
    assert compared in links(page)
    assert client.get(compared).status_code == 200


def test_a_list_of_one_offers_no_comparison(client):
    CompanyListFactory(slug="best", companies=[CompanyFactory()])
    assert "side by side" not in words(client.get(PATH))


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_companies_of_a_list_are_left_out(client, status):
    companies = [
        CompanyFactory(slug="hidden", name="Hidden", status=status),
        CompanyFactory(slug="a"),
        CompanyFactory(slug="b"),
    ]
    CompanyListFactory(slug="best", companies=companies)
    page = client.get(PATH)
    assert "Hidden" not in page.content.decode()
    assert "/compare/a-vs-b/" in links(page)


def test_a_list_without_published_companies_says_so(client):
    CompanyListFactory(slug="best", companies=[CompanyFactory(status=Status.DRAFT)])
    assert "No company of this list has a published profile yet." in words(client.get(PATH))


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_an_unpublished_list_is_not_found(client, status):
    CompanyListFactory(slug="best", status=status)
    assert client.get(PATH).status_code == 404


def test_an_unknown_list_is_not_found_in_words(client):
    page = client.get(PATH)
    assert page.status_code == 404
    assert "There is no list at the address “best”." in words(page)
