import threading
import time

import pytest

from companies.link_check.manners import HouseRules, StoppedError, Turns
from tests.link_check.servers import page, redirect, serving


class TestTurns:
    def test_a_host_gets_one_request_at_a_time_and_a_pause_after_each(self):
        turns, busy, most = Turns(pause=0.05), set(), []
        ends = []

        def ask():
            with turns("example.org"):
                busy.add(threading.get_ident())
                most.append(len(busy))
                time.sleep(0.01)
                busy.remove(threading.get_ident())
                ends.append(time.monotonic())

        started = time.monotonic()
        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most == [1, 1, 1, 1]
        assert ends[-1] - started >= 3 * 0.05

    def test_www_is_the_same_host(self):
        turns = Turns(pause=0.1)
        started = time.monotonic()
        for host in ("example.org", "WWW.example.org"):
            with turns(host):
                pass
        assert time.monotonic() - started >= 0.1

    def test_hosts_do_not_wait_for_each_other(self):
        turns = Turns(pause=60)
        started = time.monotonic()
        with turns("one.test"), turns("two.test"):
            pass
        assert time.monotonic() - started < 5

    def test_a_host_may_wish_for_more_time_up_to_half_a_minute_but_not_for_less(self):
        turns = Turns(pause=2)
        for wish, pause in ((5, 5), (0.1, 2), (86_400, 30)):
            turns.slow_down("www.example.org", wish)
            assert turns._pauses["example.org"] == pause

    def test_nobody_waits_any_longer_once_it_is_stopped(self):
        turns = Turns(pause=60)
        with turns("example.org"):
            pass
        threading.Timer(0.1, turns.stop.set).start()
        with pytest.raises(StoppedError), turns("example.org"):
            pytest.fail("It was asked all the same.")

    def test_a_failure_ends_the_turn_too(self):
        turns = Turns(pause=0)
        with pytest.raises(ConnectionResetError), turns("example.org"):
            raise ConnectionResetError
        with turns("example.org"):
            pass


class TestHouseRules:
    @pytest.fixture
    def turns(self):
        return Turns(pause=0)

    @pytest.fixture
    def rules(self, robot, turns):
        return HouseRules(robot, turns)

    RULES = b"User-agent: *\nDisallow: /private/\n"

    def test_a_path_that_robots_shall_leave_alone_is_not_asked(self, rules):
        with serving({"/robots.txt": page(body=self.RULES)}) as server:
            assert not rules.allow(server.url("/private/x"))
            assert rules.allow(server.url("/public"))
        assert server.paths == ["/robots.txt"]

    def test_a_rule_for_this_robot_goes_before_that_for_all(self, rules):
        ours = b"User-agent: StackfactsLinkCheck\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
        with serving({"/robots.txt": page(body=ours)}) as server:
            assert not rules.allow(server.url("/"))

    @pytest.mark.parametrize(
        "reply",
        [
            page("404 Not Found"),
            page("403 Forbidden"),
            page("500 Oops"),
            b"",
            redirect("file:///etc/passwd"),
            redirect("/robots.txt"),
            page(body=b"\xff\xfe<html>" * 100),
        ],
    )
    def test_without_readable_rules_the_document_is_asked(self, rules, reply):
        with serving({"/robots.txt": reply}) as server:
            assert rules.allow(server.url("/"))

    def test_a_host_that_is_not_there_is_left_to_the_document(self, rules):
        assert rules.allow("http://nowhere.test/")

    def test_a_wish_for_pauses_is_met(self, rules, turns):
        slow = b"User-agent: *\nCrawl-delay: 7\n"
        with serving({"/robots.txt": page(body=slow)}) as server:
            assert rules.allow(server.url("/"))
        assert turns._pauses == {"documents.test": 7.0}
