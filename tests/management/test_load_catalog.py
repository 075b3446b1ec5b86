import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from companies.management.commands.load_catalog import LONGEST_REASON, REASON
from companies.models import Claim, Company, Revision
from tests.exchange.small_catalogue import SMALL, Files
from tests.process import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path, SMALL)


def said(capsys) -> list[str]:
    captured = capsys.readouterr()
    assert captured.err == ""
    return [" ".join(line.split()) for line in captured.out.splitlines()]


def test_the_summary_says_what_became_of_each_kind(files, capsys):
    call_command("load_catalog", files.write())
    assert said(capsys) == [
        f"Catalogue: {files.directory}",
        "added changed unchanged withdrawn",
        "domains 1 0 0 0",
        "technologies 2 0 0 0",
        "sources 2 0 0 0",
        "companies 2 0 0 0",
        "claims 4 0 0 0",
        "lists 1 0 0 0",
    ]


def test_without_a_path_the_starter_catalogue_is_loaded(capsys):
    call_command("load_catalog")
    assert Company.objects.filter(slug="netflix").exists()


def test_bad_rows_are_listed_below_one_sentence(files):
    files.claim(1)["kind"] = "zzz"
    files.claim(2)["as_of"] = "2999"
    with pytest.raises(CommandError) as caught:
        call_command("load_catalog", files.write())
    sentence, *rows = str(caught.value).splitlines()
    assert sentence == "Nothing was loaded. There are 2 problems:"
    assert [row.split(": ")[1] for row in rows] == ["acme-01", "acme-02"]
    assert not Company.objects.exists()


def test_one_bad_row_is_one_problem(files):
    files.claim(1)["kind"] = "zzz"
    with pytest.raises(CommandError, match=r"^Nothing was loaded\. There is 1 problem:\n"):
        call_command("load_catalog", files.write())


def test_a_wrong_path_is_one_sentence(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("load_catalog", tmp_path / "absent")
    assert str(caught.value) == f"There is no directory {tmp_path / 'absent'}."


def test_if_empty_says_that_it_does_nothing(files, capsys):
    call_command("load_catalog", files.write(), verbosity=0)
    call_command("load_catalog", files.write(), if_empty=True)
    assert said(capsys) == ["Catalogue: there are companies already, so nothing was loaded."]


def test_a_dry_run_says_so(files, capsys):
    call_command("load_catalog", files.write(), dry_run=True)
    assert said(capsys)[-1] == "This was a dry run: nothing was changed."
    assert not Company.objects.exists()


def test_prune_is_handed_on(files, capsys):
    call_command("load_catalog", files.write(), verbosity=0)
    files.acme["claims"].pop()
    call_command("load_catalog", files.write(), prune=True)
    assert "claims 0 0 3 1" in said(capsys)
    assert Claim.objects.get(key="acme-04").status == "withdrawn"


def reasons():
    return set(Revision.objects.values_list("reason", "editor_name"))


def test_the_history_says_why_and_names_nobody(files):
    call_command("load_catalog", files.write(), verbosity=0)
    assert reasons() == {(REASON, "")}
    files.claim(1)["text"] = "Another text."
    call_command("load_catalog", files.write(), reason="The post was corrected.", verbosity=0)
    changed = Revision.objects.latest("pk")
    assert (changed.name, changed.reason) == ("acme-01", "The post was corrected.")
    assert reasons() == {(REASON, ""), ("The post was corrected.", "")}


def test_a_reason_may_be_as_long_as_the_history_holds(files):
    assert Revision._meta.get_field("reason").max_length == LONGEST_REASON
    call_command("load_catalog", files.write(), reason="a" * LONGEST_REASON, verbosity=0)
    assert reasons() == {("a" * LONGEST_REASON, "")}
    with pytest.raises(CommandError, match=r"^--reason may have 300 characters at most\.$"):
        call_command("load_catalog", files.write(), reason="a" * (LONGEST_REASON + 1))


def test_with_verbosity_0_nothing_is_said(files, capsys):
    call_command("load_catalog", files.write(), verbosity=0)
    assert said(capsys) == []


@pytest.mark.parametrize(("arguments", "shown"), [([], True), (["--no-progress"], False)])
def test_a_terminal_gets_a_progress_bar_unless_refused(
    files, monkeypatch, capsys, arguments, shown
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    call_command("load_catalog", str(files.write()), *arguments)
    assert ("Reading files" in capsys.readouterr().err) == shown


def test_the_exit_code_is_1_and_the_reason_is_on_the_error_stream(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "load_catalog", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("CommandError: ")
    assert "holds no catalogue" in done.stderr
