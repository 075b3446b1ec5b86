import pytest

from companies.search.query import MOST_TERMS, Query, parse


def asked(text):
    return [" ".join(term.stems) for term in parse(text).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rust", ["rust"]),
        ("what is rust used for", ["rust"]),
        ("who uses it", ["who", "use", "it"]),
        ("how many use cases", ["case"]),
        ("the who", ["the", "who"]),
        ("rust AND NOT go OR NEAR", ["rust", "go", "near"]),
        ('"machine learning" python', ["machin learn", "python"]),
        ("“machine learning”", ["machin learn"]),
        ('a lone " and another', ["lone", "anoth"]),
        ('"', []),
        ('""', []),
        ("names:rust ^go rus*", ["name", "rust", "go", "rus"]),
        ("rust rust RUST", ["rust"]),
        ("' OR 1=1; DROP TABLE companies_claim; --", ["1", "drop", "tabl", "compani", "claim"]),
    ],
)
def test_any_text_is_words_and_no_sign_is_an_operator(text, expected):
    assert asked(text) == expected


def test_only_the_first_words_of_a_long_text_count():
    assert len(asked(" ".join(f"word{n}" for n in range(100)))) == MOST_TERMS


def test_a_query_is_empty_without_words_and_marks():
    assert parse("?!").is_empty
    assert not parse("", ("_kind_quote",)).is_empty
    assert Query().is_empty
