"""Collected static files: compressed, named by their content, stylesheets joined."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)

# As `collectstatic` hands them over: for each name the storage it comes from, and its name there.
Found = dict[str, tuple[Any, str]]


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts a stylesheet's `@import "part.css";` lines into it, so that a visitor asks for one file.

    Where files are not collected, under DEBUG and in tests, the browser follows the same lines.
    A part that is missing is an error of `collectstatic`, in whitenoise's words.
    """

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            joined = [name for name in paths if name.endswith(".css") and self._join(name, paths)]
            paths = paths | {name: (self, name) for name in joined}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, name: str, paths: Found) -> bool:
        # From where it was found: what was collected before may hold yesterday's parts.
        css = _text(paths[name])
        if not _IMPORT.search(css):
            return False

        def read(part: str) -> str | None:
            found = paths.get(posixpath.join(posixpath.dirname(name), part))
            return _text(found) if found else None

        Path(self.path(name)).write_text(joined(css, read), encoding="utf-8")
        return True


def joined(css: str, read: Callable[[str], str | None]) -> str:
    """The stylesheet with its parts in it; a line whose part `read` can't give stays."""

    def part(line: re.Match[str]) -> str:
        words = read(line[1])
        return line[0] if words is None else words

    return _IMPORT.sub(part, css)


def _text(found: tuple[Any, str]) -> str:
    storage, path = found
    with storage.open(path) as file:
        return str(file.read().decode("utf-8"))
