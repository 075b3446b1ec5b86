import time

import pytest

from companies.link_check.answer import answer
from companies.link_check.bounded_socket import Limits
from companies.models import LinkOutcome
from tests.link_check.servers import page, redirect, serving

MOVED = redirect("/new")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("200 OK", LinkOutcome.ANSWERS),
        ("204 No Content", LinkOutcome.ANSWERS),
        ("404 Not Found", LinkOutcome.GONE),
        ("410 Gone", LinkOutcome.GONE),
        ("400 Bad Request", LinkOutcome.REFUSED),
        ("401 Unauthorized", LinkOutcome.REFUSED),
        ("403 Forbidden", LinkOutcome.REFUSED),
        ("405 Method Not Allowed", LinkOutcome.REFUSED),
        ("429 Too Many Requests", LinkOutcome.REFUSED),
        ("451 Unavailable For Legal Reasons", LinkOutcome.REFUSED),
        ("302 Found", LinkOutcome.REFUSED),
        ("999 Request denied", LinkOutcome.REFUSED),
        ("500 Internal Server Error", LinkOutcome.SERVER_ERROR),
        ("503 Service Unavailable", LinkOutcome.SERVER_ERROR),
        ("599 Whatever", LinkOutcome.SERVER_ERROR),
    ],
)
def test_each_status_has_its_outcome(robot, status, outcome):
    with serving({"/": page(status, b"")}) as server:
        assert answer(robot, server.url()) == (outcome, int(status[:3]), "", "")


def test_a_permanent_redirect_to_a_document_says_where_to(robot):
    with serving({"/old": MOVED, "/new": page()}) as server:
        assert answer(robot, server.url("/old")) == (LinkOutcome.MOVED, 200, "", server.url("/new"))


def test_a_passing_redirect_to_a_document_is_no_move(robot):
    with serving({"/old": redirect("/new", "302 Found"), "/new": page()}) as server:
        assert answer(robot, server.url("/old")).outcome == LinkOutcome.ANSWERS


def test_a_redirect_to_another_spelling_is_no_move(robot):
    with serving({"/old": redirect("/old/?utm_source=x"), "/old/?utm_source=x": page()}) as server:
        assert answer(robot, server.url("/old")) == (LinkOutcome.ANSWERS, 200, "", "")


def test_a_redirect_to_nothing_is_gone(robot):
    with serving({"/old": MOVED}) as server:
        assert answer(robot, server.url("/old")) == (LinkOutcome.GONE, 404, "", "")


def test_a_redirect_to_a_boundless_address_is_no_move(robot):
    long = "/" + "x" * 2000
    with serving({"/old": redirect(long), long: page()}) as server:
        assert answer(robot, server.url("/old")) == (LinkOutcome.ANSWERS, 200, "", "")


def test_a_circle_is_told(robot):
    with serving({"/": redirect("/")}) as server:
        outcome, status, detail, _ = answer(robot, server.url())
    assert (outcome, status) == (LinkOutcome.ROUND, None)
    assert detail == "Too many redirects, or a circle of them."


@pytest.mark.parametrize(
    ("url", "outcome", "detail"),
    [
        ("ftp://documents.test/", LinkOutcome.NOT_ALLOWED, "“ftp” is neither http nor https."),
        ("http://a\x00b/", LinkOutcome.NOT_ALLOWED, "The address names no host that can be read."),
        ("http://nowhere.test/", LinkOutcome.NO_ANSWER, "The name nowhere.test is not known."),
    ],
)
def test_an_address_that_can_not_be_asked_is_told_in_words(robot, url, outcome, detail):
    assert answer(robot, url) == (outcome, None, detail, "")


def test_an_address_that_is_not_public_is_told_without_it(robot, names):
    names({"documents.test": ["10.1.2.3"]})
    assert answer(robot, "http://documents.test/") == (
        LinkOutcome.NOT_ALLOWED,
        None,
        "It is at an address that is not public.",
        "",
    )


def test_a_refused_connection_is_no_answer(robot):
    with serving({}) as server:
        url = server.url()
    assert answer(robot, url) == (LinkOutcome.NO_ANSWER, None, "Connection refused.", "")


def test_silence_is_no_answer(make_robot):
    robot = make_robot(limits=Limits(connect=1, read=0.2, total=0.2))
    with serving({"/": lambda _connection: time.sleep(0.5)}) as server:
        assert answer(robot, server.url()) == (
            LinkOutcome.NO_ANSWER,
            None,
            "It took too long; 0.2 seconds are the most.",
            "",
        )


@pytest.mark.parametrize("junk", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_http_is_no_answer(robot, junk):
    with serving({"/": junk}) as server:
        assert answer(robot, server.url()).outcome == LinkOutcome.NO_ANSWER


def test_a_bad_certificate_is_told_in_words(robot):
    with serving({"/": page()}, secure=True) as server:
        outcome, status, detail, _ = answer(robot, server.url())
    assert (outcome, status) == (LinkOutcome.BAD_TLS, None)
    assert detail == "The certificate: self-signed certificate."


def test_a_server_without_tls_is_told(robot):
    with serving({"/": page()}) as server:
        outcome, *_ = answer(robot, server.url().replace("http:", "https:"))
    assert outcome in (LinkOutcome.BAD_TLS, LinkOutcome.NO_ANSWER)
