import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.search.words import LONGEST, folded_words, similarity, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("migrating, migrated; migrates", ["migrat", "migrat", "migrat"]),
        ("C", ["c"]),
        ("C++ and C#", ["cplusplus", "and", "csharp"]),
        ("C/C++11", ["c", "cplusplus", "11"]),
        ("cpp, C sharp", ["cplusplus", "csharp"]),
        ("F#.", ["fsharp"]),
        (".NET, ASP.NET Core", ["dotnet", "asp", "dotnet", "core"]),
        ("dot net", ["dotnet"]),
        ("Node.js", ["nodejs", "node", "js"]),
        ("nodejs", ["nodejs"]),
        ("Objective-C", ["objectivec", "objective"]),
        ("objective c++", ["objectivecplusplus", "objective"]),
        ("café naïve", ["cafe", "naiv"]),
        ("cafe\u0301", ["cafe"]),
        ("the company's", ["the", "compani"]),
        ("_year_2016", ["year", "2016"]),
        ("\0 \"' ( ) * ^ : 😀", []),
    ],
)
def test_a_text_becomes_words(text, expected):
    assert stems(text) == expected


def test_names_with_signs_are_not_the_letter_they_begin_with():
    assert not {"c"} & set(stems("C++ C# Objective-C F#"))


def test_a_word_tells_where_it_stands():
    text = "It runs on Node.js, they say."
    assert [text[word.start : word.end] for word in words(text)] == text.replace(",", "").rstrip(
        "."
    ).split()


def test_a_name_is_folded_and_not_cut_to_its_stem():
    assert folded_words("Ünited Kubernetes") == ["united", "kubernetes"]


def test_words_are_alike_by_their_trigrams():
    assert similarity("netflix", "netflix") == 1
    assert similarity("netflix", "netflx") > similarity("netflix", "netscape") > 0


@settings(deadline=None)
@given(st.text())
def test_any_text_has_words_that_both_databases_leave_alone(text):
    for word in words(text):
        assert text[word.start : word.end]
        for one in (word.stem, word.folded, *word.others):
            assert one.isalnum()
            assert len(one) <= LONGEST + len("plusplus")
