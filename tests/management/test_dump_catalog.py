import pytest
from django.core.management import CommandError, call_command

from companies.models import Status
from tests.factories import ClaimFactory
from tests.logo_png import logo_png

pytestmark = pytest.mark.django_db


def test_what_was_written_is_counted(tmp_path, capsys):
    ClaimFactory(company__slug="acme")
    call_command("dump_catalog", tmp_path / "out")
    captured = capsys.readouterr()
    assert captured.out == (
        f"Catalogue: wrote into {tmp_path / 'out'}: "
        "domains 0, technologies 0, sources 1, companies 1, claims 1, lists 0, logos 0\n"
    )
    assert captured.err == ""
    assert (tmp_path / "out" / "companies" / "acme.yaml").exists()


def test_with_verbosity_0_nothing_is_said(tmp_path, capsys):
    call_command("dump_catalog", tmp_path, verbosity=0)
    assert capsys.readouterr().out == ""


def test_published_is_handed_on(tmp_path):
    ClaimFactory(company__slug="acme", company__status=Status.DRAFT)
    call_command("dump_catalog", tmp_path, published=True)
    assert not list(tmp_path.glob("companies/*"))


def test_a_directory_of_something_else_is_refused_unless_forced(tmp_path):
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(CommandError, match=r"add --force\.$"):
        call_command("dump_catalog", tmp_path)
    call_command("dump_catalog", tmp_path, force=True)
    assert (tmp_path / "domains.yaml").exists()


def test_files_of_no_company_here_are_named_on_the_error_stream(tmp_path, capsys):
    call_command("dump_catalog", tmp_path)
    mine = tmp_path / "companies" / "mine.yaml"
    mine.touch()
    call_command("dump_catalog", tmp_path)
    assert capsys.readouterr().err.startswith(f"{mine} is of no company here;")
    call_command("dump_catalog", tmp_path, prune=True)
    assert not mine.exists()
    logo = tmp_path / "logos" / "mine.png"
    logo.parent.mkdir()
    logo.write_bytes(logo_png())
    call_command("dump_catalog", tmp_path)
    assert capsys.readouterr().err.startswith(f"{logo} is the logo of no company here;")


def test_rows_that_would_not_load_are_named_on_the_error_stream(tmp_path, capsys):
    ClaimFactory(key="acme-1", company__slug="acme", as_of="2999")
    call_command("dump_catalog", tmp_path)
    assert "acme-1: as_of: 2999 lies in the future" in capsys.readouterr().err
