from decimal import Decimal

import pytest

from companies.charts import Bar, Bars
from companies.charts.bars import Drawn
from companies.charts.card import (
    HEIGHT,
    WIDTH,
    Chart,
    Imprint,
    Portrait,
    company_card,
    comparison_card,
    monogram,
    site_card,
)
from companies.charts.lettering import Font, width

IMPRINT = Imprint("Stackfacts", "example.org/companies/acme", "12 claims · 4 sources")
LONG = "Consolidated " * 12
UNBROKEN = "X" * 300


def chart(*shares, rest=0):
    bars = [Bar(f"L{share}", f"{share}%", f"{share}%") for share in shares]
    if rest:
        bars.append(Bar("not stated", f"{rest}%", f"{rest}%", drawn=Drawn.REST))
    return Chart("Languages", Bars(tuple(bars), ()), "Lines of code · source: Acme Blog")


def said(card):
    return [words.words for words in card.words]


def edges(words):
    font = Font.SERIF if "serif" in words.style else Font.SANS
    wide = width(words.words, words.size, font)
    left = {"start": words.x, "middle": words.x - wide / 2, "end": words.x - wide}[words.anchor]
    return left, left + wide


def assert_has_room(card):
    """Everything is inside the drawing, and no two lines of words lie over each other."""
    for words in card.words:
        left, right = edges(words)
        assert left >= 0, words
        assert right <= WIDTH, words
        assert 0 < words.y <= HEIGHT, words
    for shape in card.shapes:
        assert shape.x + shape.width <= WIDTH
        assert shape.y + shape.height <= 536
    lines = [words for words in card.words if words.words]
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            apart = abs(one.y - other.y) >= min(one.size, other.size) * 0.8
            (left, right), (other_left, other_right) = edges(one), edges(other)
            assert apart or right <= other_left or other_right <= left, (one, other)


CHARTS = [None, chart(60, rest=40), chart(50, 30, 20), chart(30, 25, 20, 10, 8, 2, rest=5)]
SUMMARIES = ["", "A maker of rockets.", LONG * 3, UNBROKEN]


@pytest.mark.parametrize("name", ["Acme", "Industrial Light & Magic", LONG, UNBROKEN])
@pytest.mark.parametrize("summary", SUMMARIES, ids=len)
@pytest.mark.parametrize("drawn", CHARTS, ids=lambda drawn: len(drawn.bars.bars) if drawn else 0)
def test_all_of_a_company_has_room_however_long_its_words(name, summary, drawn):
    portrait = Portrait(name, "12 claims", summary=summary, technologies=[LONG, "Go", "C"])
    assert_has_room(company_card(portrait, drawn, IMPRINT))


@pytest.mark.parametrize("number", [2, 3, 4, 5])
@pytest.mark.parametrize("name", ["Acme", "Meta (Facebook)", LONG, UNBROKEN])
def test_all_of_a_comparison_has_room(number, name):
    portraits = [Portrait("Acme", "1 claim")] * (number - 1)
    portraits.append(Portrait(name, "1,234,567 claims", technologies=["Go", LONG, "C", "D", "E"]))
    assert_has_room(comparison_card(portraits, IMPRINT))


@pytest.mark.parametrize("site", ["Stackfacts", LONG])
def test_all_of_a_site_has_room(site):
    imprint = Imprint("", "example.org", "12 claims · 4 sources")
    assert_has_room(site_card(site, "Who runs on what — and who says so", imprint))


@pytest.mark.parametrize("address", ["example.org/", f"example.org/{UNBROKEN}"], ids=len)
@pytest.mark.parametrize("site", ["Stackfacts", LONG])
def test_a_long_name_or_address_of_the_site_leaves_room_for_the_counts(site, address):
    imprint = Imprint(site, address, "1,234,567 claims · 123,456 sources")
    card = company_card(Portrait("Acme", ""), None, imprint)
    assert_has_room(card)
    assert "1,234,567 claims · 123,456 sources" in said(card)


def test_a_company_shows_its_five_first_technologies_or_else_its_shares():
    portrait = Portrait("Acme", "", technologies=["A", "B", "C", "D", "E", "F"])
    words = said(company_card(portrait, None, IMPRINT))
    assert words[1:7] == ["Named most", "A", "B", "C", "D", "E"]
    assert "F" not in words
    words = said(company_card(portrait, chart(60, rest=40), IMPRINT))
    assert "Named most" not in words
    assert words[1:6] == ["Languages", "L60", "60%", "not stated", "40%"]


def test_a_company_without_summary_and_technologies_is_its_name():
    assert said(company_card(Portrait("Acme", ""), None, IMPRINT)) == [
        "Acme",
        "Stackfacts",
        "example.org/companies/acme",
        "12 claims · 4 sources",
    ]


def test_bars_start_at_zero_on_a_track_that_is_the_whole():
    shapes = company_card(Portrait("Acme", ""), chart(50, rest=25), IMPRINT).shapes
    tracks = [shape for shape in shapes if shape.style == "track"]
    bars = [shape for shape in shapes if shape.style != "track"]
    assert [bar.style for bar in bars] == ["part", "rest"]
    assert {bar.x for bar in bars} == {track.x for track in tracks}
    whole = tracks[0].width
    assert [Decimal(bar.width) / whole for bar in bars] == [Decimal("0.5"), Decimal("0.25")]


def test_only_the_largest_shares_are_drawn_and_the_others_counted():
    words = said(company_card(Portrait("Acme", ""), chart(5, 40, 30, 10, 8, rest=7), IMPRINT))
    assert [word for word in words if word.startswith("L")] == ["Languages", "L40", "L30", "L10"]
    assert "not stated" in words
    assert "2 smaller not shown. Lines of code · source: Acme Blog" in words


def test_a_logo_takes_the_place_of_the_monogram():
    (tile,) = company_card(Portrait("Acme Rockets", ""), None, IMPRINT).tiles
    assert (tile.logo, tile.monogram.words) == ("", "AR")
    (tile,) = company_card(Portrait("Acme", "", logo=b"\x89PNG"), None, IMPRINT).tiles
    assert tile.logo == "data:image/png;base64,iVBORw=="


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Netflix", "N"),
        ("Industrial Light & Magic", "IL"),
        ("37signals", "3"),
        ("(—)", ""),
        ("", ""),
    ],
)
def test_a_monogram_is_the_first_letters_of_two_words(name, letters):
    assert monogram(name) == letters


def test_the_companies_of_a_comparison_are_named_in_one_size():
    card = comparison_card([Portrait("Acme", ""), Portrait(LONG, "")], IMPRINT)
    names = [words for words in card.words if words.style == "serif" and words.y < 400]
    assert len({words.size for words in names}) == 1
