"""Collected static files: compressed, named by their content, stylesheets and modules joined."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from site_config import joining

# As `collectstatic` hands them over: for each name the storage it comes from, and its name there.
Found = dict[str, tuple[Any, str]]


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts a stylesheet's `@import "part.css";` lines into it, and before a module those that it
    imports, so that a visitor asks for one file of each.

    Where files are not collected, under DEBUG and in tests, the browser follows the same lines.
    A part that is missing is an error of `collectstatic`.
    """

    def post_process(self, paths: Found, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            paths = paths | {name: (self, name) for name in paths if self._join(name, paths)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(self, name: str, paths: Found) -> bool:
        """Whether there was anything to join."""

        # From where it was found: what was collected before may hold yesterday's parts.
        def read(part: str) -> str | None:
            found = paths.get(part)
            return _text(found) if found else None

        if name.endswith(".css") and joining.has_styles(css := _text(paths[name])):
            folder = posixpath.dirname(name)
            words = joining.stylesheet(css, lambda part: read(posixpath.join(folder, part)))
        elif name.endswith(".js") and joining.has_modules(_text(paths[name])):
            words = joining.module(name, read)
        else:
            return False
        Path(self.path(name)).write_text(words, encoding="utf-8")
        return True


def _text(found: tuple[Any, str]) -> str:
    storage, path = found
    with storage.open(path) as file:
        return str(file.read().decode("utf-8"))
