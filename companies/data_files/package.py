"""Tables with what a reader has to know: a Frictionless Data Package.

    README.md  LICENCE.md  <table>.csv …  datapackage.json

The description comes last, because it says how many rows there were and what their checksum is.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from companies.data_files.archive import Member
from companies.data_files.licence import Licence
from companies.data_files.lines import lines
from companies.data_files.table import Table
from companies.records import Record

DESCRIPTION = "datapackage.json"


@dataclass
class Resource:
    """A table's file. The numbers are those of what was read of it so far."""

    name: str
    table: Table
    records: Iterable[Record]
    folder: str = ""
    rows: int = 0
    size: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    @property
    def path(self) -> str:
        return f"{self.folder}{self.name}.csv"

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return str(self._digest.hexdigest())

    def pieces(self) -> Iterator[bytes]:
        """The file as CSV, counted while it is read."""
        for piece in lines("csv", self._counted(), self.table.names):
            self.size += len(piece)
            self._digest.update(piece)
            yield piece

    def description(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "title": self.table.title,
            "path": self.path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": self.size,
            "hash": f"sha256:{self.digest}",
            "schema": self.table.schema(),
        }

    def _counted(self) -> Iterator[Record]:
        for record in self.records:
            self.rows += 1
            yield record


@dataclass(frozen=True)
class Package:
    """`origin` is the address that it was taken from, `moment` when, in UTC."""

    name: str
    title: str
    origin: str
    moment: datetime.datetime
    licence: Licence
    resources: list[Resource]

    def members(self) -> Iterator[Member]:
        """Its files in their order; those of the tables before what describes them."""
        yield "README.md", [self.readme().encode()]
        yield "LICENCE.md", [self.licence.note().encode()]
        for resource in self.resources:
            yield resource.path, resource.pieces()
        yield DESCRIPTION, [as_json(self.description())]

    def description(self) -> dict[str, Any]:
        """As the specification has it; the numbers of tables that were not read yet are 0."""
        return {
            "profile": "tabular-data-package",
            "name": self.name,
            "title": self.title,
            "homepage": self.origin,
            "created": self.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **self.licence.property(),
            "resources": [resource.description() for resource in self.resources],
        }

    def readme(self) -> str:
        parts = [
            f"# {self.title}",
            f"Taken on {self.moment:%Y-%m-%d %H:%M} UTC from <{self.origin}>.",
            _ON_THE_FILES,
            "What may be done with it: LICENCE.md.",
            *(_on(resource) for resource in self.resources),
        ]
        return "\n\n".join(parts) + "\n"


def as_json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _on(resource: Resource) -> str:
    columns = (
        f"| {column.name} | {column.type} | {column.about} |" for column in resource.table.columns
    )
    title = f"## {resource.path}: {resource.table.title}"
    return "\n".join([title, "", "| column | type | what it holds |", "|---|---|---|", *columns])


_ON_THE_FILES = """\
Every row that says something about a company carries its source: cite the source, and the page in
the column `url`, which is permanent.

- CSV in UTF-8, with commas, quoted where it is needed, the names of the columns in the first line.
- datapackage.json describes the columns for programs (Frictionless Data Package), with the size and
  the SHA-256 checksum of each file.
- Dates are as exact as their source: 2016, 2016-05 or 2016-05-27.
- An apostrophe stands before a text that a spreadsheet would take for a formula, one that begins
  with =, +, -, @, a tab or a carriage return (or with apostrophes and then one of these). Take one
  apostrophe off to have the text as it is.
- An archive that can't be opened, or a file whose checksum is another, did not arrive whole."""
