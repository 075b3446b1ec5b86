"""The check of the vocabulary itself: it must be able to fail."""

import pytest

from tests.linked_data.vocabulary import faults


def of(**item):
    return faults({"@context": "https://schema.org", "@graph": [item]})


def test_what_schema_org_knows_has_no_faults():
    person = {"@type": "Person", "name": "Ada Lovelace"}
    item = {"@type": "Quotation", "@id": "https://example.org/#q", "text": "So.", "creator": person}
    assert of(**item) == []


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"@type": "Quote", "text": "So."}, "there is no ['Quote']"),
        ({"@type": "Person", "nmae": "Ada"}, "Person has no nmae"),
        ({"@type": "Person", "spokenByCharacter": "Ada"}, "Person has no spokenByCharacter"),
        ({"@type": "Claim", "creator": {"@type": "Persn"}}, "there is no ['Persn']"),
        ({"@type": "Claim", "@id": "claims/a"}, "relative:/claims/a is no address"),
    ],
)
def test_what_it_does_not_know_is_a_fault(item, fault):
    assert fault in of(**item)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("creator", "Ada Lovelace"),
        ("creator", {"@type": "Rating"}),
        ("creator", {"@id": "https://example.org/#nowhere"}),
        ("text", " "),
        ("url", "claims/a"),
        ("dateModified", "2026-02-30"),
        ("dateModified", "2026-02-01T10:00:00"),
        ("isAccessibleForFree", "yes"),
        ("version", True),
    ],
)
def test_a_value_of_another_type_is_a_fault(name, value):
    (fault,) = of(**{"@type": "Claim", name: value})
    assert fault.startswith(f"Claim.{name} is ")


def test_one_thing_is_of_one_type():
    ada = {"@id": "https://example.org/#ada", "name": "Ada"}
    items = [{"@type": kind, **ada} for kind in ("Person", "Organization")]
    found = faults({"@context": "https://schema.org", "@graph": items})
    assert found == ["https://example.org/#ada is of two types"]


def test_a_thing_on_the_page_is_named_by_its_address_alone():
    ada = {"@id": "https://example.org/#ada"}
    items = [{"@type": "Claim", "author": ada}, {"@type": "Person", "name": "Ada", **ada}]
    assert faults({"@context": "https://schema.org", "@graph": items}) == []
    items[1]["@type"] = "Rating"
    (fault,) = faults({"@context": "https://schema.org", "@graph": items})
    assert fault.startswith("Claim.author is ")
