"""The feed of one company."""

import pytest

from companies.exchange.revisions import record_missing
from companies.models import Company, Status
from tests.exchange.changing import save
from tests.factories import ClaimFactory, FormerSlugFactory
from tests.feeds.reading import ATOM, links, read, texts

pytestmark = pytest.mark.django_db

MARKUP = "<script>x</script>\"'&"
PATH = "/companies/acme/changes.atom"


def test_the_feed_of_a_company_tells_of_it_and_its_claims_alone(client, claim):
    other = ClaimFactory(company__name="Other")
    record_missing()
    save(claim, title="Servers")
    save(claim.company, summary="It makes rockets.")
    save(other, title="Another's")
    feed = read(client, PATH)
    assert texts([feed], "title") == ["Stackfacts: what changed about Acme"]
    assert texts([feed], "id") == [f"tag:testserver,2026:company/{claim.company.pk}"]
    assert links(feed) == {
        "alternate": "http://testserver/companies/acme/",
        "self": f"http://testserver{PATH}",
    }
    told = texts(feed.findall(f"{ATOM}entry"), "title")
    assert told[:2] == ["Changed: Acme", "Changed: Acme: Servers"]
    assert [title for title in told if "Acme" not in title] == []


def test_an_entry_is_the_same_in_both_feeds(client, claim):
    def ids(path):
        return texts(read(client, path).findall(f"{ATOM}entry"), "id")

    save(claim, title="Servers")
    assert set(ids("/changes.atom")) <= set(ids(PATH))


def test_a_withdrawn_claim_is_told_in_the_feed_of_its_company(client, claim):
    save(claim, status=Status.WITHDRAWN)
    titles = texts(read(client, PATH).findall(f"{ATOM}entry"), "title")
    assert titles[0] == "Withdrawn: Acme: Back end"


def test_the_feed_of_a_former_address_is_the_present_one(client, claim):
    FormerSlugFactory(company=claim.company, slug="acme-inc")
    moved = client.get("/companies/acme-inc/changes.atom")
    assert (moved.status_code, moved["Location"]) == (301, PATH)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_an_unpublished_company_has_no_feed_under_any_address(client, claim, status):
    FormerSlugFactory(company=claim.company, slug="acme-inc")
    Company.objects.update(status=status)
    for path in (PATH, "/companies/acme-inc/changes.atom", "/companies/x/changes.atom"):
        page = client.get(path)
        assert page.status_code == 404
        assert "There is no company profile at the address" in page.content.decode()


def test_a_company_named_in_markup_or_with_what_xml_cant_hold_has_a_feed(client, claim):
    Company.objects.update(name=f"{MARKUP}\x01")
    feed = read(client, PATH)
    assert texts([feed], "title") == [
        f"Stackfacts: what changed about {MARKUP}\N{REPLACEMENT CHARACTER}"
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_of_a_company_takes_the_same_queries_for_one_and_for_three(
    client, django_assert_num_queries, claim, number
):
    for row in ClaimFactory.create_batch(number, company=claim.company):
        record_missing()
        save(row, title="Another")
    with django_assert_num_queries(4):
        client.get(PATH)
