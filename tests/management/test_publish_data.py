import re

import pytest
from django.core.management import CommandError, call_command

from companies.data_files.publication import current
from companies.management.commands import publish_data
from companies.management.commands.publish_data import own_address
from tests.factories import ClaimFactory
from tests.process import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_what_was_published_is_counted(capsys):
    ClaimFactory()
    call_command("publish_data", site="https://facts.example.org/")
    told = capsys.readouterr().out
    assert f"Published: {current().path} (" in told
    assert "companies 1, claims 1, lists 0" in told
    assert f"SHA-256 {current().sha256}" in told


def test_with_verbosity_0_nothing_is_said(capsys):
    call_command("publish_data", verbosity=0)
    assert capsys.readouterr().out == ""
    assert current() is not None


@pytest.mark.parametrize("site", ["facts.example.org", "ftp://x", "https://x/y", "https://"])
def test_an_address_that_is_none_is_refused(site):
    with pytest.raises(CommandError, match=r"allowed is an address such as https://facts"):
        call_command("publish_data", site=site)
    assert current() is None


def test_rows_that_would_not_load_are_named():
    ClaimFactory(key="acme-1", company__slug="acme", as_of="2999")
    with pytest.raises(CommandError, match="acme-1: as_of: 2999 lies in the future"):
        call_command("publish_data")


@pytest.mark.parametrize(
    ("hosts", "https_only", "local", "address"),
    [
        (["facts.example.org", "other.example"], True, False, "https://facts.example.org"),
        ([".example.org"], True, False, "https://example.org"),
        (["localhost"], False, True, "http://localhost:8000"),
    ],
)
def test_the_address_of_the_site_is_that_of_its_settings(
    settings, hosts, https_only, local, address
):
    settings.ALLOWED_HOSTS, settings.HTTPS_ONLY, settings.LOCAL = hosts, https_only, local
    assert own_address() == address


def test_what_the_timer_runs_is_understood():
    unit = (ROOT / "deploy/stackfacts-publish-data.service").read_text(encoding="utf-8")
    (arguments,) = re.findall(r"^ExecStart=.* manage\.py publish_data(.*)$", unit, re.MULTILINE)
    parser = publish_data.Command().create_parser("manage.py", "publish_data")
    options = vars(parser.parse_args(arguments.split()))
    assert (options["site"], options["no_progress"]) == ("", True)
