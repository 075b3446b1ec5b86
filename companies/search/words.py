"""From text to the words it is found by: pure functions, the same for what is kept and asked for.

Both databases keep these words and nothing else, so that they find the same, and a page can mark
exactly what matched. A word is without accents, in lower case and cut to its stem, as in
`migrating` → `migrat`. Names whose signs matter keep them in letters: `C++` → `cplusplus`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer

# Goes up when the same text gives other words; `prepare_site` then renews the index.
VERSION = 1

LONGEST = 60  # characters of a word; what comes after tells no two words apart
_LETTER = "[^\\W_]"
# An accent may be a character of its own.
_WORD = f"{_LETTER}(?:{_LETTER}|[\u0300-\u036f])*"
_PATTERN = re.compile(
    rf"""
      (?P<objective> \b objective[-\ ]c (?P<plusses> \+\+ )? (?! {_LETTER} ) )
    | (?P<plusplus> {_WORD} ) \+\+
    | (?P<sharp> (?<! {_LETTER} ) [a-z] ) (?: \# | [ ]sharp\b )
    | (?P<dotnet> (?: \. | \b dot[ ] ) net (?! {_LETTER} ) )
    | (?P<script> {_WORD} ) \.js (?! {_LETTER} )
    | (?P<word> {_WORD} ) (?: ['’]s (?! {_LETTER} ) )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAME = {"cpp": "cplusplus"}

# Left out of a question that has other words, because they are in every other sentence.
_STOP_WORDS = """
    a about an and any are as at be by can did do does for from has have how i in is it its many
    much not of on or that the their they this to use used uses using was we were what when where
    which who why with you
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


class Word(NamedTuple):
    """A word and where it stands in the text, `start` to `end`.

    `stem` finds it; so do the `others`: `Node.js` is `nodejs`, but also `node` and `js`.
    """

    start: int
    end: int
    folded: str
    stem: str
    others: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    for match in _PATTERN.finditer(text):
        found = match.lastgroup or ""
        if found == "plusses":
            found = "objective"
        start, end = match.span()
        if found == "word":
            folded = fold(match["word"])
            folded = _SAME.get(folded, folded)
            if folded:
                yield Word(start, end, folded, stem(folded))
        else:
            yield _with_signs(found, match, start, end)


def _with_signs(found: str, match: re.Match[str], start: int, end: int) -> Word:
    if found == "objective":
        name = "objectivecplusplus" if match["plusses"] else "objectivec"
        return Word(start, end, name, name, ("objective",))
    if found == "plusplus":
        name = f"{fold(match['plusplus'])}plusplus"
        return Word(start, end, name, name)
    if found == "sharp":
        name = f"{match['sharp'].lower()}sharp"
        return Word(start, end, name, name)
    if found == "dotnet":
        return Word(start, end, "dotnet", "dotnet")
    first = fold(match["script"])
    return Word(start, end, f"{first}js", f"{first}js", (stem(first), "js"))


def fold(word: str) -> str:
    """One word without case and accents; may be empty where it consists of signs."""
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in plain if sign.isalnum())[:LONGEST]


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    if not (folded.isascii() and folded.isalpha()) or len(folded) <= len("its"):
        return folded
    # A new one each time, since it keeps the word it is working on.
    stemmed: str = EnglishStemmer().stemWord(folded)
    # `nodejs` is a name, and no plural of `nodej`.
    return folded if folded.endswith("js") else stemmed


def stems(text: str) -> list[str]:
    """All words of a text, as they are kept: in their order, other readings of them at the end."""
    found = list(words(text))
    return [word.stem for word in found] + [other for word in found for other in word.others]


def folded_words(text: str) -> list[str]:
    """All words of a name as they are typed: without case and accents, but whole."""
    return [word.folded for word in words(text)]


def trigrams(folded: str) -> list[str]:
    """Every three letters in a row, with two blanks before the word and one behind, as pg_trgm."""
    padded = f"  {folded} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def similarity(one: str, other: str) -> float:
    """Of two words, 0 to 1: how many of their trigrams both have."""
    first, second = set(trigrams(one)), set(trigrams(other))
    return len(first & second) / len(first | second)
