"""One YAML file as plain values, each with its line, whatever the file holds.

Built from the parser's events instead of by `yaml.safe_load`: nothing here recurses, so that no
depth of nesting can exhaust the stack, and aliases never come to be, so that no small file grows
into a large one. Of YAML only what the catalogue needs is taken: mappings, lists, text and plain
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from companies.exchange.problem import Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_VALUES = 250_000

Location = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
# No underscores, octals, exponents and times of day (`10:30` is the number 630 in YAML): who writes
# one of them rarely means the number that YAML takes it for.
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_MAX_DIGITS = 60


class UnreadableError(Exception):
    """The file can't be taken at all."""

    def __init__(self, reason: str, line: int = 0) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


@dataclass(frozen=True)
class Misread:
    """A value written without quotes that YAML takes for something else than text."""

    text: str
    taken_for: str

    @property
    def advice(self) -> str:
        text = self.text if len(self.text) <= _MAX_DIGITS else f"{self.text[:_MAX_DIGITS]}…"
        return f"YAML takes {text} for {self.taken_for}: put it in quotes, '{text}'"


@dataclass
class Document:
    """What a file holds. `file` is its name inside the catalogue.

    Of a part of a file, `first_line` is how many lines stand before it.
    """

    file: str
    value: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_unreadable: bool = False
    first_line: int = 0

    @property
    def size(self) -> int:
        """How many values it holds, the names of fields included."""
        return len(self.lines) + sum(isinstance(at[-1], str) for at in self.lines if at)

    def line(self, location: Location) -> int:
        """Where a value stands, or the nearest thing around it that is there; 0 if nothing is."""
        while location and location not in self.lines:
            location = location[:-1]
        line = self.lines.get(location, 0)
        return line and line + self.first_line


def read(path: Path, file: str) -> Document:
    """The file's content; what can't be taken is among the document's problems."""
    try:
        return parse(_content(path), file)
    except UnreadableError as error:
        problem = Problem(file, error.reason, error.line)
        return Document(file, problems=[problem], is_unreadable=True)


def parse(content: bytes, file: str) -> Document:
    """Raises UnreadableError for what can't be taken at all."""
    return _Builder(file).build(_text(content))


def excess(size: int, values: int) -> str:
    """Why a file of so many bytes and values is not taken; empty if it is."""
    if size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1_000_000} MB, the most a file may have"
    if values > MAX_VALUES:
        return f"holds more than {MAX_VALUES:,} values, the most a file may have"
    return ""


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableError("is not a file")
        with path.open("rb") as stream:
            # One byte more than allowed tells enough about a file of any size.
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"can't be read: {error.strerror}") from None


def _text(content: bytes) -> str:
    if too_much := excess(len(content), 0):
        raise UnreadableError(too_much)
    try:
        # A byte order mark, which some editors on Windows write, is no part of the text.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError("is not UTF-8 text: save it in that encoding", line) from None


@dataclass
class _Open:
    """A mapping or list whose end hasn't come yet."""

    value: dict[str, Any] | list[Any]
    location: Location
    key: str | None = None


class _Builder:
    def __init__(self, file: str) -> None:
        self.document = Document(file)
        self.open: list[_Open] = []
        self.values = 0

    def build(self, text: str) -> Document:
        try:
            for event in self._events(text):
                self._take(event)
        except yaml.YAMLError as error:
            raise _not_yaml(error) from None
        return self.document

    def _events(self, text: str) -> Iterator[Any]:
        self.loader = _LOADER(text)
        try:
            while self.loader.check_event():
                yield self.loader.get_event()
        finally:
            self.loader.dispose()

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError("uses an anchor or alias (& or *): write the value out", line)
        elif isinstance(event, yaml.NodeEvent):
            self._take_node(event, line)
        elif isinstance(event, yaml.DocumentStartEvent) and self.values:
            raise UnreadableError("holds a second document after ---: one file, one document", line)

    def _take_node(self, event: Any, line: int) -> None:
        self.values += 1
        if too_much := excess(0, self.values):
            raise UnreadableError(too_much)
        if event.tag is not None:
            raise UnreadableError(f"uses the tag {event.tag}: write plain values", line)
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._take_key(parent, event, line)
        elif isinstance(event, yaml.ScalarEvent):
            self._place(parent, self._scalar(event), line)
        else:
            if len(self.open) == MAX_DEPTH:
                raise UnreadableError(f"is nested more than {MAX_DEPTH} levels deep", line)
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.open.append(_Open(value, self._place(parent, value, line)))

    def _take_key(self, parent: _Open, event: Any, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise UnreadableError(
                "has a mapping or list where the name of a field should stand", line
            )
        parent.key = event.value
        if event.value in parent.value:
            self.document.problems.append(
                Problem(
                    self.document.file,
                    "stands here twice",
                    line,
                    field=in_words((*parent.location, event.value)),
                )
            )

    def _place(self, parent: _Open | None, value: Any, line: int) -> Location:
        if parent is None:
            self.document.value = value
            location: Location = ()
        elif isinstance(parent.value, list):
            location = (*parent.location, len(parent.value))
            parent.value.append(value)
        else:
            location = (*parent.location, parent.key or "")
            parent.value[parent.key or ""] = value
            parent.key = None
        self.document.lines[location] = line
        return location

    def _scalar(self, event: Any) -> Any:
        text = event.value
        tag = self.loader.resolve(yaml.ScalarNode, text, event.implicit).removeprefix(_PREFIX)
        if tag == "str":
            return text
        if tag == "null":
            return None
        if tag in ("int", "float") and len(text) <= _MAX_DIGITS and _PLAIN_NUMBER.fullmatch(text):
            return int(text) if text.lstrip("-").isdigit() else Decimal(text)
        return Misread(text, _TAKEN_FOR.get(tag, "something else than text"))


_TAKEN_FOR = {
    "timestamp": "a date",
    "bool": "yes or no",
    "int": "a number that isn't written plainly",
    "float": "a number that isn't written plainly",
}


def in_words(location: Location) -> str:
    """`technologies[2].role`, counted from 1."""
    words = ""
    for part in location:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return words.removeprefix(".")


def _not_yaml(error: yaml.YAMLError) -> UnreadableError:
    # The parser's own words, without its excerpt of the file.
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not understood"
    return UnreadableError(f"is not YAML: {problem}", mark.line + 1 if mark else 0)
