import pytest

from tests.factories import ClaimFactory, DomainFactory

pytestmark = pytest.mark.django_db


def test_domains_come_with_their_claims(client):
    domain = DomainFactory(slug="web", name="Web")
    ClaimFactory(domain=domain)
    assert client.get("/api/v1/domains/web").json() == {
        "slug": "web",
        "name": "Web",
        "claims": 1,
        "url": "http://testserver/domains/web/",
    }
