import pytest
from django.utils.translation import override

from companies.templatetags.counts import _WORDS, counted, none_match, none_yet


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 0, "0 claims"),
        ("en", 1, "1 claim"),
        ("en", 1234, "1,234 claims"),
        ("de", 1, "1 Aussage"),
        ("de", 12345, "12.345 Aussagen"),
    ],
)
def test_things_are_counted_as_the_language_does(language, number, words):
    with override(language):
        assert counted(number, "claims") == words


@pytest.mark.parametrize("things", _WORDS)
def test_each_kind_of_thing_has_its_sentences(things):
    assert none_match(things) == f"No {things} match."
    assert none_yet(things) == f"No {things} yet."
    assert counted(2, things) == f"2 {things}"
