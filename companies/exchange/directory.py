"""The directory that a catalogue is written into."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from companies.exchange.catalogue import COMPANIES
from companies.exchange.problem import CatalogueError

# What tells a catalogue from a directory of something else.
_MARKS = ("domains.yaml", "technologies.yaml", "sources.yaml")


class Directory:
    """Each file is replaced as a whole or not at all, and left alone where nothing has changed."""

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        self._written: set[Path] = set()
        try:
            if path.exists() and not path.is_dir():
                raise CatalogueError(f"{path} is a file; name a directory.")
            if not force and _is_something_else(path):
                raise CatalogueError(
                    f"{path} holds other files and no catalogue; name another directory, "
                    "or add --force."
                )
            (path / COMPANIES).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CatalogueError(f"{path} can't be written: {error.strerror}.") from error

    def write(self, file: str, content: Any) -> None:
        """Raises CatalogueError if there is no room, or no right, to write it."""
        path = self.path / file
        self._written.add(path)
        try:
            _replace(path, as_yaml(content).encode())
        except OSError as error:
            raise CatalogueError(f"{path} can't be written: {error.strerror}.") from error

    def others(self) -> list[Path]:
        """The files of companies that were not written this time."""
        return sorted(set((self.path / COMPANIES).glob("*.yaml")) - self._written)


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


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _is_something_else(path: Path) -> bool:
    if not path.exists() or any((path / mark).exists() for mark in _MARKS):
        return False
    # A hidden file is of a tool, as .git is.
    return any(not found.name.startswith(".") for found in path.iterdir())
