import pytest

from companies.charts.lettering import Font, cut, fit, is_covered, printable, width, wrap

LOREM = "Video streaming company whose member-facing back end is Java and more besides"


def test_a_line_is_as_wide_as_its_letters_and_grows_with_the_size():
    assert width("", 30) == 0
    assert width("iii", 30) < width("mmm", 30)
    assert width("mmm", 60) == pytest.approx(2 * width("mmm", 30))
    assert width("Netflix", 30, Font.SERIF) != width("Netflix", 30, Font.SANS)


def test_a_sign_of_chinese_is_as_wide_as_high():
    assert width("日本", 30) == 60


def test_what_fits_is_not_cut():
    assert cut("Netflix", 30, width("Netflix", 30)) == "Netflix"


@pytest.mark.parametrize("room", [0, 1, 40, 100, 300])
def test_what_is_cut_ends_in_an_ellipsis_and_has_room(room):
    shown = cut(LOREM, 30, room)
    assert shown.endswith("…")
    assert shown == "…" or width(shown, 30) <= room


def test_lines_break_between_words_and_lose_none():
    lines = wrap(LOREM, 30, 500, 9)
    assert len(lines) > 2
    assert " ".join(lines) == LOREM
    assert max(width(line, 30) for line in lines) <= 500


def test_the_last_line_is_cut_after_a_word():
    (line,) = wrap(LOREM, 30, 500, 1)
    assert width(line, 30) <= 500
    assert line.endswith("…")
    assert LOREM.startswith(f"{line[:-1]} ")


@pytest.mark.parametrize("most", [1, 2, 3])
def test_a_word_longer_than_a_line_is_broken_and_then_cut(most):
    lines = wrap("x" * 500, 30, 400, most)
    assert len(lines) == most
    assert max(width(line, 30) for line in lines) <= 400
    assert lines[-1].endswith("…")


def test_nothing_has_no_lines():
    assert wrap("", 30, 400, 2) == []
    assert fit("", (40, 30), 400, 2, Font.SERIF).lines == []


def test_a_name_is_as_large_as_it_fits():
    sizes = (76, 64, 54, 46)
    assert fit("Netflix", sizes, 800, 2, Font.SERIF) == (76, ["Netflix"])
    shown = fit("Industrial Light & Magic Company", sizes, 700, 2, Font.SERIF)
    assert shown == (76, ["Industrial Light &", "Magic Company"])
    longer = fit("word " * 9 + "word", sizes, 800, 2, Font.SERIF)
    assert 46 <= longer.size < 76
    assert " ".join(longer.lines) == "word " * 9 + "word"
    longest = fit("word " * 90, sizes, 800, 2, Font.SERIF)
    assert (longest.size, len(longest.lines)) == (46, 2)
    assert longest.lines[-1].endswith("…")


def test_a_smaller_size_is_better_than_a_broken_word():
    assert fit("Instagram", (46, 40, 34, 28), 166, 2, Font.SERIF).lines == ["Instagram"]


def test_no_character_is_left_that_xml_forbids():
    assert printable("a\x0bb\x00c\ufffe\n d\t\u200be") == "a bc d e"


@pytest.mark.parametrize("text", ["Netflix", "Ελληνική", "Привет", "“C++” → €5 – …", "Ångström"])
def test_our_fonts_hold_latin_greek_and_cyrillic(text):
    assert is_covered(text)


@pytest.mark.parametrize("text", ["株式会社", "شركة", "🚀", "עברית"])
def test_other_scripts_need_a_font_of_the_machine(text):
    assert not is_covered(text)
