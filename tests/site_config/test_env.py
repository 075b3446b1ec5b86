from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from site_config import env


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    monkeypatch.delenv("THING", raising=False)


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_unset_and_blank_variables_take_the_default(monkeypatch, blank):
    if blank is not None:
        monkeypatch.setenv("THING", blank)
    assert env.text("THING", default="x") == "x"
    assert env.secret("THING") is None
    assert env.boolean("THING", default=True) is True
    assert env.integer("THING", default=7, minimum=0, maximum=9) == 7
    assert env.csv("THING") == []
    assert env.csv("THING", default=["a"]) == ["a"]
    assert env.path("THING", default=Path("/here")) == Path("/here")
    assert env.choice("THING", default="INFO", allowed=["INFO"]) == "INFO"


@pytest.mark.parametrize("word", ["yes", "YES", "true", "on", "1", " yes "])
def test_boolean_words_for_true(monkeypatch, word):
    monkeypatch.setenv("THING", word)
    assert env.boolean("THING", default=False) is True


@pytest.mark.parametrize("word", ["no", "False", "off", "0"])
def test_boolean_words_for_false(monkeypatch, word):
    monkeypatch.setenv("THING", word)
    assert env.boolean("THING", default=True) is False


@pytest.mark.parametrize("word", ["yess", "2", "y", "none"])
def test_boolean_refuses_what_it_does_not_know(monkeypatch, word):
    monkeypatch.setenv("THING", word)
    with pytest.raises(ImproperlyConfigured, match=f"THING is '{word}'; allowed are yes and no"):
        env.boolean("THING", default=False)


def test_integer_within_its_bounds(monkeypatch):
    monkeypatch.setenv("THING", " 9 ")
    assert env.integer("THING", default=1, minimum=0, maximum=9) == 9


@pytest.mark.parametrize("word", ["10", "-1", "1_0", "٣", "1.5", "five", "0x1"])
def test_integer_refuses_other_words_and_what_is_out_of_bounds(monkeypatch, word):
    monkeypatch.setenv("THING", word)
    with pytest.raises(ImproperlyConfigured, match=r"THING is .* a whole number from 0 to 9"):
        env.integer("THING", default=1, minimum=0, maximum=9)


def test_csv_drops_space_and_empty_values(monkeypatch):
    monkeypatch.setenv("THING", " a.org , b.org ,, ")
    assert env.csv("THING") == ["a.org", "b.org"]


def test_path_refuses_a_relative_one(monkeypatch):
    monkeypatch.setenv("THING", "var/data")
    with pytest.raises(ImproperlyConfigured, match=r"THING is 'var/data'; .* starts with /"):
        env.path("THING", default=Path("/"))


def test_choice_ignores_case_and_names_what_is_allowed(monkeypatch):
    monkeypatch.setenv("THING", "info")
    assert env.choice("THING", default="DEBUG", allowed=["DEBUG", "INFO"]) == "INFO"
    monkeypatch.setenv("THING", "loud")
    with pytest.raises(ImproperlyConfigured, match="THING is 'loud'; allowed are DEBUG, INFO"):
        env.choice("THING", default="DEBUG", allowed=["DEBUG", "INFO"])


def numbers():
    return env.numbers("THING", names=("a_figure", "quote"), minimum=0, maximum=9)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (" ", {}),
        ("quote=0", {"quote": 0}),
        (" A_FIGURE = 6 ,quote=9, ", {"a_figure": 6, "quote": 9}),
    ],
)
def test_numbers_by_name(monkeypatch, given, read):
    monkeypatch.setenv("THING", given)
    assert numbers() == read


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("quotes=3", "THING names 'quotes'; .* such as a_figure=9, of a_figure, quote"),
        ("=3", "THING names ''; "),
        ("quote", "THING gives quote ''; allowed is a whole number from 0 to 9"),
        ("quote=", "THING gives quote ''; allowed"),
        ("quote=10", "THING gives quote '10'; allowed"),
        ("quote=-1", "THING gives quote '-1'; allowed"),
        ("quote=1.5", "THING gives quote '1.5'; allowed"),
        ("quote=٣", "THING gives quote '٣'; allowed"),
        ("quote=1=2", "THING gives quote '1=2'; allowed"),
        ("quote=1,quote=2", "THING names 'quote' twice"),
    ],
)
def test_numbers_refuse_other_names_and_what_is_out_of_bounds(monkeypatch, given, told):
    monkeypatch.setenv("THING", given)
    with pytest.raises(ImproperlyConfigured, match=told):
        numbers()


def test_a_text_that_matches_is_taken_and_another_refused_in_words(monkeypatch):
    def licence():
        return env.matching("X", pattern=r"[A-Z]+( https://\S+)?", allowed="a name")

    monkeypatch.delenv("X", raising=False)
    assert licence() == ""
    monkeypatch.setenv("X", " CC https://x ")
    assert licence() == "CC https://x"
    monkeypatch.setenv("X", "CC https://x y")
    with pytest.raises(ImproperlyConfigured, match=r"^X is 'CC https://x y'; allowed is a name\.$"):
        licence()
