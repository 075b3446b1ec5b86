"""Every rule is attacked behind the models' back, and says what is wrong in front of it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError

from companies import cross_row_rules
from companies.models.constraints import FieldCheck
from companies.models.record import PartialDateField, validate_partial_date, validate_past_day
from tests.models.attacks import ATTACKS
from tests.models.walls import MODELS, columns, name_of, named_walls, wall
from tests.test_factories import FACTORIES

pytestmark = pytest.mark.django_db

CONSTRAINTS = {
    constraint.name: constraint for model in MODELS for constraint in model._meta.constraints
}
NULLABLE = {
    "companies_claim.domain_id",
    "companies_claim.figure_value",
    "companies_claim.figure_before",
    "companies_claim.checked_on",
    "companies_company.parent_id",
    "companies_company.logo_id",
    "companies_companylist.source_id",
    "companies_gap.technology_id",
    "companies_gap.domain_id",
    "companies_gap.source_id",
    "companies_importrow.before",
    "companies_importrow.content",
    "companies_importrun.confirmed_by_id",
    "companies_importrun.editor_id",
    "companies_proposal.author_id",
    "companies_proposal.decided_at",
    "companies_revision.company_id",
    "companies_revision.editor_id",
    "companies_linkcheck.status_code",
    "companies_linkcheck.failing_since",
    "companies_linkcheck.archived_on",
    "companies_source.accessed_on",
}
# Parts that mean nothing without what they are a part of. Everything else is protected.
CASCADING = {
    "companies_citation.claim_id",
    "companies_claimtechnology.claim_id",
    "companies_codebaseshare.claim_id",
    "companies_companyalias.company_id",
    "companies_companylistentry.company_id",
    "companies_companylistentry.company_list_id",
    "companies_formerslug.company_id",
    "companies_formersourcekey.source_id",
    "companies_formertechnologyslug.technology_id",
    "companies_gap.company_id",
    "companies_importrow.run_id",
    "companies_proposal.claim_id",
    "companies_linkcheck.source_id",
}
# Accounts come and go; the name beside the reference stays.
LET_GO = {
    "companies_importrun.confirmed_by_id",
    "companies_importrun.editor_id",
    "companies_proposal.author_id",
    "companies_revision.editor_id",
}

# Of several fields that break a rule together, the one an editor has to fill in or correct.
TOLD_AT = {
    "claim_speaker_has_words": "speaker",
    "claim_figure_has_unit": "figure_unit",
    "claim_unit_has_figure": "figure_value",
    "claim_before_has_after": "figure_value",
    "claim_check_has_day_and_checker": "checked_on",
    "citation_says_what_it_reports": "as_reported",
    "proposal_decision_has_name_and_time": "decided_by",
    "gap_none_has_source": "source",
    "link_check_failures_have_day": "failing_since",
}
RULES = {
    rule: [attack for attack in ATTACKS if attack.wall == rule]
    for rule in dict.fromkeys(attack.wall for attack in ATTACKS)
}
each_rule = pytest.mark.parametrize("rule", RULES)
COLUMNS = {name_of(model, field.attname): (model, field) for model, field in columns()}
REFERENCES = {name: found for name, found in COLUMNS.items() if found[1].is_relation}


def prepare(attack):
    """A valid row, stored, and the values that it must not get."""
    row = attack.factory(**attack.given)
    other = attack.factory(**attack.given)
    return row, attack.bad(row, other) if callable(attack.bad) else attack.bad


def change(row, bad):
    for field, value in bad.items():
        setattr(row, field, value)


def set_raw(row, field, value):
    statement = f"UPDATE {row._meta.db_table} SET {field.column} = %s WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [value, row.pk])


def test_every_rule_is_attacked():
    assert {attack.wall for attack in ATTACKS} | set(cross_row_rules.NAMES) == named_walls()


def test_every_rule_is_in_the_documentation_and_no_other():
    page = Path(settings.BASE_DIR, "docs/data-model.md").read_text(encoding="utf-8")
    written = set(re.findall(r"`([a-z]\w+_\w+)`", page.partition("## Which wall")[2]))
    rules = {rule for rule in named_walls() if "." not in rule}
    assert written == rules


@each_rule
def test_an_update_that_breaks_a_rule_is_refused(rule):
    for attack in RULES[rule]:
        row, bad = prepare(attack)
        assert refusing_wall(type(row).objects.filter(pk=row.pk).update, **bad) == rule, bad


@each_rule
def test_an_insert_that_breaks_a_rule_is_refused(rule):
    for attack in RULES[rule]:
        row, bad = prepare(attack)
        type(row).objects.filter(pk=row.pk).delete()
        change(row, bad)
        assert refusing_wall(type(row).objects.bulk_create, [row]) == rule, bad


def refusing_wall(change, *args, **kwargs):
    try:
        with transaction.atomic():
            change(*args, **kwargs)
    except IntegrityError as refusal:
        return wall(refusal)
    return None


@each_rule
def test_a_broken_rule_is_told_at_its_field(rule):
    constraint = CONSTRAINTS.get(rule)
    for attack in RULES[rule]:
        row, bad = prepare(attack)
        change(row, bad)
        of_row = isinstance(constraint, models.UniqueConstraint)
        field = NON_FIELD_ERRORS if of_row else TOLD_AT.get(rule, next(iter(bad)))
        if bad == {"key": ""}:
            continue  # a key is then made up: see test_claim.py
        if constraint:
            # Its own words, and those of no other rule.
            expected = {field: [constraint.violation_error_message]}
            assert messages(row.validate_constraints) == expected, bad
        assert field in messages(row.full_clean), bad


def messages(validate):
    try:
        validate()
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


def test_every_check_says_at_which_field_what_is_wrong():
    for model in MODELS:
        for constraint in model._meta.constraints:
            assert constraint.violation_error_message != constraint.default_violation_error_message
            if isinstance(constraint, models.CheckConstraint):
                assert isinstance(constraint, FieldCheck)
                assert model._meta.get_field(constraint.field)


def test_a_field_check_is_a_plain_check_in_a_migration():
    for constraint in CONSTRAINTS.values():
        path, _, arguments = constraint.deconstruct()
        assert path.startswith("django.db.models.")
        assert "field" not in arguments
        assert constraint.clone() == constraint


def test_every_column_with_choices_is_held_to_them():
    for model, field in columns():
        if field.choices:
            assert any(name.endswith(f"{field.name}_is_known") for name in names_of(model)), field


def test_every_text_that_must_be_given_is_held_to_more_than_not_null():
    suffixes = ("is_filled", "is_slug", "is_http", "is_known", "is_hexadecimal")
    for model, field in columns():
        if isinstance(field, models.CharField | models.TextField) and not field.blank:
            held = {
                name
                for name in names_of(model)
                for suffix in suffixes
                if name.endswith(f"{field.name}_{suffix}")
            }
            assert held, field


def names_of(model):
    return [constraint.name for constraint in model._meta.constraints]


def test_every_date_is_real_and_may_not_be_in_the_future():
    for model, field in columns():
        if isinstance(field, PartialDateField):
            assert validate_partial_date in field.validators
            assert any(name.endswith(f"{field.name}_is_date") for name in names_of(model)), field
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            assert validate_past_day in field.validators, field


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - NULLABLE))
def test_null_is_refused(column):
    model, field = COLUMNS[column]
    row = FACTORIES[model]()
    assert refusing_wall(set_raw, row, field, None) == column


@pytest.mark.parametrize("column", sorted(NULLABLE))
def test_null_is_allowed_where_a_thing_may_be_unknown(column):
    model, field = COLUMNS[column]
    row = FACTORIES[model]()
    assert model.objects.filter(pk=row.pk).update(**{field.name: None}) == 1


@pytest.mark.django_db(transaction=True)
def test_no_reference_may_lead_nowhere():
    for model, field in REFERENCES.values():
        row = FACTORIES[model]()
        with pytest.raises(IntegrityError), transaction.atomic():
            set_raw(row, field, 0)


def test_parts_cascade_and_nothing_else():
    cascading = {
        name
        for name, (_, field) in REFERENCES.items()
        if field.remote_field.on_delete is models.CASCADE
    }
    assert cascading == CASCADING


@pytest.mark.parametrize("reference", sorted(set(REFERENCES) - CASCADING - LET_GO))
def test_what_something_refers_to_cannot_be_deleted(reference):
    model, field = REFERENCES[reference]
    needed = FACTORIES[field.related_model]()
    FACTORIES[model](**{field.name: needed})
    with pytest.raises(ProtectedError) as refusal:
        needed.delete()
    assert {type(thing) for thing in refusal.value.protected_objects} == {model}


@pytest.mark.parametrize("reference", sorted(CASCADING))
def test_a_part_is_deleted_with_what_it_is_a_part_of(reference):
    model, field = REFERENCES[reference]
    part = FACTORIES[model]()
    getattr(part, field.name).delete()
    assert not model.objects.filter(pk=part.pk).exists()


@pytest.mark.parametrize("reference", sorted(LET_GO))
def test_a_deleted_account_leaves_its_work_behind(reference):
    model, field = REFERENCES[reference]
    row = FACTORIES[model]()
    getattr(row, field.name).delete()
    row.refresh_from_db()
    assert getattr(row, field.name) is None
