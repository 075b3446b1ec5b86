import json
from itertools import combinations_with_replacement, permutations, product

import pytest
from django.utils import translation

from companies.evidence import (
    Age,
    Agreement,
    Grade,
    Support,
    Tier,
    Verdict,
    grade,
    is_disputed,
    is_first_hand,
    verdict,
)

AGREES, DIFFERS, CONTRADICTS = Agreement.AGREES, Agreement.DIFFERS, Agreement.CONTRADICTS
PRIMARY, SECONDARY, MEASURED = Tier.PRIMARY, Tier.SECONDARY, Tier.MEASURED

EVERY_SUPPORT = [Support(*parts) for parts in product(Tier, ("Times", "Post"), Agreement)]
BEST_FIRST = list(Grade)


def test_grades_are_ordered_best_first():
    assert BEST_FIRST == [Grade.MEASURED, Grade.PRIMARY, Grade.CORROBORATED, Grade.REPORTED]


@pytest.mark.parametrize(
    ("supports", "expected"),
    [
        # The claim's own source alone.
        ([Support(MEASURED, "Us")], Grade.MEASURED),
        ([Support(PRIMARY, "Netflix")], Grade.PRIMARY),
        ([Support(SECONDARY, "Times")], Grade.REPORTED),
        # A first-hand citation that agrees counts like the claim's own source.
        ([Support(SECONDARY, "Times"), Support(PRIMARY, "Netflix")], Grade.PRIMARY),
        ([Support(SECONDARY, "Times"), Support(MEASURED, "Us")], Grade.MEASURED),
        ([Support(PRIMARY, "Netflix"), Support(MEASURED, "Us")], Grade.MEASURED),
        ([Support(PRIMARY, "Netflix"), Support(SECONDARY, "Times")], Grade.PRIMARY),
        # Publishers are counted, not articles.
        ([Support(SECONDARY, "Times"), Support(SECONDARY, "Post")], Grade.CORROBORATED),
        ([Support(SECONDARY, "Times"), Support(SECONDARY, "Times")], Grade.REPORTED),
        ([Support(SECONDARY, "Times")] * 5, Grade.REPORTED),
        # Whoever does not agree supports nothing.
        ([Support(SECONDARY, "Times"), Support(MEASURED, "Us", DIFFERS)], Grade.REPORTED),
        ([Support(SECONDARY, "Times"), Support(PRIMARY, "N", CONTRADICTS)], Grade.REPORTED),
        ([Support(SECONDARY, "Times"), Support(SECONDARY, "Post", DIFFERS)], Grade.REPORTED),
        ([Support(SECONDARY, "Times"), Support(SECONDARY, "Post", CONTRADICTS)], Grade.REPORTED),
        ([Support(PRIMARY, "Netflix"), Support(PRIMARY, "N", CONTRADICTS)], Grade.PRIMARY),
    ],
)
def test_grade(supports, expected):
    for order in permutations(supports):
        assert grade(order) is expected


@pytest.mark.parametrize("own", [Support(tier, "Times") for tier in Tier])
def test_a_citation_never_worsens_a_grade_and_only_an_agreeing_one_betters_it(own):
    for citations in combinations_with_replacement(EVERY_SUPPORT, 2):
        before = grade([own, *citations])
        for further in EVERY_SUPPORT:
            after = grade([own, *citations, further])
            assert BEST_FIRST.index(after) <= BEST_FIRST.index(before)
            if further.agreement != AGREES:
                assert after is before


