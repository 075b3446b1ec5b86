import html
import re

import pytest

from companies.api.document import document
from companies.api.problem import KINDS
from tests import html_validator
from tests.views.reading import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    return client.get("/api/v1/docs")


def test_it_names_every_address_parameter_member_and_problem(page):
    text = words(page)
    for path, methods in document()["paths"].items():
        assert f"GET {path}" in text
        for parameter in methods["get"]["parameters"]:
            assert parameter["name"] in text
    for name, schema in document()["components"]["schemas"].items():
        for member in (
            schema.get("properties", {}) if f'id="shape-{name}"' in str(page.content) else ()
        ):
            assert member in text
    for kind in KINDS.values():
        assert kind.title in text
    assert "`" not in text


def test_every_link_within_the_page_leads_somewhere(page):
    ids = re.findall(r'\bid="([^"]*)"', page.content.decode())
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in links(page) if link.startswith("#")}
    assert targets - set(ids) == set()
    assert {"shape-Claim", "shape-Citation", "problems"} <= targets
    assert {f"problem-{name}" for name in KINDS} <= set(ids)


def test_it_has_no_script_but_that_of_every_page_and_no_inline_style(page):
    body = page.content.decode()
    assert re.findall(r"<script[^>]*>", body) == [
        '<script type="module" src="/static/js/public.js">'
    ]
    assert "style=" not in body
    assert "<style" not in body
    assert page["Content-Security-Policy"].startswith("default-src 'self'")


def test_it_is_valid_html(page):
    assert html_validator.errors({"/api/v1/docs": page.content}) == []


def test_it_is_for_people_so_only_a_page(client, page):
    assert page["Content-Type"].startswith("text/html")
    assert "ETag" not in page
    assert "/api/v1/openapi.json" in links(page)
    refused = client.post("/api/v1/docs")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_its_requests_fit_the_addresses(client, page):
    body = html.unescape(page.content.decode())
    addresses = set(re.findall(r"curl 'http://testserver([^']*)'", body))
    assert len(addresses) == 17
    answers = {address: client.get(address) for address in addresses}
    # Nothing of what they name is here.
    assert {answer.status_code for answer in answers.values()} <= {200, 404, 422}
    wrong = [
        error["parameter"]
        for answer in answers.values()
        for error in answer.json().get("errors", [])
    ]
    assert set(wrong) <= {"technology", "company"}


@pytest.mark.parametrize(
    ("rate", "said"), [(300, "300 requests a minute for each client"), (0, "As often as you like.")]
)
def test_it_says_how_often_one_may_ask(client, settings, rate, said):
    settings.API_RATE = rate
    assert said in words(client.get("/api/v1/docs"))


def test_every_page_leads_to_it(client):
    assert "/api/v1/docs" in links(client.get("/domains/"))
