from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.figure import (
    Qualifier,
    can_be_kept,
    in_digits,
    in_words,
    number_in_words,
    percentage_in_words,
    plain,
    qualified,
)

SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}

# What the database's numeric(24, 6) can hold.
stored_numbers = st.decimals(
    min_value=-(10**18) + 1, max_value=10**18 - 1, places=6, allow_nan=False, allow_infinity=False
)


def value_of(words):
    """Read a number in words back."""
    digits, _, scale = words.partition(" ")
    return Decimal(digits.replace(",", "")) * SCALES.get(scale, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("0.000000", "0"),
        ("14", "14"),
        ("14.000000", "14"),
        ("100", "100"),
        ("99.92", "99.92"),
        ("99.920000", "99.92"),
        ("0.000001", "0.000001"),
        ("-3.5", "-3.5"),
        ("1000", "1,000"),
        ("143199", "143,199"),
        ("999999", "999,999"),
        ("999999.5", "999,999.5"),
        ("1000000", "1 million"),
        ("1000000.000000", "1 million"),
        ("1000001", "1,000,001"),
        ("1500000", "1.5 million"),
        ("1250000", "1.25 million"),
        ("1255000", "1,255,000"),
        ("10000000", "10 million"),
        ("148000000", "148 million"),
        ("999990000", "999.99 million"),
        ("1000000000", "1 billion"),
        ("2010000000", "2.01 billion"),
        # Too fine for billions, but not for millions.
        ("1001000000", "1,001 million"),
        ("1000000000000", "1 trillion"),
        ("350000000000000", "350 trillion"),
        ("1000000000000000", "1,000 trillion"),
        ("-2000000", "-2 million"),
    ],
)
def test_number_in_words(value, words):
    assert number_in_words(Decimal(value)) == words


@settings(deadline=None)
@given(stored_numbers)
def test_number_in_words_drops_no_digit(value):
    assert value_of(number_in_words(value)) == value


@settings(deadline=None)
@given(st.integers(min_value=-999_999, max_value=999_999).map(lambda scaled: scaled * 10**10))
def test_large_round_number_in_words_drops_no_digit(value):
    assert value_of(number_in_words(Decimal(value))) == value


@pytest.mark.parametrize(
    ("value", "shortest"),
    [("2.500000", "2.5"), ("100.000000", "100"), ("0.000", "0"), ("1E+3", "1000"), ("7", "7")],
)
def test_plain_leaves_out_trailing_zeros_and_exponents(value, shortest):
    assert str(plain(Decimal(value))) == shortest


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("", "148 million members"),
        (Qualifier.EXACTLY, "148 million members"),
        (Qualifier.ABOUT, "about 148 million members"),
        (Qualifier.MORE_THAN, "more than 148 million members"),
        (Qualifier.LESS_THAN, "less than 148 million members"),
        (Qualifier.AT_LEAST, "at least 148 million members"),
        (Qualifier.AT_MOST, "at most 148 million members"),
        (Qualifier.NEARLY, "nearly 148 million members"),
    ],
)
def test_a_figure_says_how_exactly_its_source_states_it(qualifier, words):
    assert in_words(Decimal(148_000_000), None, "members", qualifier, "") == words


def test_every_qualifier_but_exactly_is_said():
    said = {qualifier: qualified("5", qualifier) for qualifier in Qualifier}
    assert [qualifier for qualifier in said if said[qualifier] == "5"] == [Qualifier.EXACTLY]
    assert len(set(said.values())) == len(Qualifier)


def test_an_unknown_qualifier_is_not_passed_over():
    with pytest.raises(ValueError, match="roughly"):
        qualified("5", "roughly")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (("14", "750", "ms", "exactly", ""), "750 → 14 ms"),
        (("2.500000", "7.500000", "seconds", "about", ""), "7.5 → about 2.5 seconds"),
        (("0", "3", "outages", "exactly", ""), "3 → 0 outages"),
        (("3", "0", "services", "exactly", ""), "0 → 3 services"),
        (("50000000", "2000000", "lines", "exactly", ""), "2 million → 50 million lines"),
        (("99.92", None, "percent", "exactly", ""), "99.92%"),
        (("80", None, "percent", "nearly", ""), "nearly 80%"),
        (("95", "60", "percent", "exactly", ""), "60% → 95%"),
        (("0", None, "servers", "exactly", ""), "0 servers"),
        ((None, None, "lines of code", "", "several million"), "several million lines of code"),
        # The wording is what the source says; a number beside it is for sorting.
        (("2000000", None, "lines", "more_than", "a few million"), "a few million lines"),
        ((None, None, "", "", ""), ""),
    ],
)
def test_a_figure_in_words(figure, words):
    value, before, unit, qualifier, as_worded = figure
    numbers = [None if number is None else Decimal(number) for number in (value, before)]
    assert in_words(*numbers, unit, qualifier, as_worded) == words


@pytest.mark.parametrize(
    ("percentage", "qualifier", "words"),
    [
        ("63.000", "exactly", "63%"),
        ("62.500", "about", "about 62.5%"),
        ("0.125", "less_than", "less than 0.125%"),
        ("100.000", "exactly", "100%"),
        ("0.000", "exactly", "0%"),
        ("80.000", "more_than", "more than 80%"),
    ],
)
def test_a_share_in_words(percentage, qualifier, words):
    assert percentage_in_words(Decimal(percentage), qualifier) == words


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("0", True),
        ("999999999.999999", True),
        ("123456789012345", True),
        ("123456789012345.000000", True),
        ("350000000000000000", True),
        ("-123456789012345", True),
        ("1234567890.123456", False),
        ("1234567890123456", False),
        ("100000000000000001", False),
    ],
)
def test_a_number_of_up_to_15_digits_can_be_kept(value, kept):
    assert can_be_kept(Decimal(value)) is kept


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "1,234,567.5"), ("de", "1.234.567,5"), (None, "1,234,567.5")]
)
def test_digits_are_set_apart_as_the_language_of_the_page_does(language, expected):
    # Without a language, as in a command that switches translation off, English is meant.
    with translation.override(language):
        assert in_digits(Decimal("1234567.5")) == expected
        assert number_in_words(Decimal("1234567.5")) == expected


def test_a_share_has_the_decimal_sign_of_the_page():
    with translation.override("de"):
        assert percentage_in_words(Decimal("62.500000"), "exactly") == "62,5%"
