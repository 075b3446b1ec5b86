"""Pages for what went wrong, which say what to do next."""

import pytest

from companies.views import home
from tests.views.reading import headings, links, words


def test_an_unknown_address_offers_a_search_and_the_lists(client):
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert headings(page, 1) == ["There is nothing at this address"]
    assert "Perhaps a letter is missing" in words(page)
    assert page.content.decode().count('action="/search/"') == 1
    assert {"/companies/", "/technologies/", "/sources/"} <= set(links(page))
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_markup_in_an_unknown_address_is_not_run(client):
    page = client.get("/<script>alert(1)</script>/")
    assert page.status_code == 404
    assert b"<script>" not in page.content


@pytest.mark.parametrize(
    "path", ["/companies/%00/", "/companies/a%20b/", "/claims/%F0%9F%92%A9/", "/compare/a+b/"]
)
def test_an_address_that_no_page_can_have_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_failure_says_so_without_its_reason_and_without_the_database(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("the reason")

    monkeypatch.setattr(home.Claim.objects, "published", fail)
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500
    assert headings(page, 1) == ["Something broke on our side"]
    assert "the reason" not in page.content.decode()


@pytest.mark.parametrize(
    ("path", "host"),
    [("/", "evil.example"), (f"/compare/?{'c=x&' * 1001}", "testserver")],
    ids=["unknown host", "too many parameters"],
)
def test_a_malformed_request_says_so(client, path, host):
    page = client.get(path, HTTP_HOST=host)
    assert page.status_code == 400
    assert headings(page, 1) == ["That request can't be read"]


@pytest.mark.django_db
def test_errors_are_in_the_language_of_the_browser(client):
    german = {"Accept-Language": "de"}
    page = client.get("/domains/none-such/", headers=german)
    assert page.status_code == 404
    assert "Unter der Adresse „none-such“ gibt es kein Einsatzgebiet." in words(page)
    page = client.get("/domains/?language=de&page=x", headers=german)
    assert headings(page, 1) == ["Einsatzgebiete"]
    assert "3 gibt es nicht" in words(client.get("/companies/?page=3", headers=german))
