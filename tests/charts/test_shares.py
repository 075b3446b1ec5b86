"""The lengths of shares, and what a claim leaves unstated."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from companies.charts import count_bars, one_share, share_bars, unstated


@dataclass
class Technology:
    name: str

    def get_absolute_url(self):
        return f"/technologies/{self.name}/"


@dataclass
class Share:
    technology: Technology
    percentage: Decimal
    qualifier: str = "exactly"

    @property
    def technology_in_words(self):
        return self.technology.name

    @property
    def in_words(self):
        return f"{self.percentage}%"


def shares(*given):
    """Of `21` or `("21", "about")`, on technologies a, b, c …"""
    pairs = [(one, "exactly") if isinstance(one, str) else one for one in given]
    return [
        Share(Technology(chr(ord("a") + number)), Decimal(percentage), qualifier)
        for number, (percentage, qualifier) in enumerate(pairs)
    ]


def drawn(*given):
    return [
        (bar.label, bar.start, bar.length, bar.drawn) for bar in share_bars(shares(*given)).bars
    ]


def test_bars_and_the_rest_start_from_zero_on_one_scale():
    assert drawn("21.000", "62.500") == [
        ("a", "0%", "21%", "part"),
        ("b", "0%", "62.5%", "part"),
        ("not stated", "0%", "16.5%", "rest"),
    ]
    assert [(tick.words, tick.place) for tick in share_bars(shares("21")).ticks] == [
        ("0", "0%"),
        ("50", "50%"),
        ("100%", "100%"),
    ]


@pytest.mark.parametrize(
    ("given", "lengths"),
    [
        (("100",), ["100%"]),
        (("0",), ["0%", "100%"]),
        (("0.080",), ["0.08%", "99.92%"]),
        (("0.001", "99.999"), ["0.001%", "99.999%"]),
        (("60", "40.5"), ["60%", "40.5%"]),
        (("5",) * 20, ["5%"] * 20),
        (("4",) * 20, [*(["4%"] * 20), "20%"]),
    ],
    ids=str,
)
def test_a_bar_is_as_long_as_its_share_and_no_rest_is_drawn_where_none_is(given, lengths):
    assert [length for _, _, length, _ in drawn(*given)] == lengths


def test_shares_that_add_up_to_more_than_the_whole_say_why():
    assert share_bars(shares("60", "40.300")).remark == (
        "The shares add up to 100.3%, because the source rounds them."
    )
    assert share_bars(shares("60", "40")).remark == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["80"], "20%"),
        ([("80", "about")], "about 20%"),
        ([("80", "nearly"), "10"], "about 10%"),
        ([("80", "more_than")], "at most 20%"),
        ([("50", "more_than"), ("30", "at_least")], "at most 20%"),
        ([("80", "less_than")], "at least 20%"),
        ([("50", "at_most"), ("30", "at_least")], "about 20%"),
    ],
    ids=str,
)
def test_the_rest_is_known_no_better_than_the_shares(given, words):
    *_, rest = share_bars(shares(*given)).bars
    assert (rest.label, rest.words) == ("not stated", words)


def test_nothing_is_unstated_where_nothing_or_everything_is_stated():
    assert unstated([]) is None
    assert unstated(shares("100")) is None
    assert unstated(shares("60", "40.5")) is None


def test_a_share_by_itself_has_no_rest():
    (only,) = one_share(shares("21")[0]).bars
    assert (only.start, only.length, only.words) == ("0%", "21%", "21%")


def test_counts_stand_on_a_scale_from_zero_to_the_greatest():
    chart = count_bars([4, 1, 0])
    assert [(bar.start, bar.length, bar.words) for bar in chart.bars] == [
        ("0%", "100%", "4"),
        ("0%", "25%", "1"),
        ("0%", "0%", "0"),
    ]
    assert [(tick.words, tick.place) for tick in chart.ticks] == [("0", "0%"), ("4", "100%")]
    assert count_bars([]).bars == count_bars([0]).bars == ()
