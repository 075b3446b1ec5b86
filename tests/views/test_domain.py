import pytest

from companies.models import ClaimKind, Status
from tests.factories import ClaimFactory, DomainFactory
from tests.views.reading import headings, links, listed, words

pytestmark = pytest.mark.django_db

PATH = "/domains/web/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def web():
    return DomainFactory(slug="web", name="Web back ends")


def test_every_domain_is_listed_with_its_number_of_published_claims(client, web):
    for name in ("Zoology", "Audio", "Networks"):
        DomainFactory(name=name)
    ClaimFactory(domain=web)
    ClaimFactory(domain=web)
    ClaimFactory(domain=web, status=Status.DRAFT)
    ClaimFactory(domain=web, company__status=Status.DRAFT)
    page = client.get("/domains/")
    assert headings(page, 2) == ["Audio", "Networks", "Web back ends", "Zoology"]
    assert "Networks 0 claims Web back ends 2 claims" in words(page)
    assert PATH in links(page)


def test_a_site_without_domains_says_so(client):
    assert "No domain is recorded yet." in words(client.get("/domains/"))


def test_filters_narrow_page_and_files_alike(client, web):
    old = ClaimFactory(domain=web, as_of="2015", title="Monolith")
    new = ClaimFactory(domain=web, as_of="2020", kind=ClaimKind.WEAKNESS)
    undated = ClaimFactory(domain=web, as_of="", company__name="Monolithic")
    ClaimFactory(title="Monolith elsewhere", domain=DomainFactory())
    assert listed(client, PATH) == [new.key, old.key, undated.key]
    assert listed(client, PATH, kind="weakness") == [new.key]
    assert listed(client, PATH, q="monolith") == [old.key, undated.key]
    assert listed(client, PATH, q="monolith", kind="weakness") == []


@pytest.mark.parametrize("field", ["title", "text", "quotation", "speaker"])
def test_words_are_looked_for_in_everything_a_claim_says(client, web, field):
    texts = {"quotation": "Some words."} | {field: "The needle in it."}
    claim = ClaimFactory(domain=web, **texts)
    ClaimFactory(domain=web)
    assert listed(client, PATH, q="NEEDLE") == [claim.key]


def test_a_claim_names_its_company_and_kind(client, web):
    ClaimFactory(domain=web, company__name="Acme", title="Servers")
    assert "Acme · Use case Servers" in words(client.get(PATH))


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_are_neither_shown_nor_counted(client, web, status):
    ClaimFactory(domain=web, title="Hidden", status=status)
    ClaimFactory(domain=web, title="Hidden", company__status=status)
    assert listed(client, PATH) == []
    assert "No claims yet." in words(client.get(PATH))


def test_an_unknown_domain_is_not_found_in_words(client):
    page = client.get("/domains/no-such/")
    assert page.status_code == 404
    assert "There is no domain at the address “no-such”." in words(page)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"kind": "rumour"}, "kind: Select a valid choice. rumour is not one of"),
        ({"q": "a\0"}, "q: Null characters are not allowed."),
        ({"format": "xml"}, "format: Select a valid choice."),
    ],
    ids=str,
)
def test_a_bad_parameter_is_refused_in_words(client, web, query, message):
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)


def test_a_page_past_the_last_says_how_many_there_are(client, web):
    for _ in range(31):
        ClaimFactory(domain=web)
    assert len(client.get(PATH, {"page": 2}).context["page"]) == 1
    page = client.get(PATH, {"page": 3})
    assert page.status_code == 404
    assert "This list has 2 pages; there is no page 3." in words(page)
