"""The directory that a catalogue is written into."""

from __future__ import annotations

import filecmp
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import yaml

from companies.exchange.catalogue import COMPANIES, LIST_FILE, files_in
from companies.exchange.problem import CatalogueError

# What tells a catalogue from a directory of something else.
_MARKS = ("domains.yaml", "technologies.yaml", "sources.yaml")
_ROOM = ".new-"


class Directory:
    """Nothing in it changes until `finish`, which replaces each file as a whole or not at all and
    leaves alone where nothing has changed. Before, what is written waits in a hidden directory.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        with self._refusing(path):
            if path.exists() and not path.is_dir():
                raise CatalogueError(f"{path} is a file; name a directory.")
            if not force and _is_something_else(path):
                raise CatalogueError(
                    f"{path} holds other files and no catalogue; name another directory, "
                    "or add --force."
                )
            (path / COMPANIES).mkdir(parents=True, exist_ok=True)
            for left in path.glob(f"{_ROOM}*"):
                # Of a run that was killed.
                shutil.rmtree(left, ignore_errors=True)
            self._directory = tempfile.TemporaryDirectory(prefix=_ROOM, dir=path)
        self._room = Path(self._directory.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._directory.cleanup()

    def write(self, file: str, pieces: Iterable[bytes]) -> None:
        """Raises CatalogueError if there is no room, or no right, to write it."""
        with self._refusing(self.path / file):
            (self._room / file).parent.mkdir(exist_ok=True)
            with (self._room / file).open("wb") as stream:
                for piece in pieces:
                    stream.write(piece)

    def others(self) -> Iterator[Path]:
        """What `load` would read besides what was written this time.

        But for the further parts of a list that has become shorter, whose rows stand elsewhere now.
        """
        for path in files_in(self.path, may_be_empty=True):
            if not (self._room / path.relative_to(self.path)).exists() and not self._is_part(path):
                yield path

    def finish(self) -> None:
        obsolete = [
            path
            for path in self.path.iterdir()
            if self._is_part(path) and not (self._room / path.name).exists()
        ]
        for new in self._room.rglob("*"):
            if new.is_file():
                path = self.path / new.relative_to(self._room)
                with self._refusing(path):
                    if not (path.exists() and filecmp.cmp(new, path, shallow=False)):
                        path.parent.mkdir(exist_ok=True)
                        new.replace(path)
        for path in obsolete:
            with self._refusing(path):
                path.unlink()

    def _is_part(self, path: Path) -> bool:
        found = LIST_FILE.fullmatch(path.name) if path.parent == self.path else None
        return bool(found and found["part"])

    @contextmanager
    def _refusing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CatalogueError(f"{path} can't be written: {error.strerror}.") from error


def as_yaml(content: Any) -> str:
    """The same bytes on every machine, hence not by the C library, which folds lines otherwise."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values out each time: `load` takes no aliases."""
        return True

    def represent_decimal(self, number: Decimal) -> yaml.ScalarNode:
        # Not as a float, which can't hold every decimal.
        return self.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")

    def represent_text(self, text: str) -> yaml.ScalarNode:
        # Unescaped, these count as line breaks and come back as blanks.
        style = '"' if _OTHER_BREAKS.search(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_Dumper.add_representer(Decimal, _Dumper.represent_decimal)
_Dumper.add_representer(str, _Dumper.represent_text)


def _is_something_else(path: Path) -> bool:
    if not path.exists() or any((path / mark).exists() for mark in _MARKS):
        return False
    # A hidden file is of a tool, as .git is.
    return any(not found.name.startswith(".") for found in path.iterdir())
