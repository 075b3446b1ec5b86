"""The robot asks real servers on loopback, which it may do here and nowhere else."""

import http.client
import ssl
import time

import pytest

from companies.link_check.address import NotAllowedError, UnknownHostError, is_public
from companies.link_check.bounded_socket import Limits
from companies.link_check.robot import Robot, RoundError, user_agent
from tests.link_check.conftest import ANY_PORT
from tests.link_check.servers import page, redirect, serving, trusting


class TestReply:
    def test_a_document_is_read(self, robot):
        with serving({"/a?b=c": page(body=b"Read me.")}) as server:
            assert robot.ask(server.url("/a?b=c#d")) == (200, "", b"Read me.")

    def test_a_document_of_many_pieces_is_read_to_its_end(self, robot):
        with serving({"/": page(body=b"x" * 50_000, Connection="close")}) as server:
            assert robot.ask(server.url()).body == b"x" * 50_000

    @pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "999 Request denied", "300 x"])
    def test_a_status_is_told_whatever_it_is(self, robot, status):
        with serving({"/": page(status)}) as server:
            assert robot.ask(server.url()).status == int(status[:3])

    def test_it_says_who_asks_and_takes_nothing_packed(self, make_robot):
        with serving({"/": page()}) as server:
            make_robot("Robot/1.0 (+https://example.org/)").ask(server.url())
        (head,) = server.heads
        lines = head.splitlines()
        assert lines[0] == "GET / HTTP/1.1"
        assert f"Host: documents.test:{server.port}" in lines
        assert "User-Agent: Robot/1.0 (+https://example.org/)" in lines
        assert "Accept-Encoding: identity" in lines
        assert "Connection: close" in lines

    def test_a_host_in_other_letters_is_asked_by_its_name_in_ascii(self, robot, looked_up):
        with serving({"/%C3%A4": page()}) as server:
            assert robot.ask(server.url("/ä", "bücher.test")).status == 200
        assert looked_up == ["xn--bcher-kva.test"]
        assert "Host: xn--bcher-kva.test" in server.heads[0]

    def test_proxies_of_the_environment_are_ignored(self, robot, monkeypatch):
        with serving({"/": page()}) as server, serving({}) as proxy:
            for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.url(host="127.0.0.1"))
            assert robot.ask(server.url()).status == 200
        assert proxy.heads == []

    def test_a_second_machine_is_tried_when_the_first_is_down(self, make_robot, names):
        with serving({"/": page()}) as server:
            names({"documents.test": ["127.0.0.2", "127.0.0.1"]})
            robot = make_robot(may_ask=lambda address: address.startswith("127."))
            assert robot.ask(server.url()).status == 200


class TestGuard:
    @pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "[::1]"])
    def test_loopback_is_not_asked(self, host):
        with serving({"/": page()}) as server, pytest.raises(NotAllowedError):
            Robot(ports=ANY_PORT).ask(server.url(host=host))
        assert server.heads == []

    def test_a_name_that_leads_to_loopback_is_not_asked(self, looked_up):
        with serving({"/": page()}) as server, pytest.raises(NotAllowedError):
            Robot(ports=ANY_PORT).ask(server.url())
        assert server.heads == []

    def test_a_port_that_is_no_web_servers_is_not_asked(self, looked_up):
        with serving({"/": page()}) as server, pytest.raises(NotAllowedError, match="Port"):
            Robot(may_ask=lambda _address: True).ask(server.url())
        assert server.heads == []

    @pytest.mark.parametrize(
        "location",
        [
            "http://127.0.0.2/",
            "//127.0.0.2/",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://private.test/",
        ],
    )
    def test_a_redirect_to_an_address_that_is_not_public_is_not_followed(
        self, make_robot, names, location
    ):
        asked = []

        def may_ask(address):
            asked.append(address)
            return address == "127.0.0.1"

        names(
            {"documents.test": ["127.0.0.1"], "private.test": ["192.168.0.1"]}
            | {ip: [ip] for ip in ("127.0.0.2", "10.0.0.1", "169.254.169.254", "::1")}
            | {"::ffff:127.0.0.1": ["::ffff:127.0.0.1"]}
        )
        with serving({"/": redirect(location)}) as server, pytest.raises(NotAllowedError):
            make_robot(may_ask=may_ask).ask(server.url())
        assert len(asked) == 2
        assert not is_public(asked[1])

    @pytest.mark.parametrize(
        "location",
        ["file:///etc/passwd", "ftp://documents.test/", "javascript:alert(1)", "data:,x", "http://[x"],
    )  # fmt: skip
    def test_a_redirect_to_something_else_than_the_web_is_not_followed(self, robot, location):
        with serving({"/": redirect(location)}) as server, pytest.raises(NotAllowedError):
            robot.ask(server.url())

    def test_a_redirect_to_another_port_is_not_followed(self, make_robot):
        with serving({}) as other, serving({"/": redirect(other.url())}) as server:
            robot = make_robot(ports=frozenset({server.port}))
            with pytest.raises(NotAllowedError, match="Port"):
                robot.ask(server.url())
        assert other.heads == []

    def test_a_name_that_changes_between_look_and_connection_is_connected_as_looked_at(
        self, make_robot, monkeypatch
    ):
        """DNS rebinding: the second answer would be another machine. It is never asked for."""
        answers = [["127.0.0.1"], ["127.0.0.2"]]

        def getaddrinfo(_host, port, *_args, **_kwargs):
            return [(2, 1, 6, "", (address, port)) for address in answers.pop(0)]

        with serving({"/": page()}) as server:
            robot = make_robot()
            monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
            assert robot.ask(server.url()).status == 200
        assert answers == [["127.0.0.2"]]

    def test_a_redirect_is_looked_up_anew(self, make_robot, names):
        """A name that was public a moment ago is looked at again, not remembered as public."""
        with serving({}) as server:
            server.pages["/"] = redirect(server.url("/next"))
            robot = make_robot()
            known = {"documents.test": ["127.0.0.1"]}
            looked_up = names(known)
            server.pages["/"] = lambda connection: (
                known.update({"documents.test": ["10.0.0.1"]}),
                connection.sendall(redirect("/next")),
            )
            with pytest.raises(NotAllowedError):
                robot.ask(server.url())
        assert looked_up == ["documents.test", "documents.test"]
        assert server.paths == ["/"]


