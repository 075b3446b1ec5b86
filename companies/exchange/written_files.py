"""The files of a catalogue, row by row, and what `load` would say to them.

Each row is read again as soon as it is written, because the database holds what its constraints
allow; what only the forms check may have come in by another way.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from companies.exchange import rows, rules
from companies.exchange.catalogue import COMPANIES, LISTS, Catalogue, take, take_claims
from companies.exchange.content import Content
from companies.exchange.directory import as_yaml
from companies.exchange.logo_files import LOGOS, PNG, refused
from companies.exchange.problem import Problem
from companies.exchange.progress import Bar, no_bar
from companies.exchange.yaml_document import (
    Document,
    UnreadableError,
    excess,
    parse,
)
from companies.logo_image import to_png

KINDS = ("domains", "technologies", "sources", "companies", "claims", "lists", "logos")

WrittenFile = tuple[str, Iterator[bytes]]


class WrittenFiles:
    """The name of each file and its bytes in pieces, all of which have to be taken before the next.

    `counts` are the rows and `problems` what `load` would refuse, of what was taken so far.
    """

    def __init__(self, content: Content, bar: Bar = no_bar) -> None:
        self.content, self.bar = content, bar
        self.counts = dict.fromkeys(KINDS, 0)
        self.problems: list[Problem] = []
        self._today = rules.today()

    def __iter__(self) -> Iterator[WrittenFile]:
        for kind in LISTS:
            yield from self._list_files(kind, getattr(self.content, kind)())
        with self.bar("Writing companies", self.content.count_companies()) as writing:
            for row, claims in self.content.companies():
                yield f"{COMPANIES}/{row['slug']}.yaml", self._company(row, claims)
                writing.update(1)
        for slug, png in self.content.logos():
            file = f"{LOGOS}/{slug}{PNG}"
            self._check_logo(file, png)
            yield file, iter([png])

    def _list_files(self, kind: str, written: Iterator[rows.Written]) -> Iterator[WrittenFile]:
        """As many files as the rows need, since one may not be larger than `load` takes."""
        texts = (as_yaml([row]).encode() for row in written)
        first, number = next(texts, None), 1
        if first is None:
            yield f"{kind}.yaml", iter([as_yaml([]).encode()])
        while first is not None:
            # Numbered from the second on, so that a catalogue of one file each looks as ever.
            file = _Open(f"{kind}.yaml" if number == 1 else f"{kind}-{number}.yaml")
            part = _Part(file, first, texts)
            yield file.name, self._rows_of(kind, part)
            first, number = part.next, number + 1

    def _rows_of(self, kind: str, part: _Part) -> Iterator[bytes]:
        for text, document in part:
            catalogue = Catalogue()
            take(catalogue, document)
            self._keep(catalogue)
            self.counts[kind] += 1
            yield text

    def _company(self, row: rows.Written, claims: Iterable[rows.Written]) -> Iterator[bytes]:
        file = _Open(f"{COMPANIES}/{row['slug']}.yaml")
        text = as_yaml(row).encode()
        catalogue = Catalogue()
        take(catalogue, file.add(text))
        self._keep(catalogue)
        self.counts["companies"] += 1
        yield text
        head = b"claims:\n"
        for claim in claims:
            if head:
                # The last field of a company, and its rows are not indented.
                yield file.head(head)
                head = b""
            text = as_yaml([claim]).encode()
            catalogue = Catalogue()
            document = file.add(text)
            catalogue.problems += document.problems
            take_claims(catalogue, document, document.value or [], (), row["slug"])
            self._keep(catalogue)
            self.counts["claims"] += 1
            yield text
        if file.excess:
            self.problems.append(Problem(file.name, file.excess))

    def _keep(self, catalogue: Catalogue) -> None:
        self.problems += catalogue.problems
        self.problems += rules.problems(catalogue, self._today)

    def _check_logo(self, file: str, png: bytes) -> None:
        self.counts["logos"] += 1
        try:
            to_png(io.BytesIO(png), len(png))
        except ValidationError as error:
            self.problems.append(Problem(file, refused(error)))


class _Open:
    """A file that is being written: how far it is, against what may be in one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lines = self._size = self._values = 0

    @property
    def excess(self) -> str:
        """Why `load` would not take it; empty as long as it would."""
        return excess(self._size, self._values)

    def head(self, text: bytes) -> bytes:
        """The name of a field of which rows follow."""
        self._lines += text.count(b"\n")
        self._size += len(text)
        self._values += 2
        return text

    def read(self, text: bytes) -> Document:
        try:
            return parse(text, self.name)
        except UnreadableError as error:
            problem = Problem(self.name, error.reason, self._lines + error.line)
            return Document(self.name, problems=[problem], is_unreadable=True)

    def has_room(self, text: bytes, document: Document) -> bool:
        too_much = excess(self._size + len(text), self._values + self._new_in(document))
        return not self._size or not too_much

    def take(self, text: bytes, document: Document) -> None:
        document.first_line = self._lines
        self._values += self._new_in(document)
        self._lines += text.count(b"\n")
        self._size += len(text)

    def _new_in(self, document: Document) -> int:
        """The list that a row is alone in here is one with that of the rows before it."""
        return document.size - 1 if self._size else document.size

    def add(self, text: bytes) -> Document:
        document = self.read(text)
        self.take(text, document)
        return document


class _Part:
    """As many rows as one file may hold; `next` is then the row that the next file begins with."""

    def __init__(self, file: _Open, first: bytes, others: Iterator[bytes]) -> None:
        self._file, self._others = file, others
        self.next: bytes | None = first

    def __iter__(self) -> Iterator[tuple[bytes, Document]]:
        while self.next is not None:
            text = self.next
            document = self._file.read(text)
            if not self._file.has_room(text, document):
                return
            self._file.take(text, document)
            self.next = next(self._others, None)
            yield text, document
