import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.cell_text import inert, original

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("start", STARTS)
def test_a_text_that_would_run_gets_an_apostrophe(start):
    assert inert(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", ["plain", "'tis", "1-2", "", -5, 2.5, None, True])
def test_anything_else_stays_what_it_is(value):
    assert inert(value) == value
    assert type(inert(value)) is type(value)


@pytest.mark.parametrize("text", ["'=1", "''=1", "'-x", "'tis", "'", "''", "=", "'+"])
def test_an_apostrophe_of_the_text_itself_survives(text):
    assert original(str(inert(text))) == text


@given(st.text(alphabet="'=+-@\t\r\n a1", max_size=8) | st.text(max_size=20))
def test_every_text_comes_back_and_none_runs(text):
    cell = str(inert(text))
    assert not cell.startswith(STARTS)
    assert original(cell) == text
