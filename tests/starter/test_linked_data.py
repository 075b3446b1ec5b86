"""What machines read of the starter catalogue, on every page that a visitor can reach."""

from collections import defaultdict

import pytest

from tests.linked_data.reading import data_in, items_in
from tests.linked_data.vocabulary import faults

pytestmark = pytest.mark.django_db


def test_schema_org_knows_every_word(site):
    # What an address asks for leaves things out, and adds none.
    pages = {address: page for address, page in site.html_pages.items() if "?" not in address}
    described = {address: data_in(page.text) for address, page in pages.items()}
    found = {address: faults(data) for address, data in described.items() if data}
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert len(found) > 400


def test_a_thing_is_described_at_one_address_only_but_for_quotations(site):
    pages = defaultdict(set)
    for address, page in site.html_pages.items():
        if "?" not in address:
            for item in items_in(page.text):
                pages[item["@id"]].add(address)
    several = {thing: found for thing, found in pages.items() if len(found) > 1}
    assert {thing.rpartition("#")[2] for thing in several} == {"quotation"}
    assert {"/quotes/" in found for found in several.values()} == {True}
