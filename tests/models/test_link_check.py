import datetime

import pytest

from companies.models import Answer, LinkCheck, Source
from companies.models import LinkOutcome as Outcome
from companies.models.link_check import FAILURES
from tests.factories import LinkCheckFactory, SourceFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime.datetime(2026, 3, 2, 3, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def after(*outcomes, start=MONDAY, step=DAY):
    """A check that came to these outcomes, one each day."""
    check = LinkCheck(source=SourceFactory(), url="https://example.org/old")
    for number, outcome in enumerate(outcomes):
        moved_to = "https://example.org/new" if outcome == Outcome.MOVED else ""
        answer = Answer(outcome, moved_to=moved_to)
        check.take(check.source.url, answer, start + number * step)
    check.full_clean()
    check.save()
    return check


def failing(number, since):
    return {"failures": number, "failing_since": since}


def told(check):
    return {"failures": check.failures, "failing_since": check.failing_since}


@pytest.mark.parametrize("outcome", FAILURES)
def test_each_day_of_a_failure_counts_once(outcome):
    assert told(after(outcome)) == failing(1, MONDAY.date())
    assert told(after(outcome, outcome)) == failing(2, MONDAY.date())
    often = after(outcome, outcome, outcome, step=datetime.timedelta(hours=3))
    assert told(often) == failing(1, MONDAY.date())


@pytest.mark.parametrize("outcome", [Outcome.ANSWERS, Outcome.MOVED])
def test_an_answer_ends_a_series(outcome):
    check = after(Outcome.GONE, Outcome.GONE, outcome)
    assert told(check) == failing(0, None)
    assert bool(check.moved_to) == (outcome == Outcome.MOVED)
    assert told(after(Outcome.GONE, outcome, Outcome.GONE)) == failing(1, (MONDAY + 2 * DAY).date())


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.ROUND])
def test_a_refusal_neither_counts_nor_ends_a_series(outcome):
    assert told(after(outcome)) == failing(0, None)
    assert told(after(Outcome.GONE, outcome)) == failing(1, MONDAY.date())
    assert told(after(Outcome.GONE, outcome, Outcome.GONE)) == failing(2, MONDAY.date())


def test_another_address_starts_anew():
    check = after(Outcome.GONE, Outcome.GONE)
    check.keep_copy("https://web.archive.org/web/2016/x", MONDAY.date())
    check.take("https://example.org/mended", Answer(Outcome.GONE), MONDAY + 2 * DAY)
    assert told(check) == failing(1, (MONDAY + 2 * DAY).date())
    assert (check.archive_url, check.archived_on) == ("", None)
    check.full_clean()


def test_the_last_answer_is_kept_with_its_day_and_a_detail_that_fits():
    check = after(Outcome.ANSWERS)
    check.take(check.url, Answer(Outcome.SERVER_ERROR, 503, "x" * 300), MONDAY + DAY)
    check.full_clean()
    check.save()
    check.refresh_from_db()
    assert (check.outcome, check.status_code) == (Outcome.SERVER_ERROR, 503)
    assert (check.detail, check.checked_at) == ("x" * 200, MONDAY + DAY)


class TestNotAnswering:
    @pytest.mark.parametrize(
        ("outcomes", "counts"),
        [
            ([Outcome.GONE] * 3, False),
            ([Outcome.GONE] * 4, True),
            (
                [
                    Outcome.NO_ANSWER,
                    Outcome.BAD_TLS,
                    Outcome.GONE,
                    Outcome.SERVER_ERROR,
                ],
                True,
            ),
            ([Outcome.GONE] * 4 + [Outcome.ANSWERS], False),
            ([Outcome.GONE] * 4 + [Outcome.REFUSED], False),
            ([Outcome.GONE] * 4 + [Outcome.REFUSED, Outcome.GONE], True),
            ([Outcome.REFUSED] * 9, False),
            ([Outcome.ANSWERS], False),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, list) else str(value),
    )
    def test_three_failures_over_three_days_count(self, outcomes, counts):
        check = after(*outcomes)
        assert LinkCheck.objects.not_answering().filter(pk=check.pk).exists() == counts
        (source,) = Source.objects.with_link_check()
        assert source.not_answering == counts

    def test_the_hour_of_the_day_does_not_matter(self):
        # A timer's run is sometimes late and sometimes early.
        early = after(*[Outcome.GONE] * 4, start=MONDAY.replace(hour=23), step=DAY * 0.97)
        assert LinkCheck.objects.not_answering().get() == early

    @pytest.mark.parametrize(("number", "days"), [(5, 3), (3, 10)])
    def test_the_limits_are_settings(self, settings, number, days):
        after(*[Outcome.GONE] * 4)
        settings.LINK_FAILURES, settings.LINK_FAILURE_DAYS = number, days
        assert not LinkCheck.objects.not_answering().exists()

    def test_many_failures_on_too_few_days_do_not_count(self, settings):
        settings.LINK_FAILURES = 2
        after(*[Outcome.GONE] * 3)
        assert not LinkCheck.objects.not_answering().exists()
        settings.LINK_FAILURE_DAYS = 2
        assert LinkCheck.objects.not_answering().exists()

    def test_what_was_found_out_of_another_address_does_not_count(self):
        check = after(*[Outcome.GONE] * 5)
        Source.objects.update(url="https://example.org/mended")
        check.refresh_from_db()
        assert not check.is_current
        for found in (LinkCheck.objects.current(), LinkCheck.objects.failing()):
            assert not found.exists()
        assert not LinkCheck.objects.not_answering().exists()


def test_failing_are_those_that_failed_last_time():
    one = LinkCheckFactory(failures=1)
    LinkCheckFactory()
    LinkCheckFactory(outcome=Outcome.REFUSED)
    assert list(LinkCheck.objects.failing()) == [one]


def test_a_check_names_address_and_outcome():
    check = LinkCheckFactory(source__url="https://example.org/", failures=1)
    assert str(check) == "https://example.org/: Not found"


def test_those_asked_longest_ago_come_first_and_before_them_those_never_asked():
    new, old = LinkCheckFactory(), LinkCheckFactory(checked_at=MONDAY)
    never = SourceFactory()
    assert list(Source.objects.longest_unchecked_first()) == [never, old.source, new.source]


def test_with_link_check_takes_one_query(django_assert_num_queries):
    LinkCheckFactory(failures=4)
    SourceFactory()
    with django_assert_num_queries(1):
        found = list(Source.objects.with_link_check())
        assert [getattr(source, "link_check", None) is not None for source in found] == [
            True,
            False,
        ]
        assert [source.not_answering for source in found] == [True, False]


def test_a_check_changes_nothing_about_its_source():
    source = SourceFactory()
    before = Source.objects.values().get()
    LinkCheckFactory(source=source, failures=9)
    assert Source.objects.values().get() == before
