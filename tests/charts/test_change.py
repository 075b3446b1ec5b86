"""Two bars on one scale from zero, and by how much a figure changed."""

from decimal import Decimal

import pytest

from companies.charts import change_bars, change_in_words


def change(before, after, unit="servers", qualifier="exactly"):
    return change_bars(Decimal(before), Decimal(after), unit, qualifier)


def drawn(*given):
    return [(bar.label, bar.start, bar.length, bar.words) for bar in change(*given).bars]


def ticks(*given):
    return [(tick.words, tick.place) for tick in change(*given).ticks]


def test_both_bars_start_from_zero_and_the_greater_fills_the_scale():
    assert drawn("750.000000", "14.000000", "milliseconds", "about") == [
        ("Before", "0%", "100%", "750"),
        ("After", "0%", "1.867%", "about 14"),
    ]
    assert change("750", "14", "milliseconds").unit == "milliseconds"
    assert ticks("750", "14") == [("0", "0%"), ("750", "100%")]
    assert [bar.drawn for bar in change("750", "14").bars] == ["before", "part"]


def test_percentages_stand_on_the_whole_and_not_on_the_greater_of_them():
    assert drawn("87.1", "99.92", "percent") == [
        ("Before", "0%", "87.1%", "87.1%"),
        ("After", "0%", "99.92%", "99.92%"),
    ]
    assert change("87.1", "99.92", "percent").unit == ""
    assert ticks("87.1", "99.92", "percent") == [("0", "0%"), ("50", "50%"), ("100%", "100%")]


def test_percentages_above_the_whole_stand_on_the_greater_of_them():
    assert ticks("100", "250", "percent") == [("0%", "0%"), ("250%", "100%")]
    assert [bar.length for bar in change("100", "250", "percent").bars] == ["40%", "100%"]


@pytest.mark.parametrize(
    ("before", "after", "zero", "places"),
    [
        ("-50", "150", "25%", [("0%", "25%"), ("25%", "75%")]),
        ("150", "-50", "25%", [("25%", "75%"), ("0%", "25%")]),
        ("-40", "-10", "100%", [("0%", "100%"), ("75%", "25%")]),
        ("0", "8", "0%", [("0%", "0%"), ("0%", "100%")]),
        ("8", "0", "0%", [("0%", "100%"), ("0%", "0%")]),
        ("0", "0", "0%", [("0%", "0%"), ("0%", "0%")]),
    ],
)
def test_figures_below_zero_reach_to_the_other_side_of_it(before, after, zero, places):
    chart = change(before, after)
    assert chart.zero == zero
    assert [(bar.start, bar.length) for bar in chart.bars] == places


@pytest.mark.parametrize(
    ("before", "after", "unit", "qualifier", "words"),
    [
        ("750", "14", "milliseconds", "exactly", "About 54 times less."),
        ("30", "3", "servers", "exactly", "10 times less."),
        ("30", "3", "servers", "about", "About 10 times less."),
        ("223", "50", "holes", "less_than", "More than 4.4 times less."),
        ("223", "50", "holes", "at_most", "At least 4.4 times less."),
        ("223", "50", "holes", "more_than", "Less than 4.5 times less."),
        ("223", "50", "holes", "at_least", "At most 4.5 times less."),
        ("223", "50", "holes", "nearly", "About 4.5 times less."),
        ("3", "30", "users", "nearly", "Nearly 10 times as much."),
        ("2", "5", "users", "more_than", "More than 2.5 times as much."),
        ("1", "1234567", "users", "exactly", "1,234,567 times as much."),
        ("160000", "85000", "lines", "about", "About 47% less."),
        ("30", "15", "servers", "exactly", "2 times less."),
        ("100", "150", "servers", "exactly", "50% more."),
        ("100", "101", "servers", "", "1% more."),
        ("100000", "100001", "servers", "exactly", ""),
        ("76", "24", "percent", "exactly", "52 percentage points less."),
        ("99", "100", "percent", "about", "About 1 percentage point more."),
        ("99.9", "100", "percent", "exactly", "0.1 percentage points more."),
        ("5", "5", "servers", "exactly", "Unchanged."),
        ("5", "5", "servers", "less_than", ""),
        ("0", "5", "servers", "exactly", ""),
        ("5", "0", "servers", "exactly", ""),
        ("-5", "10", "servers", "exactly", ""),
    ],
    ids=str,
)
def test_by_how_much_it_changed_is_said_no_better_than_it_is_known(
    before, after, unit, qualifier, words
):
    assert change_in_words(Decimal(before), Decimal(after), unit, qualifier) == words
    assert change(before, after, unit, qualifier).remark == words
