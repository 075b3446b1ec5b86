import datetime
import json

import pytest

from companies.link_check.archive import AVAILABLE, Archive, Copy
from tests.link_check.servers import page, serving

COPY = {
    "available": True,
    "url": "http://web.archive.org/web/20130919044612/http://example.org/a",
    "timestamp": "20130919044612",
    "status": "200",
}
KEPT = Copy(
    "https://web.archive.org/web/20130919044612/http://example.org/a", datetime.date(2013, 9, 19)
)
ASKED = "/?url=https%3A%2F%2Fexample.org%2Fa%3Fb"


def told(**changed):
    return page(body=json.dumps({"archived_snapshots": {"closest": COPY | changed}}).encode())


@pytest.fixture
def look_up(robot):
    """What is made of an answer of the archive."""

    def ask(reply, near=""):
        with serving({}) as server:
            path = f"{ASKED}&timestamp={near.replace('-', '')}" if near else ASKED
            server.pages[path] = reply
            found = Archive(robot, server.url().rstrip("/") + "/").copy_of(
                "https://example.org/a?b", near
            )
            assert server.paths == [path]
            return found

    return ask


def test_the_copy_is_kept_with_its_day(look_up):
    assert look_up(told()) == KEPT


@pytest.mark.parametrize("near", ["2016", "2016-05", "2016-05-27"])
def test_the_copy_closest_to_a_day_is_asked_for(look_up, near):
    assert look_up(told(), near) == KEPT


@pytest.mark.parametrize(
    "changed",
    [
        {"available": False},
        {"status": "404"},
        {"timestamp": "soon"},
        {"timestamp": "29990101000000"},
        {"url": "http://evil.test/"},
        {"url": "javascript:alert(1)"},
        {"url": "http://[web.archive.org"},
        {"url": f"http://web.archive.org/{'x' * 2000}"},
        {"url": "http://web.archive.org/a b"},
        {"url": "http://web.archive.org/a\nb"},
        {"url": None},
    ],
    ids=str,
)
def test_what_is_no_copy_of_a_document_is_not_kept(look_up, changed):
    assert look_up(told(**changed)) is None


@pytest.mark.parametrize(
    "body",
    [b'{"archived_snapshots": {}}', b"[]", b"null", b"", b"<html>", b"\xff", b"[" * 60_000],
    ids=lambda body: str(body[:20]),
)
def test_an_answer_without_a_copy_is_none(look_up, body):
    assert look_up(page(body=body)) is None


def test_after_three_refusals_in_a_row_it_is_left_alone(robot):
    with serving({ASKED: page("429 Too Many Requests")}) as server:
        archive = Archive(robot, server.url())
        for _ in range(2):
            assert archive.copy_of("https://example.org/a?b") is None
        server.pages[ASKED] = told()
        assert archive.copy_of("https://example.org/a?b") == KEPT
        server.pages[ASKED] = page("503 Service Unavailable")
        for _ in range(5):
            archive.copy_of("https://example.org/a?b")
        assert archive.gave_up
        assert len(server.heads) == 6


def test_an_archive_that_can_not_be_reached_is_none(robot):
    archive = Archive(robot, "http://nowhere.test/")
    assert [archive.copy_of("https://example.org/") for _ in range(3)] == [None] * 3
    assert archive.gave_up


def test_it_is_the_internet_archives():
    assert AVAILABLE == "https://archive.org/wayback/available"
