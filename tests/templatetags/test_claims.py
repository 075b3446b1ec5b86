import datetime

import pytest

from companies.templatetags import claims

TODAY = datetime.datetime.now(tz=datetime.UTC).date()


@pytest.mark.parametrize(
    ("date", "written"),
    [("2016", "2016"), ("2016-05", "May 2016"), ("2016-05-27", "27 May 2016"), ("", "")],
)
def test_a_date_is_written_as_exactly_as_it_is_known(date, written):
    assert claims.date_in_words(date) == written


@pytest.mark.parametrize(
    ("date", "age"),
    [
        (str(TODAY.year), "this year"),
        (str(TODAY.year - 1), "1 year ago"),
        (f"{TODAY:%Y-%m}", "this month"),
        (TODAY.isoformat(), "this month"),
        (f"{TODAY.year - 10}-{TODAY:%m}", "10 years ago"),
        ("", ""),
    ],
)
def test_age_is_counted_from_today(date, age):
    assert claims.age(date) == age
