import pytest

from companies.linked_data import quotations
from companies.models import ClaimKind
from tests.factories import ClaimFactory
from tests.linked_data.reading import items_in

pytestmark = pytest.mark.django_db


def quotation_of(**given):
    made = ClaimFactory(kind=ClaimKind.QUOTE, **given)
    (found,) = quotations([made], lambda path: f"https://example.org{path}")
    return found


def test_says_what_was_said_by_whom_of_whom_and_where():
    found = quotation_of(
        key="acme-01",
        quotation="It just works.",
        speaker="Ada Lovelace",
        speaker_role="engineer, Acme",
        company__name="Acme",
        source__url="https://acme.example/post",
    )
    assert found["@id"] == "https://example.org/claims/acme-01/#quotation"
    assert found["url"] == "https://example.org/claims/acme-01/"
    assert found["text"] == "It just works."
    assert found["creator"] == [
        {"@type": "Person", "name": "Ada Lovelace", "jobTitle": "engineer, Acme"}
    ]
    assert found["about"]["name"] == "Acme"
    assert found["isBasedOn"]["url"] == "https://acme.example/post"


def test_is_of_the_sources_author_if_no_speaker_is_named():
    found = quotation_of(speaker="", speaker_role="", source__author="Ada Lovelace; B. Bar")
    assert [one["name"] for one in found["creator"]] == ["Ada Lovelace", "B. Bar"]


def test_a_company_that_speaks_is_no_person():
    found = quotation_of(speaker="Acme", company__name="Acme")
    assert found["creator"] == [{"@type": "Organization", "name": "Acme"}]


def test_claims_without_words_have_none():
    assert quotations([ClaimFactory(kind=ClaimKind.USE_CASE)], str) == []


def test_the_quotes_of_a_page_are_those_that_it_shows(client):
    for number in range(32):
        ClaimFactory(kind=ClaimKind.QUOTE, as_of=f"19{number + 60}", quotation=f"No. {number}")
    pages = [client.get("/quotes/", {"page": page}).content.decode() for page in (1, 2)]
    texts = [
        [item["text"] for item in items_in(page) if item["@type"] == "Quotation"] for page in pages
    ]
    assert [len(found) for found in texts] == [30, 2]
    assert texts[1] == ["No. 1", "No. 0"]
