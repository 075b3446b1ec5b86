import subprocess
import sys

import pytest

from companies.api.rate import Rate, client_of
from tests.process import ROOT

NOW = 1_790_000_000.0


@pytest.fixture
def rate(tmp_path):
    return Rate(tmp_path / "api-rate")


def taken(rate, count, limit=60, now=NOW, client="192.0.2.1"):
    return [rate.take(client, limit, now) for _ in range(count)]


def test_as_many_as_the_limit_are_answered_at_once_and_no_more(rate):
    allowances = taken(rate, 62)
    assert [a.is_refused for a in allowances] == [False] * 60 + [True] * 2
    assert [a.remaining for a in allowances[:3]] == [59, 58, 57]
    assert [a.remaining for a in allowances[58:]] == [1, 0, 0, 0]


def test_a_refused_client_is_told_when_to_come_again_and_is_answered_then(rate):
    refused = taken(rate, 61)[-1]
    assert (refused.retry_after, refused.reset) == (1, 60)
    assert not rate.take("192.0.2.1", 60, NOW + refused.retry_after).is_refused
    assert rate.take("192.0.2.1", 60, NOW + refused.retry_after).is_refused


def test_refused_requests_do_not_put_the_next_one_off(rate):
    taken(rate, 500)
    assert not rate.take("192.0.2.1", 60, NOW + 1).is_refused


def test_all_is_there_again_after_a_minute(rate):
    taken(rate, 61)
    assert rate.take("192.0.2.1", 60, NOW + 60).remaining == 59


@pytest.mark.parametrize("limit", [1, 7, 300, 100_000])
def test_the_limit_is_exact_whatever_fraction_a_request_is_of_the_minute(rate, limit):
    count = min(limit, 400)
    allowances = taken(rate, count, limit)
    assert [a.remaining for a in allowances] == list(range(limit - 1, limit - 1 - count, -1))
    assert rate.take("192.0.2.1", limit, NOW).is_refused == (count == limit)


def test_clients_do_not_count_for_each_other(rate):
    taken(rate, 61)
    assert not rate.take("192.0.2.2", 60, NOW).is_refused


def test_a_clock_set_back_locks_nobody_out(rate):
    taken(rate, 60, now=NOW + 86_400)
    assert [a.is_refused for a in taken(rate, 61)] == [False] * 60 + [True]
    assert not rate.take("192.0.2.1", 60, NOW + 1).is_refused


def test_the_file_stays_small_and_knows_no_address_however_many_clients_come(tmp_path, rate):
    for number in range(3000):
        rate.take(f"198.51.{number // 250}.{number % 250}", 60, NOW)
    content = (tmp_path / "api-rate").read_bytes()
    assert len(content) <= 1024 * 1024
    assert b"198.51" not in content
    assert (tmp_path / "api-rate").stat().st_mode & 0o777 == 0o600


def test_where_there_is_no_room_who_asked_least_is_forgotten(rate, monkeypatch):
    monkeypatch.setattr("companies.api.rate._BUCKETS", 1)
    taken(rate, 61, client="busy")
    others = [rate.take(f"client {number}", 60, NOW) for number in range(50)]
    assert not any(allowance.is_refused for allowance in others)
    assert rate.take("busy", 60, NOW).is_refused


@pytest.mark.parametrize("byte", [b"\xff", b"\0", b"A"])
def test_what_does_not_belong_into_the_file_limits_nobody(tmp_path, rate, byte):
    rate.take("192.0.2.1", 60, NOW)
    content = (tmp_path / "api-rate").read_bytes()
    (tmp_path / "api-rate").write_bytes(content[:-8] + byte * 1024)
    assert not rate.take("192.0.2.1", 60, NOW).is_refused


COUNTING = """
import sys, django
django.setup()
from pathlib import Path
from companies.api.rate import Rate
rate = Rate(Path(sys.argv[1]))
print(sum(not rate.take("192.0.2.1", 1000, 1.0).is_refused for _ in range(400)))
"""


def test_processes_that_ask_at_the_same_time_count_together(tmp_path):
    command = [sys.executable, "-c", COUNTING, str(tmp_path / "api-rate")]
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"}
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answered = [int(process.communicate()[0]) for process in processes]
    assert sum(answered) == 1000


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
    ],
)
def test_one_home_is_one_client(address, client):
    assert client_of(address) == client
