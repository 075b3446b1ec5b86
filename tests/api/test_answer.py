import json

import pytest
from jsonschema import Draft202012Validator

from companies.api.document import document
from companies.models import Company
from tests.factories import CompanyFactory, DomainFactory
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

LISTS = ["companies", "claims", "technologies", "domains", "sources", "lists", "quotes"]


@pytest.fixture
def site():
    return small_site(3)


def walked(client, address):
    items = []
    while address:
        answer = client.get(address)
        page = answer.json()
        items += page["items"]
        address = page["next"]
        assert answer.headers.get("Link") == (address and f'<{address}>; rel="next"')
        assert bool(address) == bool(page["next_cursor"])
    return items


@pytest.mark.parametrize("name", LISTS)
def test_following_next_leads_through_the_whole_list(client, site, name):
    DomainFactory.create_batch(3)
    small, large = (
        walked(client, f"/api/v1/{name}?limit=2"),
        walked(client, f"/api/v1/{name}?limit=7"),
    )
    assert small == large
    assert len(small) > 2


def test_next_keeps_what_was_asked_for(client, site):
    asked = {"limit": "1", "kind": "company", "fields": "name", "sort": "claims", "q": "Company"}
    page = client.get("/api/v1/companies", asked).json()
    following = client.get(page["next"]).json()
    assert [list(item) for item in following["items"]] == [["slug", "name"]]
    assert following["items"] != page["items"]


@pytest.mark.parametrize("name", LISTS)
def test_the_members_asked_for_come_and_the_one_that_names_the_entry(client, site, name):
    whole = client.get(f"/api/v1/{name}").json()["items"][0]
    first, *others = whole
    answer = client.get(f"/api/v1/{name}?fields=url,{others[1]}").json()
    assert answer["items"][0] == {n: whole[n] for n in whole if n in (first, others[1], "url")}


def test_an_entry_gives_the_members_asked_for(client, site):
    path = site.api["api:v1:claim"]
    whole = client.get(path).json()
    some = client.get(f"{path}?fields=grade,source").json()
    assert some == {name: whole[name] for name in ("key", "grade", "source")}


@pytest.mark.parametrize("name", LISTS)
def test_an_entry_of_a_list_is_the_entry_at_its_own_address(client, site, name):
    item = client.get(f"/api/v1/{name}").json()["items"][0]
    place = "claims" if name == "quotes" else name
    assert client.get(f"/api/v1/{place}/{item.get('slug') or item['key']}").json() == item


def test_every_member_that_a_schema_names_is_there_and_no_other(client, site):
    """The schemas call most members optional, for the sake of `fields`; by default all come."""
    schemas = json.loads(json.dumps(document()["components"]["schemas"]))
    for schema in schemas.values():
        if "properties" in schema:
            schema["required"] = list(schema["properties"])
            schema["additionalProperties"] = False
    checked = 0
    for path, methods in document()["paths"].items():
        name = "api:v1:" + next(n for n, p in site.api.items() if _fits(p, path)).split(":")[-1]
        body = client.get(site.api[name]).json()
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**schema, "components": {"schemas": schemas}})
        assert [error.message for error in validator.iter_errors(body)] == []
        checked += 1
    assert checked == 16


def _fits(address, template):
    parts, wanted = address.partition("?")[0].split("/"), template.split("/")
    return len(parts) == len(wanted) and all(
        part == want or want.startswith("{") for part, want in zip(parts, wanted, strict=True)
    )


def test_a_page_has_fifty_entries_unless_told_otherwise(client):
    CompanyFactory.create_batch(101)
    counts = [
        len(client.get(f"/api/v1/companies{query}").json()["items"])
        for query in ("", "?limit=1", "?limit=100")
    ]
    assert counts == [50, 1, 100]


def test_a_list_of_nothing_is_empty(client):
    assert Company.objects.count() == 0
    expected = {"items": [], "next": None, "next_cursor": None}
    assert {name: client.get(f"/api/v1/{name}").json() for name in LISTS} == dict.fromkeys(
        LISTS, expected
    )


@pytest.mark.parametrize(
    "place", ["companies", "claims", "technologies", "domains", "sources", "lists"]
)
@pytest.mark.parametrize("name", ["nothing", "Nothing", "no_thing", "a%00", "a%20b", "9" * 300])
def test_what_is_not_there_is_not_found(client, place, name):
    assert client.get(f"/api/v1/{place}/{name}").status_code == 404
