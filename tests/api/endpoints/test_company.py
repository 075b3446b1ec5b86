import pytest

from companies.models import Finding, Logo, Status
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    FormerSlugFactory,
    GapFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def slugs(client, **query):
    answer = client.get("/api/v1/companies", query)
    assert answer.status_code == 200, answer.json()
    return [company["slug"] for company in answer.json()["items"]]


def test_a_company_comes_with_its_whole_record(client):
    company = CompanyFactory(slug="acme", parent=CompanyFactory(slug="above"), founded="1999-05")
    company.logo = Logo.objects.keep(b"a picture")
    company.save()
    CompanyAliasFactory(company=company, name="Acme, Inc.")
    GapFactory(company=company, technology=TechnologyFactory(slug="go"), note="Blog read.")
    ClaimFactory(company=company)
    ClaimFactory(company=company, status=Status.DRAFT)
    found = client.get("/api/v1/companies/acme").json()
    assert (found["slug"], found["founded"], found["claims"]) == ("acme", "1999-05", 1)
    assert (found["aliases"], found["parent"]["slug"]) == (["Acme, Inc."], "above")
    assert found["logo"].startswith("http://testserver/logos/")
    assert (found["gaps"][0]["finding"], found["gaps"][0]["note"]) == (
        Finding.UNKNOWN,
        "Blog read.",
    )
    assert found["gaps"][0]["technology"]["slug"] == "go"
    assert (found["website"], found["industry"], found["wikidata"]) == (None, None, None)


def test_a_parent_that_is_not_published_is_not_named(client):
    CompanyFactory(slug="acme", parent=CompanyFactory(status=Status.DRAFT))
    assert client.get("/api/v1/companies/acme").json()["parent"] is None


def test_a_former_slug_redirects_and_keeps_what_was_asked(client):
    FormerSlugFactory(company=CompanyFactory(slug="meta"), slug="facebook")
    answer = client.get("/api/v1/companies/facebook?fields=name")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/companies/meta?fields=name")


def test_the_filters_and_orders_are_those_of_the_page(client):
    a = CompanyFactory(slug="a", name="Zed", industry="Travel", founded="2001", kind="project")
    b = CompanyFactory(slug="b", name="Alpha", founded="1990")
    ClaimFactory.create_batch(2, company=a, technologies=["Go"], as_of="2010")
    ClaimFactory(company=b, as_of="2020")
    assert slugs(client) == ["b", "a"]
    assert slugs(client, sort="claims") == ["a", "b"]
    assert slugs(client, sort="newest") == ["b", "a"]
    assert slugs(client, sort="founded") == ["b", "a"]
    assert slugs(client, kind="project") == slugs(client, industry="Travel") == ["a"]
    assert slugs(client, q="alph") == ["b"]
    go = client.get("/api/v1/technologies").json()["items"][0]["slug"]
    assert slugs(client, technology=go, evidence="primary") == ["a"]
