import pytest

from companies import monogram


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Netflix", "Ne"),
        ("netflix", "Ne"),
        ("X", "X"),
        ("CERN", "CE"),
        ("37signals", "37"),
        ("JPMorgan Chase", "JC"),
        ("Meta (Facebook)", "Me"),
        ("(Facebook)", "Fa"),
        ("PayPal", "PP"),
        ("Booking.com", "BC"),
        ("Bank of America", "BO"),
        ("A & B", "AB"),
        ("snake_case", "SC"),
        ("E\u0301lectricite\u0301", "Él"),
        ("阿里巴巴", "阿里"),
        ("ß", "SS"),
        ("++", "+"),
        ("  ", ""),
        ("", ""),
        ("<script>", "Sc"),
        ("& Co", "Co"),
    ],
)
def test_a_name_is_cut_to_at_most_two_letters(name, letters):
    assert monogram.initials(name) == letters


def test_a_colour_depends_on_nothing_but_the_slug():
    assert [monogram.colour(slug) for slug in ("netflix", "spotify", "quora")] == [7, 8, 7]


def test_every_colour_is_given_to_somebody():
    given = {monogram.colour(f"company-{number}") for number in range(200)}
    assert given == set(range(monogram.COLOURS))
