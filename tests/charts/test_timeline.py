"""Dates along whole years: a day is a point, a month and a year are spans."""

import pytest

from companies.charts import timeline


def marks(*dates):
    (lane,) = timeline(("Migration", date) for date in dates).lanes
    return [(mark.start, mark.length, mark.is_point) for mark in lane.marks]


def years(*dates):
    return [tick.words for tick in timeline(("Migration", date) for date in dates).ticks]


def test_a_year_spans_its_year_and_a_day_is_a_point():
    # 2016 has 366 days, so that four years have 1461.
    assert marks("2013", "2016", "2014-12-31") == [
        ("0%", "24.983%", False),
        ("49.897%", "0.068%", True),
        ("74.949%", "25.051%", False),
    ]


def test_a_month_spans_its_month():
    assert marks("2015-02") == [("8.493%", "7.671%", False)]


def test_a_single_year_fills_the_scale():
    assert marks("2016") == [("0%", "100%", False)]
    assert years("2016") == ["2016"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2013", "2016"), ["2013", "2014", "2015", "2016"]),
        (("2013", "2020"), ["2014", "2016", "2018", "2020"]),
        (("2003", "2026-05-01"), ["2005", "2010", "2015", "2020", "2025"]),
        (("1000", "9999"), ["2000", "4000", "6000", "8000"]),
        (("9999-12-31",), ["9999"]),
    ],
)
def test_years_are_labelled_on_a_round_step_and_at_most_six(dates, expected):
    assert years(*dates) == expected


def test_a_tick_stands_at_the_first_of_january():
    ticks = timeline([("Quote", "2013"), ("Quote", "2016")]).ticks
    assert [tick.place for tick in ticks] == ["0%", "24.983%", "49.966%", "74.949%"]


def test_lanes_keep_the_order_in_which_they_come():
    found = timeline([("Quote", "2016"), ("Migration", "2013"), ("Quote", "2014")])
    assert [(lane.label, len(lane.marks)) for lane in found.lanes] == [
        ("Quote", 2),
        ("Migration", 1),
    ]


def test_there_is_no_timeline_of_nothing():
    assert timeline([]) is None
