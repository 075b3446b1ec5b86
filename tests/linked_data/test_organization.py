import pytest

from companies.linked_data import organization
from companies.models import CompanyKind, Logo
from tests.factories import CompanyAliasFactory, CompanyFactory
from tests.linked_data.reading import item_in

pytestmark = pytest.mark.django_db


def absolute(path):
    return f"https://example.org{path}"


def test_says_what_the_profile_says(client):
    logo = Logo.objects.keep(b"\x89PNG")
    meta = CompanyFactory(
        slug="meta",
        name="Meta",
        summary="Owner of Facebook.",
        founded="2004",
        headquarters="Menlo Park, California, US",
        industry="Social media",
        website="https://about.meta.com",
        wikidata="Q380",
        logo=logo,
    )
    CompanyAliasFactory(company=meta, name="Facebook")
    CompanyFactory(slug="whatsapp", name="WhatsApp", parent=meta)
    found = item_in(client.get("/companies/meta/").content.decode(), "Organization")
    assert found == {
        "@type": "Organization",
        "@id": "http://testserver/companies/meta/#organization",
        "name": "Meta",
        "mainEntityOfPage": "http://testserver/companies/meta/",
        "alternateName": ["Facebook"],
        "description": "Owner of Facebook.",
        "url": "https://about.meta.com",
        "sameAs": "https://www.wikidata.org/wiki/Q380",
        "foundingDate": "2004",
        "address": "Menlo Park, California, US",
        "keywords": "Social media",
        "logo": f"http://testserver/logos/{logo.digest}.png",
        "subOrganization": [
            {
                "@type": "Organization",
                "@id": "http://testserver/companies/whatsapp/#organization",
                "name": "WhatsApp",
                "mainEntityOfPage": "http://testserver/companies/whatsapp/",
            }
        ],
    }


def test_of_a_subsidiary_names_the_parent_as_the_parents_profile_does(client):
    meta = CompanyFactory(slug="meta")
    CompanyFactory(slug="whatsapp", parent=meta)
    owned = item_in(client.get("/companies/whatsapp/").content.decode(), "Organization")
    owner = item_in(client.get("/companies/meta/").content.decode(), "Organization")
    assert owned["parentOrganization"]["@id"] == owner["@id"]
    assert owner["subOrganization"][0]["@id"] == owned["@id"]


def test_an_unpublished_parent_is_not_named(client):
    CompanyFactory(slug="whatsapp", parent=CompanyFactory(status="draft"))
    found = item_in(client.get("/companies/whatsapp/").content.decode(), "Organization")
    assert "parentOrganization" not in found


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (CompanyKind.COMPANY, "Organization"),
        (CompanyKind.ORGANISATION, "Organization"),
        (CompanyKind.PROJECT, "Project"),
    ],
)
def test_a_project_is_a_project(kind, type_):
    assert organization(CompanyFactory(kind=kind), absolute)["@type"] == type_


def test_leaves_out_what_is_not_recorded():
    bare = CompanyFactory(summary="", founded="", headquarters="", industry="", website="")
    found = organization(bare, absolute)
    assert set(found) == {"@type", "@id", "name", "mainEntityOfPage"}
