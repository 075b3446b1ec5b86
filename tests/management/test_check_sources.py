import datetime
import os
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from companies.link_check.archive import Archive
from companies.link_check.manners import Turns
from companies.link_check.record import Record
from companies.link_check.robot import Robot
from companies.management.commands import check_sources
from companies.models import LinkCheck, LinkOutcome, Source
from tests.factories import ClaimFactory, LinkCheckFactory, SourceFactory
from tests.link_check.servers import page, redirect, serving
from tests.link_check.test_archive import KEPT, told
from tests.process import ROOT

pytestmark = pytest.mark.django_db

NOW = datetime.datetime.now(tz=datetime.UTC)


@pytest.fixture
def may_ask_loopback(monkeypatch):
    """The command's robot, but that it may ask the tests' servers, without pauses."""
    ports = frozenset(range(1, 65536))

    def robot(user_agent, turn):
        return Robot(user_agent, turn=turn, ports=ports, may_ask=lambda ip: ip == "127.0.0.1")

    monkeypatch.setattr(check_sources, "Robot", robot)
    monkeypatch.setattr(check_sources, "Turns", lambda: Turns(pause=0))


@pytest.fixture
def server(may_ask_loopback):
    with serving({"/there": page(), "/old": redirect("/there"), "/closed": page("403 No")}) as it:
        yield it


def source(server, path, **given):
    return SourceFactory(key=path[1:], url=server.url(path, "127.0.0.1"), **given)


def said(capsys) -> list[str]:
    captured = capsys.readouterr()
    assert captured.err == ""
    return [" ".join(line.split()) for line in captured.out.splitlines()]


def test_the_summary_counts_outcomes_and_names_what_does_not_answer(server, capsys):
    for path in ("/there", "/old", "/closed", "/gone", "/new-gone"):
        source(server, path)
    ago = NOW - datetime.timedelta(days=4)
    LinkCheckFactory(
        source=Source.objects.get(key="gone"), failures=2, failing_since=ago.date(), checked_at=ago
    )
    call_command("check_sources")
    gone = Source.objects.get(key="gone")
    assert said(capsys) == [
        "Documents asked for: 5 of 5",
        "1 Answers",
        "1 Answers, but has moved for good",
        "1 Refuses robots",
        "2 Not found",
        "These count as not answering:",
        f"gone not found (404) since {ago.date()}: {gone.url}",
    ]


def test_the_site_is_named_to_those_who_are_asked(server, settings, capsys):
    settings.SITE_NAME, settings.ALLOWED_HOSTS = "Stacks", ["stacks.example"]
    source(server, "/there")
    call_command("check_sources")
    agent = "User-Agent: StackfactsLinkCheck/1.0 (Stacks; +https://stacks.example/)"
    assert all(agent in head for head in server.heads)
    assert server.paths == ["/robots.txt", "/there"]


def test_without_options_a_real_robot_asks_only_public_addresses(server, monkeypatch, capsys):
    monkeypatch.setattr(check_sources, "Robot", Robot)
    source(server, "/there")
    call_command("check_sources")
    assert said(capsys)[1] == "1 Leads where it may not be followed"
    assert server.heads == []


def test_those_asked_longest_ago_come_first_up_to_the_limit(server, capsys):
    for number, path in enumerate(("/there", "/old", "/gone")):
        ago = NOW - datetime.timedelta(days=number + 1)
        LinkCheckFactory(source=source(server, path), checked_at=ago)
    source(server, "/closed")
    call_command("check_sources", limit=2)
    assert said(capsys)[0] == "Documents asked for: 2 of 2"
    assert sorted(server.paths) == ["/closed", "/gone", "/robots.txt"]


def test_those_asked_lately_are_left_out(server, capsys):
    lately, long_ago = (NOW - datetime.timedelta(days=days) for days in (2, 8))
    LinkCheckFactory(source=source(server, "/lately"), checked_at=lately)
    LinkCheckFactory(source=source(server, "/long-ago"), checked_at=long_ago)
    # Asked lately, but at another address.
    LinkCheckFactory(source=source(server, "/changed"), url="http://old.test/", checked_at=lately)
    source(server, "/never")
    call_command("check_sources", older_than=7)
    assert sorted(server.paths) == ["/changed", "/long-ago", "/never", "/robots.txt"]


def test_only_the_sources_with_the_given_keys_are_asked(server, capsys):
    for path in ("/there", "/old", "/gone"):
        source(server, path)
    call_command("check_sources", "there", "gone")
    assert LinkCheck.objects.count() == 2
    assert not LinkCheck.objects.filter(source__key="old").exists()


def test_an_archived_copy_is_looked_up_when_asked_for(server, monkeypatch, capsys):
    kept = source(server, "/there")
    api = server.url("/api", "127.0.0.1")
    monkeypatch.setattr(check_sources, "Archive", lambda robot: Archive(robot, api))
    there = kept.url.replace(":", "%3A").replace("/", "%2F")
    server.pages[f"/api?url={there}"] = told()
    call_command("check_sources")
    assert LinkCheck.objects.get().archive_url == ""
    call_command("check_sources", archive=True)
    check = LinkCheck.objects.get()
    assert (check.archive_url, check.archived_on) == KEPT


