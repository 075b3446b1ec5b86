"""One file made of many, so that a visitor asks for one: stylesheets, and modules of JavaScript.

Pure functions from text to text. `Read` gives the words of a part by its name as it stands in the
line that asks for it, or None where there is no such part.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

Read = Callable[[str], str | None]

_STYLES = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(\./[^"]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)
# What begins so without being one of the two would be wrong in the middle of a file.
_OTHERS = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function\*? |const |let |class )\s*(\w+)", re.MULTILINE)


class JoiningError(ValueError):
    """The modules can't be made one file; says which, and why."""


def stylesheet(css: str, read: Read) -> str:
    """The stylesheet with its parts in it; a line whose part `read` can't give stays."""

    def part(line: re.Match[str]) -> str:
        words = read(line[1])
        return line[0] if words is None else words

    return _STYLES.sub(part, css)


def has_styles(css: str) -> bool:
    return bool(_STYLES.search(css))


def has_modules(script: str) -> bool:
    return bool(_IMPORT.search(script))


def module(name: str, read: Read) -> str:
    """The module with those it imports before it, in the order in which a browser runs them.

    They then share one scope, so two of them can't give the same name to something at their top;
    and an import has to be a line of its own without `as`, an export a word before what it is of.
    """
    order: dict[str, str] = {}
    _gather(name, read, order, ())
    named: dict[str, str] = {}
    for part, words in order.items():
        for one in _NAME.findall(words):
            if one in named:
                raise JoiningError(f"{named[one]} and {part} both name something {one!r}.")
            named[one] = part
    return "\n".join(words for words in order.values() if words)


def _gather(name: str, read: Read, order: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise JoiningError(f"{name} imports itself, through {' and '.join(above)}.")
    if name in order:
        return
    words = read(name)
    if words is None:
        raise JoiningError(
            f"{above[-1] if above else 'A page'} asks for {name}, which isn't there."
        )
    for line in _IMPORT.finditer(words):
        if " as " in line[0]:
            raise JoiningError(f"{name} gives another name to what it imports: {line[0].strip()}")
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), line[1]))
        _gather(imported, read, order, (*above, name))
    own = _EXPORT.sub("", _IMPORT.sub("", words))
    if other := _OTHERS.search(own):
        raise JoiningError(f"{name} has a line that can't be joined: {other[0]}")
    order[name] = own.strip() + "\n" if own.strip() else ""
