"""Which comparisons search engines are told to leave (docs/decisions/0020)."""

import pytest

from companies.models import Status
from tests.factories import CompanyFactory, CompanyListFactory

pytestmark = pytest.mark.django_db

PATH = "/compare/acme-vs-zeta/"
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def companies():
    return [CompanyFactory(slug=slug) for slug in ("acme", "zeta")]


def is_left(client, path=PATH, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    is_left = answer.headers.get("X-Robots-Tag") == "noindex"
    if not query.get("format"):
        assert (NOINDEX in answer.content.decode()) is is_left
    return is_left


@pytest.mark.usefixtures("companies")
def test_a_comparison_that_nobody_chose_is_left_with_its_files(client):
    assert is_left(client)
    assert all(is_left(client, format=format) for format in ("csv", "json", "ndjson", "zip"))
    assert is_left(client, differences="on")


def test_one_that_a_list_leads_to_is_taken(client, companies):
    CompanyListFactory(companies=companies)
    assert not is_left(client)
    assert not is_left(client, format="csv")


def test_one_of_some_of_a_lists_companies_is_left(client, companies):
    CompanyListFactory(companies=[*companies, CompanyFactory()])
    assert is_left(client)


def test_the_button_of_a_list_leads_to_what_is_taken(client):
    members = [CompanyFactory(slug=f"c-{number}") for number in (3, 1, 7, 5, 2, 9)]
    page = client.get(CompanyListFactory(companies=members).get_absolute_url()).content.decode()
    path = "/compare/c-1-vs-c-2-vs-c-3-vs-c-5-vs-c-7/"
    assert f'href="{path}"' in page
    assert not is_left(client, path)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_an_unpublished_list_chooses_nothing(client, companies, status):
    CompanyListFactory(companies=companies, status=status)
    assert is_left(client)


def test_however_it_is_arranged_the_plain_address_is_the_one_to_take(client, companies):
    CompanyListFactory(companies=companies)
    query = {"differences": "on", "folded": "glance", "order": "zeta,acme"}
    assert not is_left(client, **query)
    page = client.get(PATH, query).content.decode()
    assert f'<link rel="canonical" href="http://testserver{PATH}">' in page
