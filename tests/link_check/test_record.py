import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.link_check.archive import Copy
from companies.link_check.check import Finding
from companies.link_check.record import BATCH, Record
from companies.models import Answer, Claim, LinkCheck, Source
from companies.models import LinkOutcome as Outcome
from tests.exchange.snapshots import snapshot
from tests.factories import CitationFactory, ClaimFactory, LinkCheckFactory, SourceFactory

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 2, 3, 0, tzinfo=datetime.UTC)
COPY = Copy("https://web.archive.org/web/2016/x", datetime.date(2016, 5, 27))


def finding(outcome=Outcome.ANSWERS, source=None, copy=None, at=NOW, **answer):
    return Finding(source or SourceFactory(), Answer(outcome, **answer), at, copy)


def take(*findings):
    record = Record()
    for one in findings:
        record.take(one)
    record.finish()
    return record


def stored():
    return {check.source_id: check for check in LinkCheck.objects.all()}


def test_each_finding_is_stored_and_counted():
    moved = finding(Outcome.MOVED, status_code=200, moved_to="https://example.org/new", copy=COPY)
    bad = finding(Outcome.BAD_TLS, detail="expired")
    record = take(moved, bad)
    assert record.outcomes == {Outcome.MOVED: 1, Outcome.BAD_TLS: 1}
    check = stored()[moved.source.pk]
    assert (check.url, check.outcome, check.status_code) == (moved.source.url, "moved", 200)
    assert (check.moved_to, check.checked_at) == ("https://example.org/new", NOW)
    assert (check.archive_url, check.archived_on) == COPY
    check = stored()[bad.source.pk]
    assert (check.detail, check.failures, check.failing_since) == ("expired", 1, NOW.date())


def test_a_later_finding_adds_to_the_earlier_and_keeps_the_copy():
    source = SourceFactory()
    take(finding(Outcome.GONE, source, COPY))
    take(finding(Outcome.GONE, source, at=NOW + datetime.timedelta(days=1)))
    (check,) = LinkCheck.objects.all()
    assert (check.failures, check.archive_url) == (2, COPY.url)


def test_nothing_but_link_checks_is_touched():
    ClaimFactory()
    CitationFactory()
    before = snapshot()
    with CaptureQueriesContext(connection) as queries:
        for days in range(9):
            at = NOW + datetime.timedelta(days=days)
            take(*(finding(Outcome.GONE, source, at=at) for source in Source.objects.all()))
    after = {name: row for name, row in snapshot().items() if name[0] != "LinkCheck"}
    assert after == before
    assert LinkCheck.objects.not_answering().count() == Source.objects.count()
    assert set(Claim.objects.values_list("status", flat=True)) == {"published"}
    writing = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writing
    assert [sql for sql in writing if "companies_linkcheck" not in sql[:40]] == []


def test_few_are_written_at_a_time_so_that_editors_can_save_in_between():
    record = Record()
    for number in range(BATCH):
        assert LinkCheck.objects.count() == 0
        record.take(finding())
        assert number < BATCH
    assert LinkCheck.objects.count() == BATCH
    record.take(finding())
    record.finish()
    assert LinkCheck.objects.count() == BATCH + 1


def test_nothing_waits_for_long(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    record = Record()
    record.take(finding())
    assert LinkCheck.objects.count() == 0
    clock[0] = 11
    record.take(finding())
    assert LinkCheck.objects.count() == 2


def test_a_source_that_was_deleted_meanwhile_is_left_out():
    gone, there = finding(), finding()
    Source.objects.filter(pk=gone.source.pk).delete()
    record = take(gone, there)
    assert list(stored()) == [there.source.pk]
    assert record.outcomes == {Outcome.ANSWERS: 1}


def test_an_address_that_was_changed_meanwhile_is_no_current_finding():
    one = finding(Outcome.GONE)
    Source.objects.update(url="https://example.org/mended")
    take(one)
    assert LinkCheck.objects.get().url == one.source.url
    assert not LinkCheck.objects.current().exists()


def test_what_was_put_off_is_counted_and_not_stored():
    source = LinkCheckFactory(checked_at=NOW).source
    record = take(Finding(source, None, NOW + datetime.timedelta(days=1)))
    assert (record.put_off, record.outcomes.total()) == (1, 0)
    assert LinkCheck.objects.get().checked_at == NOW


class TestSilence:
    """When nobody at all is heard, it is this machine that has no network."""

    def silence(self, *hosts):
        urls = (f"https://{host}/{number}" for number, host in enumerate(hosts))
        return [finding(Outcome.NO_ANSWER, SourceFactory(url=url)) for url in urls]

    def test_of_three_hosts_counts_as_no_failure(self):
        record = take(*self.silence("a.test", "b.test", "c.test"))
        assert record.is_offline
        assert record.outcomes.total() == 0
        assert not LinkCheck.objects.exists()

    def test_of_three_hosts_counts_once_another_is_heard(self):
        record = take(*self.silence("a.test", "b.test", "c.test"), finding(Outcome.REFUSED))
        assert not record.is_offline
        assert record.outcomes == {Outcome.NO_ANSWER: 3, Outcome.REFUSED: 1}
        assert LinkCheck.objects.filter(failures=1).count() == 3

    def test_of_three_hosts_counts_when_another_was_heard_before(self):
        record = take(finding(), *self.silence("a.test", "b.test", "c.test"))
        assert record.outcomes == {Outcome.NO_ANSWER: 3, Outcome.ANSWERS: 1}

    def test_is_not_broken_by_an_address_that_was_not_asked(self):
        refused = finding(Outcome.NOT_ALLOWED)
        record = take(refused, *self.silence("a.test", "b.test", "c.test"))
        assert record.is_offline
        assert list(stored()) == [refused.source.pk]

    def test_of_two_hosts_counts(self):
        record = take(*self.silence("a.test", "b.test", "www.b.test", "b.test"))
        assert not record.is_offline
        assert record.outcomes == {Outcome.NO_ANSWER: 4}
