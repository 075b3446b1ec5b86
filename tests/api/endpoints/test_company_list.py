import pytest

from tests.factories import (
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def test_a_list_has_its_companies_in_order(client):
    found = CompanyListFactory(slug="users", source=SourceFactory(key="post"))
    for position, slug in ((2, "b"), (1, "a")):
        company = CompanyFactory(slug=slug)
        CompanyListEntryFactory(company_list=found, company=company, position=position, note=slug)
    answer = client.get("/api/v1/lists/users").json()
    assert [(e["position"], e["company"]["slug"], e["note"]) for e in answer["companies"]] == [
        (1, "a", "a"),
        (2, "b", "b"),
    ]
    assert answer["source"]["key"] == "post"
