import json
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from companies.importing import job, progress
from companies.models import ImportRun
from tests.factories import ImportRunFactory
from tests.import_files import CLAIM, a_run, acme, as_csv


@pytest.fixture
def run(db):
    made = ImportRunFactory(state="checking")
    yield made
    progress.forget(made.pk)


def say(run, **changed):
    """What a process has written about itself."""
    reporting = progress.Reporting(run.pk, run.attempt)
    with reporting.bar("Checking", 100) as bar:
        bar.update(1)
    path = progress.path_of(run.pk)
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


@pytest.fixture
def gone():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_progress_is_what_the_process_has_said_last(run):
    reporting = progress.Reporting(run.pk, run.attempt)
    with reporting.bar("Checking", 100) as bar:
        bar.update(30)
        bar._written -= progress.PACE
        bar.update(5)
        found = job.progress_of(run)
    assert (found.step, found.done, found.total, found.pid) == ("Checking", 35, 100, os.getpid())
    assert found.is_alive


def test_progress_is_written_only_now_and_then(run):
    with progress.Reporting(run.pk, run.attempt).bar("Checking", 100) as bar:
        bar.update(30)
    assert job.progress_of(run).done == 0


def test_progress_of_another_attempt_is_none(run):
    say(run, attempt=2)
    assert job.progress_of(run) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"step": 1}'])
def test_a_file_that_is_not_whole_is_no_progress(run, text):
    say(run)
    progress.path_of(run.pk).write_text(text)
    assert job.progress_of(run) is None


def test_only_the_owner_reads_what_is_in_the_directory(run):
    say(run)
    assert progress.path_of(run.pk).parent.stat().st_mode & 0o077 == 0


def test_a_process_that_works_is_alive(run):
    say(run)
    assert not job.has_died(run)


def test_a_process_that_has_ended_is_dead(run, gone):
    say(run, pid=gone)
    assert job.has_died(run)


def test_a_process_that_is_long_silent_is_dead_even_if_another_has_its_number(run):
    say(run, at=time.time() - progress.SILENCE - 1)
    assert job.has_died(run)


def test_a_process_that_never_said_a_word_is_dead_after_a_while(run):
    assert not job.has_died(run)
    ImportRun.objects.update(state_since=timezone.now() - timedelta(seconds=progress.STARTING + 1))
    run.refresh_from_db()
    assert job.has_died(run)


@pytest.mark.parametrize("state", ["ready", "refused", "done", "failed"])
def test_a_run_that_waits_for_no_process_has_none_that_died(run, state, gone):
    say(run, pid=gone)
    run.state = state
    assert not job.has_died(run)


def test_the_process_is_given_its_two_numbers_and_leaves_no_zombie(tmp_path, monkeypatch):
    script, said = tmp_path / "manage.py", tmp_path / "said"
    script.write_text(
        f"import os, pathlib, sys\n"
        f"pathlib.Path({str(said)!r}).write_text(\n"
        f"    f'{{sys.argv[1:]}} {{os.getpid() == os.getsid(0)}} {{os.getpid()}}')\n"
    )
    monkeypatch.setattr(job, "MANAGE", script)
    job.start_process(12, 3)
    limit = time.monotonic() + 20
    while time.monotonic() < limit and not (said.exists() and said.read_text()):
        time.sleep(0.02)
    words, pid = said.read_text().rsplit(" ", 1)
    assert words == "['run_import', '12', '3'] True"
    while time.monotonic() < limit and progress._is_running(int(pid)):
        time.sleep(0.02)
    assert not progress._is_running(int(pid))


def test_that_is_the_command_that_does_the_work(db):
    acme()
    run = a_run(as_csv(CLAIM))
    call_command("run_import", run.pk, run.attempt)
    run.refresh_from_db()
    assert (run.state, run.new_count) == ("ready", 1)


def test_the_command_does_nothing_for_another_attempt(db):
    run = a_run(as_csv(CLAIM))
    call_command("run_import", run.pk, run.attempt + 1)
    run.refresh_from_db()
    assert run.state == "checking"
