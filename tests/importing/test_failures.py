"""What stops an import in the middle: refusals, processes that are given up, two at once."""

import threading

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from companies.exchange import row_load
from companies.exchange.progress import no_bar
from companies.importing import progress, work
from companies.models import (
    Claim,
    ImportRow,
    ImportRun,
    Revision,
    Subject,
)
from tests.import_files import (
    CLAIM,
    a_run,
    acme,
    as_csv,
    checked,
    confirmed,
    imported,
    problems_of,
    worked,
)

pytestmark = pytest.mark.django_db


class TestAFailure:
    def test_in_the_middle_leaves_nothing_behind(self, monkeypatch):
        acme()
        run = checked(as_csv(*(CLAIM | {"key": f"acme-{n}"} for n in range(1200))))
        confirmed(run)
        calls = []

        def failing(*args, **kwargs):
            calls.append(args)
            if len(calls) == 2:
                # As a constraint would that only the database knows.
                raise IntegrityError("CHECK constraint failed: claim_title_is_filled")
            return original(*args, **kwargs)

        original = row_load.record_known
        monkeypatch.setattr(row_load, "record_known", failing)
        worked(run)
        assert run.state == "failed"
        assert run.note == (
            "The database refused a row: Give the claim a title. Nothing was imported."
        )
        assert not Claim.objects.exists()
        assert not Revision.objects.filter(subject=Subject.CLAIM).exists()
        assert run.rows.count() == 1200

    def test_of_a_rule_that_only_a_trigger_knows_says_which(self, monkeypatch):
        acme()
        row = CLAIM | {
            "kind": "codebase_share",
            "shares.1.technology": "python",
            "shares.1.percentage": "60",
            "shares.1.qualifier": "about",
            "shares.2.technology": "python",
            "shares.2.version": "3",
            "shares.2.percentage": "60",
            "shares.2.qualifier": "about",
        }
        monkeypatch.setattr("companies.exchange.rules.SHARES_LIMIT", 200)
        run = imported(as_csv(row))
        assert run.state == "failed"
        assert run.note.startswith("The database refused a row: ")
        assert "100" in run.note
        assert not Claim.objects.exists()

    def test_nobody_thought_of_is_told_and_raised_for_the_log(self, monkeypatch):
        run = a_run(as_csv(CLAIM))
        monkeypatch.setattr(work, "check", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worked(run)
        run.refresh_from_db()
        assert run.state == "failed"
        assert run.note == ("The import failed; the server's log says why. Nothing was imported.")

    def test_is_checked_again_on_demand(self):
        run = checked(as_csv(CLAIM))
        acme()
        assert work.check_again(run)
        assert worked(run).state == "ready"

    def test_of_a_done_run_is_never_checked_again(self):
        acme()
        run = imported(as_csv(CLAIM))
        assert not work.check_again(run)


class TestAProcess:
    def test_that_was_given_up_writes_nothing(self):
        acme()
        run = checked(as_csv(CLAIM))
        confirmed(run)
        given_up = run.attempt
        assert work.check_again(run)
        work.work(run.pk, given_up, no_bar)
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("end", ["discarded", "started anew"])
    def test_whose_run_is_taken_away_under_it_rolls_back(self, monkeypatch, end):
        acme()
        run = checked(as_csv(CLAIM))
        confirmed(run)

        def taken_away(*args):
            original(*args)
            if end == "discarded":
                ImportRun.objects.all().delete()
            else:
                ImportRun.objects.update(attempt=99)

        original = work.load_rows
        monkeypatch.setattr(work, "load_rows", taken_away)
        work.work(run.pk, run.attempt, no_bar)
        assert not Claim.objects.exists()

    def test_of_a_check_that_is_discarded_stops(self, monkeypatch):
        acme()
        run = a_run(as_csv(CLAIM))
        monkeypatch.setattr(work, "_still_wanted", lambda _run: _discarded(run))
        work.work(run.pk, run.attempt, no_bar)
        assert not ImportRow.objects.exists()

    def test_for_a_run_that_waits_for_none_does_nothing(self):
        run = checked(as_csv(CLAIM))
        assert worked(run).state == "refused"
        work.work(10**6, 1, no_bar)

    def test_forgets_its_progress_in_the_end(self):
        run = a_run(as_csv(CLAIM))
        reporting = progress.Reporting(run.pk, run.attempt)
        work.work(run.pk, run.attempt, reporting.bar)
        assert progress.read(run.pk, run.attempt) is None


def _discarded(run):
    work.discard(run)
    raise work.GivenUpError


def test_a_file_that_cannot_be_read_is_refused_with_its_name_and_line():
    run = checked(b"key,title\na\xe4,x\n")
    assert (run.state, run.row_count) == ("refused", 0)
    assert problems_of(run) == ["claims.csv, line 2, is not UTF-8 text: save it as “CSV UTF-8”."]


def test_what_no_database_can_keep_is_shown_in_its_place():
    run = checked(b'[{"key": "a\\u0000b\\ud800", "k\\u0000": 1, "title": "\\ud800"}]', "json")
    row = run.rows.get()
    assert row.name == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert {problem["column"] for problem in row.problems} >= {
        "k\N{REPLACEMENT CHARACTER}",
        "title",
    }


def test_runs_that_nobody_confirmed_are_dropped_after_a_fortnight():

    old, done, young = (a_run(as_csv(CLAIM)) for _ in range(3))
    long_ago = timezone.now() - work.ABANDONED_AFTER * 2
    ImportRun.objects.filter(pk__in=[old.pk, done.pk]).update(state_since=long_ago)
    ImportRun.objects.filter(pk=done.pk).update(state="done")
    work.remove_abandoned()
    assert set(ImportRun.objects.all()) == {done, young}


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_write_each_claim_once():
    """The second one waits, finds what the first has written, and shows it."""

    acme()
    runs = [checked(as_csv(CLAIM | {"title": title})) for title in ("One", "Two")]
    assert all(confirmed(run) for run in runs)

    def load(run):
        work.work(run.pk, run.attempt, no_bar)
        connections.close_all()

    threads = [threading.Thread(target=load, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = sorted(ImportRun.objects.values_list("state", flat=True))
    assert states == ["done", "ready"]
    assert Claim.objects.count() == 1
    assert Revision.objects.filter(subject=Subject.CLAIM).count() == 1
