"""No document lasts longer or brings more than it may, whatever its server does."""

import http.client
import time

import pytest

from companies.link_check.bounded_socket import Limits
from tests.link_check.servers import page, serving


def drip(head, piece, pause=0.05):
    """Sends the head, and then a piece every now and then until the other side hangs up."""

    def reply(connection):
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return reply


def pour(head, piece=b"x" * 65536):
    return drip(head, piece, pause=0)


OK = b"HTTP/1.1 200 OK\r\n"


class TestSize:
    def test_no_more_is_read_than_wanted(self, robot):
        with serving({"/": pour(OK + b"\r\n")}) as server:
            assert len(robot.ask(server.url(), 1000).body) == 1000

    def test_what_the_length_says_is_not_believed(self, robot):
        with serving({"/": pour(OK + b"Content-Length: 99999999999\r\n\r\n")}) as server:
            assert len(robot.ask(server.url()).body) == 64 * 1024

    def test_chunks_are_put_together(self, robot):
        chunks = OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        with serving({"/": chunks}) as server:
            assert robot.ask(server.url()).body == b"abcde"

    @pytest.mark.parametrize(
        "endless",
        [
            OK + b"X: " + b"x" * 70_000 + b"\r\n\r\n",
            OK + b"X: y\r\n" * 101 + b"\r\n",
            b"x" * 70_000 + b"\r\n",
        ],
    )
    def test_huge_headers_are_refused(self, robot, endless):
        with serving({"/": endless}) as server, pytest.raises(http.client.HTTPException):
            robot.ask(server.url())

    def test_endless_preliminary_answers_are_refused(self, robot):
        going_on = pour(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)
        with serving({"/": going_on}) as server, pytest.raises(OSError, match="more than is read"):
            robot.ask(server.url())

    def test_a_packed_document_is_not_unpacked(self, robot):
        packed = page(body=b"\x1f\x8b not unpacked", Content_Encoding="gzip")
        with serving({"/": packed}) as server:
            assert robot.ask(server.url()).body == b"\x1f\x8b not unpacked"


class TestTime:
    @pytest.mark.parametrize("head", [b"", OK, OK + b"X: y\r\nZ: "])
    def test_headers_that_drip_run_into_the_end(self, make_robot, head):
        robot = make_robot(limits=Limits(connect=1, read=1, total=0.5))
        started = time.monotonic()
        with serving({"/": drip(head, b"x")}) as server, pytest.raises(TimeoutError):
            robot.ask(server.url())
        assert time.monotonic() - started < 5

    def test_a_body_that_drips_has_begun(self, make_robot):
        robot = make_robot(limits=Limits(connect=1, read=1, total=1))
        with serving({"/": drip(OK + b"\r\n", b"x")}) as server:
            reply = robot.ask(server.url())
        assert reply.status == 200
        assert 0 < len(reply.body) < 100

    def test_silence_ends_at_the_time_for_one_read(self, make_robot):
        robot = make_robot(limits=Limits(connect=1, read=0.2, total=30))
        with serving({"/": lambda _connection: time.sleep(1)}) as server:
            started = time.monotonic()
            with pytest.raises(TimeoutError):
                robot.ask(server.url())
            assert time.monotonic() - started < 5

    def test_a_body_that_never_begins_is_no_answer(self, make_robot):
        robot = make_robot(limits=Limits(connect=1, read=0.2, total=1))

        def head_only(connection):
            connection.sendall(OK + b"Content-Length: 10\r\n\r\n")
            time.sleep(1)

        with serving({"/": head_only}) as server, pytest.raises(TimeoutError):
            robot.ask(server.url())

    def test_waiting_for_ones_turn_costs_none_of_it(self, make_robot):
        class Slow:
            def __enter__(self):
                time.sleep(1.2)

            def __exit__(self, *_):
                pass

        robot = make_robot(limits=Limits(connect=1, read=1, total=1), turn=lambda _host: Slow())
        with serving({"/": page()}) as server:
            assert robot.ask(server.url()).status == 200
