"""Names that begin like what somebody is typing."""

from __future__ import annotations

from typing import NamedTuple

from companies.models import Company, Subject, Technology
from companies.search.engine import FoundName, engine
from companies.search.rowids import NAMES_OF_ONE, document_of_name, documents_of, entry
from companies.search.words import folded_words

MOST = 8
# Names of each kind that are put in order; of more, those entered first.
_CANDIDATES = 200
LONGEST = 60


class Suggestion(NamedTuple):
    """`name` is what the entry is called by the typed letters, which may be another name of it."""

    name: str
    subject: Subject
    address: str
    slug: str


def suggestions(text: str) -> list[Suggestion]:
    """At most eight published companies and technologies; three queries."""
    words = folded_words(text[:LONGEST])
    if not words:
        return []
    names = [
        found
        for subject in (Subject.COMPANY, Subject.TECHNOLOGY)
        for found in engine().names_beginning(words, _numbers(subject), _CANDIDATES)
    ]
    names.sort(key=lambda found: _key(found, " ".join(words)))
    best: dict[tuple[Subject, int], str] = {}
    for found in names:
        best.setdefault(entry(document_of_name(found.rowid)), found.name)
    return _with_addresses(dict(list(best.items())[:MOST]))


def _numbers(subject: Subject) -> tuple[int, int]:
    first, after = documents_of(subject)
    return first * NAMES_OF_ONE, after * NAMES_OF_ONE


def _key(found: FoundName, typed: str) -> tuple[bool, int, str]:
    """Names that begin so before those with a later word that does; then the shortest."""
    return not found.words.startswith(typed), len(found.name), found.words


def _with_addresses(names: dict[tuple[Subject, int], str]) -> list[Suggestion]:
    ids: dict[Subject, list[int]] = {Subject.COMPANY: [], Subject.TECHNOLOGY: []}
    for subject, pk in names:
        ids[subject].append(pk)
    found = {
        **{
            (Subject.COMPANY, one.pk): one
            for one in Company.objects.published().filter(pk__in=ids[Subject.COMPANY])
        },
        **{
            (Subject.TECHNOLOGY, one.pk): one
            for one in Technology.objects.published().filter(pk__in=ids[Subject.TECHNOLOGY])
        },
    }
    return [
        Suggestion(name, key[0], found[key].get_absolute_url(), found[key].slug)
        for key, name in names.items()
        if key in found
    ]
