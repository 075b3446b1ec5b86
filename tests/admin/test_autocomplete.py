import pytest

from companies.models import Company
from tests.factories import (
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)


@pytest.fixture
def offered(admin_client):
    def texts(field, term, model="claim"):
        query = {"app_label": "companies", "model_name": model, "field_name": field, "term": term}
        response = admin_client.get("/admin/autocomplete/", query)
        assert response.status_code == 200
        return [row["text"] for row in response.json()["results"]]

    return texts


@pytest.mark.parametrize("term", ["netf", "qwik", "netflix-slug"])
def test_a_company_is_found_once_by_name_other_name_and_slug(offered, term):
    company = CompanyFactory(name="Netflix", slug="netflix-slug")
    CompanyAliasFactory(company=company, name="Qwikster")
    CompanyAliasFactory(company=company, name="Netflix, Inc.")
    CompanyFactory(name="Spotify")
    assert offered("company", term) == ["Netflix"]


def test_a_company_comes_first_by_its_whole_other_name(offered):
    for name in ("37signals", "Figma", "Instagram"):
        CompanyFactory(name=name)
    CompanyAliasFactory(company=Company.objects.get(name="Instagram"), name="IG")
    assert offered("company", "ig") == ["Instagram", "37signals", "Figma"]


@pytest.mark.parametrize("term", ["tech-key", "python at", "example.org/python", "techblog"])
def test_a_source_is_found_by_key_title_address_and_publisher(offered, term):
    SourceFactory(
        key="tech-key",
        title="Python at Netflix",
        url="https://example.org/python",
        publisher="TechBlog",
    )
    SourceFactory()
    assert offered("source", term) == ["Python at Netflix (TechBlog)"]


def test_a_domain_is_found_by_name(offered):
    DomainFactory(name="Security")
    DomainFactory(name="Finance")
    assert offered("domain", "secu") == ["Security"]


@pytest.mark.parametrize("name", ["C", "Go"])
def test_a_short_name_comes_before_those_that_contain_it(offered, name):
    for other in ("Cassandra", "Django", "MongoDB", "Gopher", "C++", "C", "Go", "Ceph"):
        TechnologyFactory(name=other)
    found = offered("technology", name.lower(), model="claimtechnology")
    assert found[0] == name
    assert found[1].startswith(name)


def test_without_a_term_all_are_offered_in_order(offered):
    for name in ("Java", "Ada"):
        TechnologyFactory(name=name)
    assert offered("technology", "", model="codebaseshare") == ["Ada", "Java"]


def test_who_may_not_look_at_sources_is_offered_none(client_with):
    query = {"app_label": "companies", "model_name": "claim", "field_name": "source"}
    assert client_with("view_claim").get("/admin/autocomplete/", query).status_code == 403
