"""The number of a search document: what it is of, and how equals follow one another.

Both databases hand documents out by this number without sorting, so that the first thousand of a
million cost no more than a thousand: companies, then technologies, then claims, the last entered
first.
"""

from __future__ import annotations

from companies.models import Subject

_ROOM = 1 << 40  # ids of each kind
# No entry has it: the number of the document that says which words the index was made of.
VERSION_ROWID = 0
# Of an entry with more names, the rest find it but aren't suggested.
NAMES_OF_ONE = 16
_ORDER = (Subject.COMPANY, Subject.TECHNOLOGY, Subject.CLAIM)


def rowid(subject: str, pk: int) -> int:
    first = _ORDER.index(Subject(subject)) * _ROOM
    return first + _ROOM - pk if subject == Subject.CLAIM else first + pk


def entry(number: int) -> tuple[Subject, int]:
    """The subject and id of a document's entry."""
    place, pk = divmod(number, _ROOM)
    subject = _ORDER[place]
    return subject, _ROOM - pk if subject == Subject.CLAIM else pk


def documents_of(subject: str) -> tuple[int, int]:
    """The first number and the one after the last of all documents of a subject."""
    first = _ORDER.index(Subject(subject)) * _ROOM
    return first + 1, first + _ROOM


def name_rowids(document: int) -> range:
    """The numbers that names of a document may have; claims have none."""
    if document > len(_ORDER[:-1]) * _ROOM:
        return range(0)
    return range(document * NAMES_OF_ONE, (document + 1) * NAMES_OF_ONE)


def document_of_name(number: int) -> int:
    return number // NAMES_OF_ONE