def test_an_archive_that_refuses_is_told(server, monkeypatch, capsys):
    api = server.url("/api", "127.0.0.1")
    monkeypatch.setattr(check_sources, "Archive", lambda robot: Archive(robot, api))
    for path in ("/there", "/old", "/gone"):
        source(server, path)
    call_command("check_sources", archive=True)
    assert said(capsys)[-1] == "The Internet Archive refused, so not all were looked up there."


def test_what_was_put_off_is_told(server, capsys):
    server.pages["/busy"] = page("503 Service Unavailable")
    SourceFactory(url=server.url("/busy", "127.0.0.1"))
    SourceFactory(url=server.url("/there", "127.0.0.1"))
    call_command("check_sources")
    assert said(capsys) == [
        "Documents asked for: 1 of 2",
        "1 Server error",
        "1 Put off, since their host wanted a rest",
    ]


def test_it_never_unpublishes(server, capsys):
    claim = ClaimFactory(source=source(server, "/gone"))
    LinkCheckFactory(source=claim.source, failures=9, checked_at=NOW - datetime.timedelta(days=1))
    updated = claim.source.updated
    call_command("check_sources")
    assert LinkCheck.objects.not_answering().get().failures == 10
    claim.refresh_from_db()
    claim.source.refresh_from_db()
    assert (claim.status, claim.source.updated) == ("published", updated)


def test_silence_on_all_sides_is_told_as_our_own_fault(may_ask_loopback, monkeypatch, capsys):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [])
    for number in range(3):
        SourceFactory(url=f"https://host-{number}.test/")
    with pytest.raises(CommandError, match="says more about this machine's connection"):
        call_command("check_sources")
    assert not LinkCheck.objects.exists()


def test_ctrl_c_keeps_what_was_found_out(server, monkeypatch, capsys):
    for path in ("/there", "/old", "/gone"):
        source(server, path)
    take = Record.take

    def take_one(record, finding):
        take(record, finding)
        raise KeyboardInterrupt

    monkeypatch.setattr(Record, "take", take_one)
    with pytest.raises(SystemExit) as ended:
        call_command("check_sources")
    assert ended.value.code == 130
    assert LinkCheck.objects.count() == 1
    captured = capsys.readouterr()
    assert captured.err == "Stopped. What had been found out by then is kept.\n"
    assert captured.out.splitlines()[0] == "Documents asked for: 1 of 3"


def test_without_sources_there_is_nothing_to_do(capsys):
    call_command("check_sources")
    assert said(capsys) == ["Documents asked for: 0 of 0"]


def test_with_verbosity_0_nothing_is_said(server, capsys):
    source(server, "/gone")
    call_command("check_sources", verbosity=0)
    assert said(capsys) == []
    assert LinkCheck.objects.get().outcome == LinkOutcome.GONE


@pytest.mark.parametrize(("arguments", "shown"), [([], True), (["--no-progress"], False)])
def test_a_terminal_gets_a_progress_bar_unless_refused(
    server, monkeypatch, capsys, arguments, shown
):
    source(server, "/there")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    call_command("check_sources", *arguments)
    assert ("Asking" in capsys.readouterr().err) == shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--limit", "0"], "--limit is '0'; allowed is a whole number from 1 to 1000000."),
        (["--limit", "x"], "--limit is 'x'; allowed is a whole number from 1 to 1000000."),
        (["--older-than", "-1"], "--older-than is '-1'; allowed is a whole number from 0 to 9999."),
        (["--concurrency", "99"], "--concurrency is '99'; allowed is a whole number from 1 to 32."),
        (["--concurrency", "٣"], "--concurrency is '٣'; allowed is a whole number from 1 to 32."),
        (["b", "known", "a"], "There is no source with the key a, b."),
    ],
)
def test_a_bad_argument_is_one_sentence(arguments, sentence):
    SourceFactory(key="known")
    with pytest.raises(CommandError) as caught:
        call_command("check_sources", *arguments)
    assert str(caught.value) == sentence
    assert not LinkCheck.objects.exists()


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("deploy/stackfacts-check-sources.service", r"^ExecStart=.* manage\.py check_sources(.*)$"),
        ("docs/deployment.md", r"^    17 4 .* manage\.py check_sources(.*)$"),
        ("docs/deployment.md", r"^    \.venv/bin/python manage\.py check_sources(.*)$"),
    ],
)
def test_what_a_timer_runs_is_understood(file, line):
    (arguments,) = re.findall(line, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    parser = check_sources.Command().create_parser("manage.py", "check_sources")
    options = vars(parser.parse_args(arguments.split()))
    assert (options["limit"], options["archive"]) == ("500", True)
    assert not list(check_sources.Command().sources(options))


def test_the_exit_code_is_1_and_the_reason_is_on_the_error_stream(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check_sources", "--limit", "x"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "CommandError: --limit is 'x'; allowed is a whole number from 1 to 1000000.\n"
    )
