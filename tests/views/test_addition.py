"""Adding a company to a comparison by its name, on the page itself."""

import pytest
from django.utils.html import escape

from companies.models import Status
from tests.factories import CompanyAliasFactory, CompanyFactory
from tests.views.reading import links, words

pytestmark = pytest.mark.django_db

PATH = "/compare/acme-vs-zeta/"


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme")


@pytest.fixture
def zeta():
    return CompanyFactory(slug="zeta", name="Zeta")


@pytest.fixture
def mint():
    company = CompanyFactory(slug="mint", name="Mint & Co")
    CompanyAliasFactory(company=company, name="Peppermint")
    return company


def test_every_other_published_company_is_offered_by_name(client, acme, zeta, mint):
    CompanyFactory(slug="hidden", name="Hidden", status=Status.DRAFT)
    body = client.get(PATH).content.decode()
    assert body.count("<option") == 1
    assert '<option value="Mint &amp; Co">' in body


@pytest.mark.parametrize("name", ["Mint & Co", "mint & co", "mint", "MINT", " peppermint ", "min"])
def test_a_company_is_added_by_any_of_its_names_or_a_part_of_one(client, acme, zeta, mint, name):
    added = client.get(PATH, {"add": name, "differences": "on", "folded": "glance"})
    assert added.status_code == 302
    assert added["Location"] == (
        "/compare/acme-vs-mint-vs-zeta/?differences=on&folded=glance#column-mint"
    )


def test_a_company_added_to_a_chosen_order_comes_last(client, acme, zeta, mint):
    added = client.get(PATH, {"add": "mint", "order": "zeta,acme"})
    assert added["Location"] == "/compare/acme-vs-mint-vs-zeta/?order=zeta,acme,mint#column-mint"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nobody", "No company is called “nobody”. Choose one of those offered as you type."),
        ("acme", "Acme is here already."),
        ("Hidden", "No company is called “Hidden”."),
        ("<b>", "No company is called “<b>”."),
    ],
)
def test_a_company_that_cannot_be_added_is_refused_beside_the_field_and_nothing_is_lost(
    client, acme, zeta, name, message
):
    CompanyFactory(slug="hidden", name="Hidden", status=Status.DRAFT)
    page = client.get(PATH, {"add": name, "differences": "on", "order": "zeta,acme"})
    assert page.status_code == 400
    assert message in words(page)
    body = page.content.decode()
    assert f'value="{escape(name)}" aria-invalid="true" aria-describedby="add-refused"' in body
    assert '<input type="hidden" name="order" value="zeta,acme">' in body
    assert [c.slug for c in page.context["comparison"].companies] == ["zeta", "acme"]


def test_an_unclear_name_offers_every_company_that_may_be_meant(client, acme, zeta, mint):
    CompanyFactory(slug="minty", name="Minty")
    page = client.get(PATH, {"add": "min", "differences": "on"})
    assert page.status_code == 400
    assert "Several companies fit “min”. Choose one" in words(page)
    for link in (
        "/compare/acme-vs-mint-vs-zeta/?differences=on",
        "/compare/acme-vs-minty-vs-zeta/?differences=on",
    ):
        assert link in links(page)


def test_a_sixth_company_is_refused_in_words(client):
    for slug in "abcdef":
        CompanyFactory(slug=slug)
    five = client.get("/compare/a-vs-b-vs-c-vs-d-vs-e/")
    assert "5 companies fit side by side. Remove one to add another." in words(five)
    assert 'name="add"' not in five.content.decode()
    sixth = client.get("/compare/a-vs-b-vs-c-vs-d-vs-e/", {"add": "f"})
    assert sixth.status_code == 400
    assert "5 companies are here already, and no more fit side by side." in words(sixth)


@pytest.mark.parametrize("add", ["\0", "x" * 201], ids=["NUL", "long"])
def test_a_name_that_no_company_could_have_is_refused_in_words(client, acme, zeta, add):
    page = client.get(PATH, {"add": add})
    assert page.status_code == 400
    assert "add: " in words(page)


def test_a_refused_addition_is_said_on_the_page_also_where_a_file_was_asked_for(client, acme, zeta):
    page = client.get(PATH, {"add": "nobody", "format": "csv"})
    assert page.status_code == 400
    assert "No company is called “nobody”." in words(page)
