"""What all answers under /api/ have in common."""

import pytest
from django.utils import translation

from companies.api.endpoints import company
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def problem(answer, status, kind):
    assert answer.status_code == status
    assert answer["Content-Type"] == PROBLEM
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["status"] == status
    assert body["type"] == f"http://testserver/api/v1/docs#problem-{kind}"
    assert body["title"]
    assert body["detail"]
    return body


@pytest.fixture
def machine_addresses():
    return [path for path in small_site().api.values() if path != "/api/v1/docs"]


def test_every_answer_is_json_that_any_site_may_read_and_sets_no_cookie(client, machine_addresses):
    for path in machine_addresses:
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert answer["Content-Type"].startswith("application/json")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


def test_head_answers_like_get_without_a_body(client, machine_addresses):
    for path in machine_addresses:
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == get.headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_sent(client, machine_addresses, method):
    for path in machine_addresses:
        answer = getattr(client, method)(path)
        problem(answer, 405, "method-not-allowed")
        assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_that_asks_first_is_told_what_is_allowed(client):
    answer = client.options("/api/v1/companies", HTTP_ORIGIN="https://example.org")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/nothing", "/api/v2/companies", "/api/x/", "/api/v1/companies/%00", "/api/v1/%"],
)
def test_an_unknown_address_is_a_problem(client, path):
    answer = client.get(path)
    problem(answer, 404, "not-found")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_an_unknown_entry_is_named_in_the_problem(client):
    answer = client.get("/api/v1/companies/nobody")
    assert problem(answer, 404, "not-found")["detail"] == "There is no company “nobody”."


def test_a_failure_is_a_problem_without_its_reason(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("the reason")

    monkeypatch.setattr(company, "list_answer", fail)
    client.raise_request_exception = False
    answer = client.get("/api/v1/companies")
    problem(answer, 500, "failure")
    assert b"the reason" not in answer.content


def test_a_database_that_does_not_answer_is_a_problem(client, monkeypatch):
    def fail(*args):
        raise RuntimeError("the reason")

    monkeypatch.setattr("companies.api.freshness.validator", fail)
    client.raise_request_exception = False
    problem(client.get("/api/v1/companies"), 500, "failure")


def test_too_many_parameters_are_a_problem(client):
    problem(client.get(f"/api/v1/companies?{'q=x&' * 1001}"), 400, "bad-request")


def test_a_forged_host_is_a_problem_without_an_address(client):
    answer = client.get("/api/v1/companies/x", HTTP_HOST="evil.example")
    assert answer.status_code in (400, 404)
    assert answer["Content-Type"] == PROBLEM
    assert "evil" not in answer.content.decode()


def test_an_address_with_a_slash_too_many_leads_to_the_right_one(client):
    answer = client.get("/api/v1/companies/?limit=2")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/companies?limit=2")
    assert client.get("/api/v1/nothing/").status_code == 404
    assert client.post("/api/v1/companies/").status_code == 404


@pytest.mark.parametrize("path", ["/api/", "/api/v1/"])
def test_the_root_leads_to_the_documentation(client, path):
    assert client.get(path)["Location"] == "/api/v1/docs"


def test_answers_are_english_whatever_the_language_of_the_thread(client):
    with translation.override("de"):
        answer = client.get("/api/v1/search?kind=quote")
        assert translation.get_language() == "de"
    assert answer.json()["facets"][0]["values"][0]["label"] == "Quote"


class TestValidator:
    def test_an_answer_that_the_client_has_is_not_sent_again(self, client):
        site = small_site()
        path = site.api["api:v1:companies"]
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": f'"other", {first["ETag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert first["ETag"].startswith('W/"')
        assert first["Cache-Control"] == "public, no-cache"
        assert again["Vary"] == first["Vary"] == "Accept-Encoding"
        assert "Content-Type" not in again

    def test_a_head_request_for_what_the_client_has_is_answered_in_the_same_way(self, client):
        path = small_site().api["api:v1:companies"]
        known = {"If-None-Match": client.get(path)["ETag"]}
        assert client.head(path, headers=known).status_code == 304

    def test_a_star_gets_an_answer(self, client):
        assert client.get("/api/v1/domains", headers={"If-None-Match": "*"}).status_code == 200

    def test_a_problem_has_none(self, client):
        assert "ETag" not in client.get("/api/v1/companies/nobody")

    def test_other_conditions_are_passed_over(self, client):
        answer = client.get("/api/v1/domains", headers={"If-Match": '"x"', "Range": "bytes=0-1"})
        assert answer.status_code == 200


class TestRate:
    @pytest.fixture(autouse=True)
    def limited(self, settings, tmp_path):
        settings.API_RATE = 3
        settings.DATA_DIR = tmp_path

    def test_every_answer_says_what_is_left_until_none_is(self, client):
        answers = [client.get("/api/v1/domains") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
        assert {answer["RateLimit-Limit"] for answer in answers} == {"3"}
        refused = answers[-1]
        problem(refused, 429, "rate-limited")
        assert 1 <= int(refused["Retry-After"]) <= 20
        assert int(refused["RateLimit-Reset"]) <= 60
        assert refused["Access-Control-Allow-Origin"] == "*"

    def test_problems_and_unchanged_answers_count_too(self, client):
        etag = client.get("/api/v1/domains")["ETag"]
        assert client.get("/api/v1/nothing").status_code == 404
        unchanged = client.get("/api/v1/domains", headers={"If-None-Match": etag})
        assert (unchanged.status_code, unchanged["RateLimit-Remaining"]) == (304, "0")
        assert client.get("/api/v1/domains").status_code == 429

    def test_pages_the_documentation_and_preflights_do_not_count(self, client):
        for _ in range(4):
            assert client.get("/domains/").status_code == 200
            assert client.get("/api/v1/docs").status_code == 200
            assert client.options("/api/v1/domains").status_code == 204
        assert client.get("/api/v1/domains")["RateLimit-Remaining"] == "2"

    def test_a_forged_address_does_not_count_as_another_client(self, client):
        statuses = [
            client.get("/api/v1/domains", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code
            for n in range(4)
        ]
        assert statuses == [200, 200, 200, 429]

    def test_behind_a_trusted_proxy_each_address_is_a_client(self, client, settings):
        settings.TRUSTED_PROXIES = 1
        statuses = [
            client.get("/api/v1/domains", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code
            for n in range(4)
        ]
        assert statuses == [200] * 4

    def test_nobody_is_limited_where_the_count_can_not_be_kept(self, client, settings, tmp_path):
        settings.DATA_DIR = tmp_path / "missing"
        answers = [client.get("/api/v1/domains") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 4
        assert "RateLimit-Limit" not in answers[0]


def test_without_a_limit_there_are_no_headers_of_one(client, settings):
    settings.API_RATE = 0
    assert "RateLimit-Limit" not in client.get("/api/v1/domains")


def test_other_addresses_are_left_alone(client):
    page = client.get("/companies/")
    assert "Access-Control-Allow-Origin" not in page
    assert "ETag" not in page
    assert client.get("/apix").headers["Content-Type"].startswith("text/html")
