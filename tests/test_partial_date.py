import datetime
from itertools import product

import pytest
from django.db.models import Q
from django.utils.translation import override

from companies.partial_date import (
    PATTERN,
    age_in_words,
    earliest,
    in_words,
    is_future,
    is_real,
    latest,
)

TODAY = datetime.date(2026, 5, 27)

DATES = [
    "1000", "2016", "9999",
    "2016-01", "2016-09", "2016-10", "2016-12",
    "2016-05-01", "2016-05-27", "2016-05-31", "2016-12-31",
    "2023-02-28", "2024-02-29", "2000-02-29", "1600-02-29", "9996-02-29",
]  # fmt: skip

NOT_DATES = [
    # not a day of that month or year
    "2023-02-29", "2024-02-30", "1900-02-29", "2100-02-29", "2016-04-31", "2016-06-31",
    "2016-09-31", "2016-11-31", "2016-01-32", "2016-01-00", "2016-00", "2016-13", "2016-00-10",
    # years before 1000 would be written differently here and there
    "0000", "0001", "0999", "0004-02-29", "0400-02-29", "999", "10000", "16",
    # other ways of writing one
    "2016-5", "2016-5-27", "2016-05-7", "201605", "20160527", "2016/05/27", "27.05.2016",
    "2016-05-27T00:00", "-2016", "+2016", "2016-", "2016-05-", "2016--05", "May 2016", "circa 2016",
    # what a careless pattern lets through
    "2016\n", "2016-05-27\n", "\n2016", "2016\r", " 2016", "2016 ", "2016\x0b", "1999\n2016",
    "٢٠١٦", "２０１６", "2016-０5", "2016‐05", "2016–05", "20l6",
]  # fmt: skip

YEARS = (1000, 1900, 1999, 2000, 2023, 2024, 2100, 2400, 9999)


def exists(year, month, day):
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("year", YEARS)
def test_exactly_the_days_of_the_calendar_are_real(year):
    for month, day in product(range(14), range(34)):
        text = f"{year}-{month:02}-{day:02}"
        assert is_real(text) == exists(year, month, day), text


@pytest.mark.parametrize("year", YEARS)
def test_exactly_twelve_months_of_a_year_are_real(year):
    assert [month for month in range(100) if is_real(f"{year}-{month:02}")] == [*range(1, 13)]


def test_leap_days_are_real_in_exactly_the_leap_years():
    for year in range(1000, 10_000):
        assert is_real(f"{year}-02-29") == exists(year, 2, 29), year


@pytest.mark.parametrize("year", [0, 1, 4, 400, 999])
def test_no_day_before_the_year_1000_is_real(year):
    for month, day in product(range(1, 13), range(1, 32)):
        assert not is_real(f"{year:04}-{month:02}-{day:02}")
    assert not is_real(f"{year:04}")


@pytest.mark.parametrize("text", DATES)
@pytest.mark.django_db
def test_a_date_is_real_in_python_and_in_the_database(text):
    assert is_real(text)
    assert Q(text__regex=rf"\A{PATTERN}\Z").check({"text": text})


@pytest.mark.parametrize("text", NOT_DATES)
@pytest.mark.django_db
def test_another_text_is_real_neither_in_python_nor_in_the_database(text):
    assert not is_real(text)
    assert not Q(text__regex=rf"\A{PATTERN}\Z").check({"text": text})


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2016", datetime.date(2016, 1, 1)),
        ("2016-02", datetime.date(2016, 2, 1)),
        ("2015-02", datetime.date(2015, 2, 1)),
        ("2016-04", datetime.date(2016, 4, 1)),
        ("2016-12", datetime.date(2016, 12, 1)),
        ("2016-05-27", datetime.date(2016, 5, 27)),
    ],
)
def test_earliest_day_of_a_date(text, first):
    assert earliest(text) == first


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("2025", False),
        ("2026", False),
        ("2027", True),
        ("2026-04", False),
        ("2026-05", False),
        ("2026-06", True),
        ("2026-05-26", False),
        ("2026-05-27", False),
        ("2026-05-28", True),
    ],
)
def test_a_date_is_future_when_none_of_its_days_has_begun(text, future):
    assert is_future(text, TODAY) is future


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("2016", "2016"),
        ("2016-05", "May 2016"),
        ("2016-05-27", "27 May 2016"),
        ("2016-01-01", "1 January 2016"),
        ("2016-12-09", "9 December 2016"),
    ],
)
def test_in_words_says_no_more_than_is_known(text, words):
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("", ""),
        ("2027", "this year"),
        ("2026", "this year"),
        ("2025", "1 year ago"),
        ("2024", "2 years ago"),
        ("2016", "10 years ago"),
        ("2026-06", "this month"),
        ("2026-05-28", "this month"),
        ("2026-05-01", "this month"),
        ("2026-05", "this month"),
        ("2026-04-30", "1 month ago"),
        ("2026-04", "1 month ago"),
        ("2026-03-31", "2 months ago"),
        ("2025-12", "5 months ago"),
        ("2025-05", "12 months ago"),
        ("2024-06", "23 months ago"),
        ("2024-05", "2 years ago"),
        ("2023-06", "2 years ago"),
        ("2023-05-27", "3 years ago"),
        ("2016-05-27", "10 years ago"),
        ("2016-06-01", "9 years ago"),
    ],
)
def test_age_in_words_counts_whole_months_or_years(text, age):
    assert age_in_words(text, TODAY) == age


@pytest.mark.parametrize(
    ("text", "words", "age"),
    [
        ("2016", "2016", "vor 10 Jahren"),
        ("2016-05", "Mai 2016", "vor 10 Jahren"),
        ("2026-03-09", "9. März 2026", "vor 2 Monaten"),
        ("2026-04", "April 2026", "vor 1 Monat"),
        ("2026", "2026", "dieses Jahr"),
    ],
)
def test_dates_and_ages_are_in_the_language_of_the_page(text, words, age):
    with override("de"):
        assert (in_words(text), age_in_words(text, TODAY)) == (words, age)


@pytest.mark.parametrize("text", ["2023-02-29", "soon", "2016-5"])
@pytest.mark.parametrize("function", [earliest, in_words])
def test_a_text_that_is_no_date_is_refused_by_name(function, text):
    with pytest.raises(ValueError, match=f"'{text}' is not a date"):
        function(text)


def test_dates_sort_as_text_by_their_earliest_day():
    texts = ["2015-12-31", "2016", "2016-01-02", "2016-05", "2016-05-27", "2016-10", "2017"]
    assert sorted(texts) == sorted(texts, key=earliest) == texts


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2016-05-27", "2016-05-27", "2016-05-27"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_partial_date_means_any_day_from_its_first_to_its_last(date, first, last):
    assert earliest(date).isoformat() == first
    assert latest(date).isoformat() == last
