import io

import pytest
from django.core.management import CommandError, call_command

from companies.exchange.table_read import MAX_BYTES
from companies.models import Claim, ImportRun, Revision
from tests.import_files import CLAIM, acme, as_csv, as_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(tmp_path):
    """Import the content and return what was said, errors first."""

    def run(content, name="claims.csv", kind="claims", **options):
        path = tmp_path / name
        path.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_rows", kind, path, stdout=out, stderr=err, **options)
        except CommandError as error:
            return f"{err.getvalue()}{error}"
        finally:
            assert not ImportRun.objects.exists()
        return out.getvalue()

    return run


@pytest.mark.parametrize(("make", "name"), [(as_csv, "claims.csv"), (as_xlsx, "claims.xlsx")])
def test_imports_and_says_what_it_did(command, make, name):
    acme()
    said = command(make(CLAIM), name, reason="The autumn survey.")
    assert said == f"Claims from {name}: 1 new and 0 changed are written, 0 unchanged.\n"
    assert Claim.objects.get().key == "acme-01"
    assert Revision.objects.filter(name="acme-01").get().reason == "The autumn survey."
    assert "0 new and 0 changed are written, 1 unchanged" in command(make(CLAIM), name)


def test_a_dry_run_changes_nothing(command):
    acme()
    assert "1 new and 0 changed would be written" in command(as_csv(CLAIM), dry_run=True)
    assert not Claim.objects.exists()


def test_every_bad_row_is_told_and_nothing_changed(command):
    acme()
    bad = CLAIM | {"key": "acme-02", "title": "", "figure.value": "1,000"}
    said = command(as_csv(CLAIM, bad, CLAIM | {"key": "acme-03", "source": "pots"}))
    assert said.splitlines() == [
        "claims.csv: row 3: acme-02: figure.value: “1,000” is not a number: write it plainly, as "
        "148000000 or 2.5, without separators, units and signs",
        "claims.csv: row 4: acme-03: source: there is no source “pots”; did you mean “post”?",
        "Nothing was imported: 2 rows of claims.csv can't be.",
    ]
    assert not Claim.objects.exists()


def test_a_list_names_the_lines_too(command):
    acme()
    said = command(b"- company: acme\n  key: x\n", "claims.yaml")
    assert "claims.yaml: row 1: line 1: x: title: is missing" in said


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "claims.csv", "claims.csv is empty."),
        (b"x", "claims.ods", "must end in .csv, .xlsx, .yaml or .json"),
        (b"x" * (MAX_BYTES + 1), "claims.csv", "is larger than 20 MB: split it"),
    ],
)
def test_a_file_that_cannot_be_taken_is_one_sentence(command, content, name, reason):
    assert reason in command(content, name)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        call_command("import_rows", "claims", tmp_path / "none.csv")


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_the_reason_is_one_that_the_history_can_keep(command, reason):
    assert "--reason must have 1 to 300 characters." in command(as_csv(CLAIM), reason=reason)
