import pytest

from companies.models import Role
from tests.factories import ClaimFactory, FormerTechnologySlugFactory, TechnologyFactory

pytestmark = pytest.mark.django_db


def test_technologies_stand_in_the_order_of_their_use_with_their_companies(client):
    go, c = TechnologyFactory(slug="go", name="Go"), TechnologyFactory(slug="c", name="C")
    ClaimFactory(technologies={go: Role.USES, c: Role.REJECTED})
    found = client.get("/api/v1/technologies").json()["items"]
    assert [(t["slug"], t["companies"]) for t in found] == [("go", 1), ("c", 0)]
    by_name = client.get("/api/v1/technologies?sort=name&kind=language").json()["items"]
    assert [t["slug"] for t in by_name] == ["c", "go"]
    FormerTechnologySlugFactory(technology=go, slug="golang")
    moved = client.get("/api/v1/technologies/golang")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/technologies/go")


def test_a_technology_that_nothing_published_names_is_not_found(client):
    TechnologyFactory(slug="secret")
    assert client.get("/api/v1/technologies/secret").status_code == 404
