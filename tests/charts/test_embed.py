"""The layout of a chart that stands by itself."""

import pytest

from companies.charts import embed, share_bars
from tests.charts.test_shares import shares


def test_lengths_and_ticks_are_units_of_one_drawing():
    drawn = embed(share_bars(shares("21", "62.5")), "Acme: Languages", ["Basis: lines."])
    assert [row.length for row in drawn.rows] == ["69.3", "206.25", "54.45"]
    assert [tick.x for tick in drawn.ticks] == ["180", "345", "510"]
    assert drawn.alternative == "a: 21%; b: 62.5%; not stated: 16.5%. Basis: lines."


@pytest.mark.parametrize(("number", "height"), [(1, 180), (20, 712)])
def test_it_is_as_high_as_it_has_rows(number, height):
    drawn = embed(share_bars(shares(*(["1"] * number))), "Title", ["Note"])
    assert len(drawn.rows) == number + 1
    assert drawn.height == height
    assert drawn.rows[-1].y < drawn.bottom < drawn.lines[0].y < drawn.height


def test_long_words_are_cut_in_the_drawing_and_whole_in_the_alternative():
    (long,) = shares("100")
    long.technology.name = "A language of a name that never ends"
    drawn = embed(share_bars([long]), "T" * 100, ["word " * 100])
    assert drawn.rows[0].label == "A language of a name…"
    assert drawn.title.words == f"{'T' * 55}…"
    assert len(drawn.lines) == 3
    assert drawn.lines[-1].words.endswith("…")
    assert all(len(line.words) <= 88 for line in drawn.lines)
    assert drawn.alternative.startswith("A language of a name that never ends: 100%")