@pytest.mark.parametrize(
    ("agreements", "disputed"),
    [
        ([], False),
        ([AGREES], False),
        ([DIFFERS], False),
        ([AGREES, DIFFERS], False),
        ([CONTRADICTS], True),
        ([AGREES, CONTRADICTS], True),
        ([DIFFERS, CONTRADICTS, AGREES], True),
        (["contradicts"], True),
    ],
)
def test_a_claim_is_disputed_when_a_citation_contradicts_it(agreements, disputed):
    assert is_disputed(agreements) is disputed


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        (AGREES, Verdict.CONFIRMED),
        (DIFFERS, Verdict.CORRECTED),
        (CONTRADICTS, Verdict.CONTRADICTED),
    ],
)
@pytest.mark.parametrize("tier", [PRIMARY, MEASURED])
def test_first_hand_evidence_settles_a_statement(tier, agreement, expected):
    reported = Support(SECONDARY, "Times")
    assert verdict(agreement, [Support(tier, "Netflix")]) is expected
    assert verdict(agreement, [reported, Support(tier, "Netflix")]) is expected
    assert verdict(agreement.value, [Support(tier.value, "Netflix")]) is expected


@pytest.mark.parametrize("agreement", Agreement)
@pytest.mark.parametrize(
    "others",
    [
        [],
        [Support(SECONDARY, "Times")],
        [Support(SECONDARY, "Times"), Support(SECONDARY, "Post", CONTRADICTS)],
    ],
)
def test_without_first_hand_evidence_a_statement_is_unverified(agreement, others):
    assert verdict(agreement, others) is Verdict.UNVERIFIED


@pytest.mark.parametrize("word", [DIFFERS, CONTRADICTS])
@pytest.mark.parametrize("agreement", [DIFFERS, CONTRADICTS])
def test_whether_a_statement_that_differs_too_is_right_is_left_open(agreement, word):
    others = [Support(SECONDARY, "Times"), Support(PRIMARY, "Netflix", word)]
    assert verdict(agreement, others) is Verdict.UNVERIFIED


def test_an_unknown_agreement_is_not_passed_over():
    with pytest.raises(ValueError, match="hints"):
        verdict("hints", [Support(PRIMARY, "Netflix")])


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([Support(PRIMARY, "Netflix", DIFFERS)], Verdict.CORRECTED),
        ([Support(PRIMARY, "Netflix", CONTRADICTS)], Verdict.CONTRADICTED),
        (
            [Support(PRIMARY, "Netflix", DIFFERS), Support(MEASURED, "Us", CONTRADICTS)],
            Verdict.CONTRADICTED,
        ),
        # What is said first-hand holds, whoever else says otherwise; the claim is disputed then.
        (
            [Support(PRIMARY, "Netflix", AGREES), Support(SECONDARY, "Post", CONTRADICTS)],
            Verdict.CONFIRMED,
        ),
        ([Support(PRIMARY, "Netflix", agreement) for agreement in Agreement], Verdict.CONFIRMED),
    ],
)
def test_a_statement_that_agrees_shares_the_fate_of_the_claim(others, expected):
    for order in permutations(others):
        assert verdict(AGREES, order) is expected


@pytest.mark.parametrize(
    ("tier", "expected"), [(PRIMARY, True), (MEASURED, True), (SECONDARY, False)]
)
def test_nothing_is_better_than_a_primary_or_measured_source(tier, expected):
    assert is_first_hand(tier) is expected


@pytest.mark.parametrize("word", [*Grade, *Verdict, *Age])
def test_every_grade_verdict_and_age_has_a_meaning_of_its_own(word):
    meanings = [other.meaning for other in type(word)]
    assert word.meaning
    assert meanings.count(word.meaning) == 1


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (-1, Age.RECENT),
        (0, Age.RECENT),
        (2, Age.RECENT),
        (3, Age.AGEING),
        (6, Age.AGEING),
        (7, Age.OLD),
        (40, Age.OLD),
    ],
)
def test_an_age_is_counted_in_years(years, expected):
    assert Age.of(years) is expected


def test_labels_are_english_text_and_values_stay_whatever_the_language():
    with translation.override("de"):
        assert [word.value for word in (*Grade, *Verdict, *Tier, *Agreement)] == [
            *("measured", "primary", "corroborated", "reported"),
            *("confirmed", "corrected", "contradicted", "unverified"),
            *("primary", "secondary", "measured"),
            *("agrees", "differs", "contradicts"),
        ]
    assert json.dumps([str(label) for label in Grade.labels]) == (
        '["Measured", "Primary", "Corroborated", "Reported"]'
    )
