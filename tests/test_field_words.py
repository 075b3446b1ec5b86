import pytest
from django.utils.translation import override

from companies import field_words
from companies.evidence import Agreement, Tier
from companies.exchange import schema
from companies.figure import Qualifier
from companies.models import (
    ClaimKind,
    CompanyKind,
    Finding,
    Role,
    SourceKind,
    TechnologyKind,
)

# A file of a company holds its claims, which are entries of their own; so are a figure's parts.
WITHOUT_LABEL = {"claims", "figure"}
CHOICES = [Agreement, ClaimKind, CompanyKind, Finding, Qualifier, Role, SourceKind, TechnologyKind]


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        ("speaker_role", "Speaker's role", "Funktion der zitierten Person"),
        ("figure.value", "Figure: value", "Zahl: Wert"),
        ("figure.as_worded", "Figure: as worded", "Zahl: Wortlaut"),
        ("never_heard_of", "Never heard of", "Never heard of"),
    ],
)
def test_a_field_has_a_label(name, english, german):
    assert field_words.label(name) == english
    with override("de"):
        assert field_words.label(name) == german


def test_a_noun_is_small_in_english_and_capital_in_german():
    assert (field_words.noun("source"), field_words.noun("version")) == ("source", "version")
    with override("de"):
        assert field_words.noun("source") == "Quelle"


@pytest.mark.parametrize("choices", [*CHOICES, Tier])
def test_every_choice_that_the_history_can_tell_of_is_translated(choices):
    assert {*choices.values} - {*field_words._CHOICES} == set()
    for value in choices.values:
        assert field_words.choice(value) == value.replace("_", " ")


def test_every_field_of_the_exchange_shape_has_a_label_of_its_own():
    rows = [row for row in vars(schema).values() if hasattr(row, "model_fields")]
    names = {name for row in rows for name in row.model_fields}
    assert {"title", "speaker", "founded", "as_worded"} <= names
    assert names - {*field_words._LABELS} == WITHOUT_LABEL
