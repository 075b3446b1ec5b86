import pytest

from tests.factories import ClaimFactory, FormerSourceKeyFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_sources_come_with_their_document_and_statements(client):
    source = SourceFactory(key="post", title="A post", published_on="2019")
    ClaimFactory(source=source)
    ClaimFactory(source__published_on="2020", source__key="newer")
    found = client.get("/api/v1/sources/post").json()
    assert (found["document_url"], found["statements"]) == (source.url, 1)
    assert found["url"] == "http://testserver/sources/post/"
    newest = client.get("/api/v1/sources?sort=newest&fields=key").json()["items"]
    assert newest == [{"key": "newer"}, {"key": "post"}]
    FormerSourceKeyFactory(source=source, key="once")
    assert client.get("/api/v1/sources/once")["Location"] == "/api/v1/sources/post"
