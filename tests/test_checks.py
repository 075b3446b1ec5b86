import pytest
from django.core.checks import Warning as CheckWarning
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from companies import cross_row_rules

pytestmark = pytest.mark.django_db


def lost(databases=("default",)):
    messages = run_checks(tags=["database"], databases=databases)
    return [message for message in messages if message.id == "companies.W001"]


def test_a_migrated_database_holds_the_cross_row_rules():
    assert lost() == []


def test_a_database_without_the_triggers_is_a_warning_that_says_what_to_do():
    cross_row_rules.remove(connection)
    assert lost() == [
        CheckWarning(
            "The database “default” lacks the triggers for: "
            "shares_total, company_ancestry, quote_attribution, source_author_needed.",
            hint="Run `manage.py migrate`, which installs them.",
            id="companies.W001",
        )
    ]


def test_the_check_command_tells_of_it_and_migrate_mends_it():
    cross_row_rules.remove(connection)
    with pytest.raises(CommandError, match=r"companies\.W001"):
        call_command("check", databases=["default"], fail_level="WARNING")
    call_command("migrate", skip_checks=False, verbosity=0)
    call_command("check", databases=["default"], fail_level="WARNING")


def test_a_database_that_was_not_asked_for_is_not_looked_at():
    cross_row_rules.remove(connection)
    assert lost(databases=None) == []


def test_before_the_first_migrate_there_is_nothing_to_hold(monkeypatch):
    cross_row_rules.remove(connection)
    monkeypatch.setattr(cross_row_rules, "TABLES", {"companies_company", "not_made_yet"})
    assert lost() == []
