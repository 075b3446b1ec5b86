"""What holds for every public address, whatever its view."""

import pytest
from django.urls import resolve

from tests.promises.small_site import NO_PAGES, URL_NAMES, WITH_FILES, small_site

pytestmark = pytest.mark.django_db

HTML = "text/html; charset=utf-8"


@pytest.fixture
def site():
    return small_site()


@pytest.fixture
def pages(site):
    """Addresses by the name of their URL."""
    return site.pages


def test_the_small_site_has_an_address_of_every_url(site):
    addresses = site.addresses
    assert set(site.pages) == set(URL_NAMES) - NO_PAGES
    views = {name: resolve(path.partition("?")[0]).view_name for name, path in addresses.items()}
    assert views == {name: name for name in URL_NAMES}


def test_pages_are_html_and_pictures_and_files_are_not(client, site):
    types = {name: client.get(path)["Content-Type"] for name, path in site.addresses.items()}
    assert {name for name, content_type in types.items() if content_type == HTML} == set(site.pages)
    assert {types[name] for name in NO_PAGES} == {
        "image/png",
        "image/svg+xml",
        "text/csv; charset=utf-8",
        "application/zip",
        "application/atom+xml; charset=utf-8",
        "application/xml",
        "application/json",
        "text/plain; charset=utf-8",
    }


def test_a_head_request_answers_like_get_without_a_body(client, site):
    for path in site.addresses.values():
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == get.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_a_public_page(client, site, method):
    answers = {name: getattr(client, method)(path) for name, path in site.addresses.items()}
    expected = dict.fromkeys(URL_NAMES, (405, "GET, HEAD"))
    assert {n: (a.status_code, a.headers.get("Allow")) for n, a in answers.items()} == expected


def test_an_address_without_its_last_slash_leads_to_the_page(client, pages):
    paths = {path.partition("?")[0] for path in pages.values()} - {"/"}
    answers = {path: client.get(path.rstrip("/")) for path in paths}
    led = {path: (answer.status_code, answer["Location"]) for path, answer in answers.items()}
    assert led == {path: (301, path) for path in paths}


def test_a_visitor_gets_no_cookie(client, pages):
    assert [name for name, path in pages.items() if client.get(path).cookies] == []


def test_files_download_under_a_type_that_no_browser_runs(client, pages):
    for format, content_type in (
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json; charset=utf-8"),
        ("ndjson", "application/x-ndjson; charset=utf-8"),
        ("zip", "application/zip"),
    ):
        for name in WITH_FILES:
            file = client.get(pages[name], {"format": format})
            assert file["Content-Type"] == content_type
            assert file["Content-Disposition"].startswith("attachment; filename=")
            assert file["X-Content-Type-Options"] == "nosniff"


def test_pages_offer_a_file_exactly_where_there_is_one(client, pages):
    offering = {name for name, path in pages.items() if b"format=csv" in client.get(path).content}
    assert offering == WITH_FILES
