import datetime
import threading
import time

import pytest

from companies.link_check.archive import Archive
from companies.link_check.check import Check
from companies.link_check.manners import Turns
from companies.models import LinkOutcome, Source
from tests.factories import LinkCheckFactory, SourceFactory
from tests.link_check.servers import page, redirect, serving
from tests.link_check.test_archive import KEPT, told

HOSTS = ("documents.test", "other.test", "third.test")


@pytest.fixture
def turns():
    return Turns(pause=0)


@pytest.fixture
def check(make_robot, turns):
    def make(concurrency=3, archive=None):
        return Check(make_robot(turn=turns), turns, concurrency=concurrency, archive=archive)

    return make


def build(*urls, **given):
    """Sources that no database has seen: asking takes none."""
    return [SourceFactory.build(key=f"s{n}", url=url, **given) for n, url in enumerate(urls)]


def outcomes(findings):
    return {finding.source.key: finding.answer and finding.answer.outcome for finding in findings}


def test_every_source_gets_its_own_answer(check):
    with serving({"/0": page(), "/2": redirect("/0")}) as server:
        urls = [server.url(f"/{n}", HOSTS[n % 3]) for n in range(6)]
        found = outcomes(check().findings(build(*urls)))
    assert found == {
        "s0": LinkOutcome.ANSWERS,
        "s1": LinkOutcome.GONE,
        "s2": LinkOutcome.MOVED,
        "s3": LinkOutcome.GONE,
        "s4": LinkOutcome.GONE,
        "s5": LinkOutcome.GONE,
    }


def test_no_sources_are_no_findings(check):
    assert list(check().findings([])) == []


class Slow:
    """A page that takes its time and knows how many are asked for at once."""

    def __init__(self):
        self.busy = self.most = 0
        self.lock = threading.Lock()

    def __call__(self, connection):
        with self.lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        time.sleep(0.2)
        with self.lock:
            self.busy -= 1
        connection.sendall(page())


@pytest.mark.parametrize(("concurrency", "at_once"), [(1, 1), (2, 2), (3, 3), (9, 3)])
def test_several_hosts_are_asked_at_once_and_each_one_thing_at_a_time(check, concurrency, at_once):
    slow = Slow()
    with serving({f"/{n}": slow for n in range(9)}) as server:
        urls = [server.url(f"/{n}", HOSTS[n % 3]) for n in range(9)]
        assert len(list(check(concurrency).findings(build(*urls)))) == 9
    assert slow.most == at_once


def test_a_host_that_others_lead_to_is_asked_one_thing_at_a_time_too(check):
    slow = Slow()
    with serving({"/target": slow}) as server:
        server.pages["/"] = redirect(server.url("/target", "localhost"))
        found = outcomes(check().findings(build(*(server.url("/", host) for host in HOSTS))))
    assert set(found.values()) == {LinkOutcome.MOVED}
    assert slow.most == 1


def test_robots_that_are_not_wanted_ask_for_the_rules_only(check):
    with serving({"/robots.txt": page(body=b"User-agent: *\nDisallow: /")}) as server:
        (one, two) = check().findings(build(server.url("/a"), server.url("/b")))
        assert server.paths == ["/robots.txt"]
    for finding in (one, two):
        assert finding.answer.outcome == LinkOutcome.REFUSED
        assert finding.answer.detail == "Its robots.txt asks robots to stay away."


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_host_that_has_enough_is_asked_no_more(check, status):
    with serving({"/a": page(status), "/b": page()}) as server:
        urls = [server.url("/a"), server.url("/b"), server.url("/b", "other.test")]
        found = outcomes(check().findings(build(*urls)))
        assert server.paths.count("/b") == 1
    assert found["s0"] in (LinkOutcome.REFUSED, LinkOutcome.SERVER_ERROR)
    assert (found["s1"], found["s2"]) == (None, LinkOutcome.ANSWERS)


def test_an_address_without_a_host_has_an_answer_too(check):
    assert outcomes(check().findings(build("https://"))) == {"s0": LinkOutcome.NOT_ALLOWED}


def test_closing_it_early_asks_nothing_more(check, turns):
    with serving({f"/{n}": page() for n in range(50)}) as server:
        turns.pause = 0.05
        findings = check(1).findings(build(*(server.url(f"/{n}") for n in range(50))))
        next(findings)
        findings.close()
        time.sleep(0.3)
        asked = len(server.heads)
        time.sleep(0.3)
        assert len(server.heads) == asked < 50


def test_a_mistake_of_our_own_is_not_swallowed(check, monkeypatch):
    def broken(*_args):
        raise RuntimeError("a bug")

    monkeypatch.setattr("companies.link_check.check.answer", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        list(check().findings(build("http://documents.test:1/")))


@pytest.mark.django_db
class TestCopies:
    @pytest.fixture
    def looked_up_copies(self, check, robot):
        """The queries that the archive gets for one source."""

        def ask(source):
            asked = []

            class Spy(Archive):
                def copy_of(self, url, near=""):
                    asked.append((url, near))
                    return KEPT

            archive = Spy(robot)
            (finding,) = check(archive=archive).findings(
                Source.objects.select_related("link_check").filter(pk=source.pk)
            )
            return asked, finding.copy

        return ask

    URL = "http://nowhere.test/"

    @pytest.mark.parametrize(
        ("given", "near"),
        [
            ({}, ""),
            ({"published_on": "2016-05"}, "2016-05"),
            (
                {"published_on": "2016-05", "accessed_on": datetime.date(2026, 2, 1)},
                "2026-02-01",
            ),
        ],
    )
    def test_a_copy_of_the_day_it_was_read_or_came_out_is_asked_for(
        self, looked_up_copies, given, near
    ):
        assert looked_up_copies(SourceFactory(url=self.URL, **given)) == ([(self.URL, near)], KEPT)

    def test_a_known_copy_is_not_asked_for_again(self, looked_up_copies):
        known = {"archive_url": KEPT.url, "archived_on": KEPT.day}
        source = LinkCheckFactory(source__url=self.URL, **known).source
        assert looked_up_copies(source) == ([], None)

    def test_the_copy_of_an_earlier_address_is(self, looked_up_copies):
        known = {"archive_url": KEPT.url, "archived_on": KEPT.day}
        source = LinkCheckFactory(source__url=self.URL, url="http://old.test/", **known).source
        assert looked_up_copies(source)[1] == KEPT

    def test_the_archive_is_asked_as_politely_as_any_host(self, check, make_robot, turns):
        with serving({"/?url=http%3A%2F%2Fnowhere.test%2F": told()}) as server:
            archive = Archive(make_robot(turn=turns), server.url())
            (finding,) = check(archive=archive).findings([SourceFactory(url=self.URL)])
        assert finding.copy == KEPT
        assert list(turns._free_at) == ["nowhere.test", "documents.test"]


def test_without_an_archive_none_is_asked(check):
    (finding,) = check().findings(build("http://nowhere.test/"))
    assert finding.copy is None