class TestRedirects:
    def test_they_are_followed_relative_or_not_and_in_other_letters(self, robot):
        with serving({"/c/d": page(body=b"There."), "/c/%C3%A4": redirect("d")}) as server:
            server.pages["/"] = redirect("/b?x=1")
            server.pages["/b?x=1"] = redirect(server.url("/c/ä", "other.test"))
            assert robot.ask(server.url()).body == b"There."
        assert server.paths == ["/", "/b?x=1", "/c/%C3%A4", "/c/d"]

    def test_the_permanent_ones_before_a_passing_one_tell_the_new_address(self, robot):
        with serving({"/d": page()}) as server:
            server.pages |= {
                "/a": redirect("/b"),
                "/b": redirect("/c", "308 Permanent Redirect"),
                "/c": redirect("/d", "302 Found"),
            }
            assert robot.ask(server.url("/a")).moved_to == server.url("/c")
            assert robot.ask(server.url("/c")).moved_to == ""
            # A permanent one after a passing one is that of another address.
            server.pages["/c"] = redirect("/a", "302 Found")
            server.pages["/b"] = redirect("/d")
            assert robot.ask(server.url("/c")).moved_to == ""

    def test_five_are_followed_and_six_are_not(self, robot):
        pages = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
        with serving(pages | {"/6": page()}) as server:
            assert robot.ask(server.url("/1")).status == 200
            with pytest.raises(RoundError):
                robot.ask(server.url("/0"))

    @pytest.mark.parametrize("location", ["/", "?", "/other"])
    def test_a_circle_is_left(self, robot, location):
        pages = {"/": redirect(location), "/?": redirect("/"), "/other": redirect("/")}
        with serving(pages) as server:
            with pytest.raises(RoundError):
                robot.ask(server.url())
            assert len(server.heads) <= 2

    def test_one_without_an_address_is_a_plain_answer(self, robot):
        with serving({"/": page("302 Found")}) as server:
            assert robot.ask(server.url()).status == 302

    def test_all_of_them_share_the_time(self, make_robot):
        def late(connection):
            time.sleep(0.4)
            connection.sendall(redirect("/"))

        def later(connection):
            time.sleep(0.4)
            connection.sendall(page())

        robot = make_robot(limits=Limits(connect=1, read=1, total=0.6))
        with serving({"/a": late, "/": later}) as server, pytest.raises(TimeoutError):
            robot.ask(server.url("/a"))


class TestTrouble:
    def test_a_refused_connection(self, robot):
        with serving({}) as server:
            url = server.url()
        with pytest.raises(ConnectionRefusedError):
            robot.ask(url)

    def test_a_name_that_nobody_has(self, robot):
        with pytest.raises(UnknownHostError):
            robot.ask("http://nowhere.test/")

    @pytest.mark.parametrize("junk", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00\xff\r\n\r\n"])
    def test_what_is_no_http(self, robot, junk):
        with serving({"/": junk}) as server, pytest.raises((http.client.HTTPException, OSError)):
            robot.ask(server.url())


class TestCertificate:
    def test_it_has_to_be_for_the_name(self, make_robot, looked_up):
        with serving({"/": page()}, secure=True) as server:
            robot = make_robot(context=trusting())
            assert robot.ask(server.url()).status == 200
            assert f"Host: documents.test:{server.port}" in server.heads[0]
            with pytest.raises(ssl.SSLCertVerificationError, match=r"other\.test"):
                robot.ask(server.url(host="other.test"))
        assert len(server.heads) == 1

    def test_one_that_nobody_signed_is_not_believed(self, robot):
        with (
            serving({"/": page()}, secure=True) as server,
            pytest.raises(ssl.SSLCertVerificationError),
        ):
            robot.ask(server.url())
        assert server.heads == []

    def test_the_one_after_a_redirect_is_looked_at_too(self, robot):
        with (
            serving({"/": page()}, secure=True) as secure,
            serving({"/": redirect(secure.url())}) as server,
            pytest.raises(ssl.SSLCertVerificationError),
        ):
            robot.ask(server.url())
        assert server.paths == ["/"]

    def test_a_server_without_tls_is_not_taken_for_one(self, robot):
        with serving({"/": page()}) as server, pytest.raises((ssl.SSLError, ConnectionError)):
            robot.ask(server.url().replace("http:", "https:"))
        assert server.paths == []


@pytest.mark.parametrize(
    ("site", "hosts", "expected"),
    [
        ("Stacks", ["example.org"], "(Stacks; +https://example.org/)"),
        ("Stacks", [".example.org", "b.org"], "(Stacks; +https://example.org/)"),
        ("Stacks", ["localhost", "127.0.0.1", "[::1]"], "(Stacks)"),
        ("Städte; (alle)\r\nX: y", ["example.org"], "(Stdte alleX: y; +https://example.org/)"),
        ("会社", [], ""),
    ],
)
def test_the_user_agent_names_the_site(site, hosts, expected):
    assert user_agent(site, hosts) == f"StackfactsLinkCheck/1.0 {expected}".strip()
