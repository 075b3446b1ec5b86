from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.exchange.revisions import record_missing
from companies.models import SearchDocument
from companies.search import look_up
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def claim():
    made = ClaimFactory(title="Mill")
    record_missing()
    run()
    return made


def test_it_makes_the_search_anew_and_says_how_much(claim):
    SearchDocument.objects.all().delete()
    assert look_up("mill", {}).matches == []
    # The claim and its company.
    assert run() == "Search: 2 documents renewed.\n"
    assert look_up("mill", {}).matches
    assert run() == "Search: 0 documents renewed.\n"


def test_a_check_of_a_right_search_says_so(claim):
    assert run("--check") == "Search: everything is as it should be.\n"


def test_a_check_names_what_is_wrong_and_fails(claim):
    type(claim).objects.update(title="Forge")
    with pytest.raises(CommandError, match=f"1 wrong: claim {claim.pk}"):
        run("--check")


def test_a_check_notices_the_rules_of_another_release(claim):
    SearchDocument.objects.filter(rowid=0).update(marks="_version_0")
    with pytest.raises(CommandError, match="another release"):
        run("--check")
