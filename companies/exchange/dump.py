"""From the database to files, in the one form that `load` takes and that compares well in git."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from companies.exchange import rules
from companies.exchange.catalogue import COMPANIES, Catalogue, take_file
from companies.exchange.content import Content, one_moment
from companies.exchange.database_words import error_in_words
from companies.exchange.directory import Directory
from companies.exchange.logo_files import LOGOS, PNG
from companies.exchange.problem import CatalogueError, Problem
from companies.exchange.progress import Bar, no_bar
from companies.exchange.table_write import batches
from companies.exchange.written_files import WrittenFiles


@dataclass(frozen=True)
class Dumped:
    """How many rows of each kind were written, and which of them `load` would refuse."""

    counts: dict[str, int]
    problems: list[Problem]
    # Files of companies, and logos, that are not in the catalogue: theirs to load who wrote them.
    left: list[Path]


def dump(
    directory: Path,
    *,
    published: bool = False,
    prune: bool = False,
    force: bool = False,
    bar: Bar = no_bar,
) -> Dumped:
    """Write the catalogue into the directory.

    `prune` removes the files of companies and the logos that are not in the catalogue; `published`
    leaves out whatever visitors can't see, and what only that refers to; `force` takes a directory
    that holds something else. Raises CatalogueError, and changes nothing there, if the database
    doesn't answer; also if the directory can't be written.
    """
    with Directory(directory, force=force) as target:
        try:
            with one_moment():
                content = Content(published=published)
                files = WrittenFiles(content, bar)
                for name, pieces in files:
                    target.write(name, pieces)
                others = list(target.others())
                left = [path for path in others if path.parent.name in (COMPANIES, LOGOS)]
                read = [path for path in others if path not in left] if prune else others
                files.problems += _on_others(content, directory, read)
        except DatabaseError as error:
            raise CatalogueError(f"The database answered: {error_in_words(error)}") from error
        target.finish()
    if prune:
        for path in left:
            path.unlink()
        left = []
    return Dumped(files.counts, files.problems, left)


def _on_others(content: Content, directory: Path, paths: list[Path]) -> Iterator[Problem]:
    """What is wrong with files that stand beside those of the catalogue, or because they do."""
    catalogue = Catalogue()
    for path in paths:
        take_file(catalogue, directory, path)
    yield from catalogue.problems
    yield from rules.problems(catalogue, rules.today())
    for keys in batches(catalogue.claims.places):
        for key, company in content.owners(keys).items():
            place = catalogue.claims.places[key]
            yield place.problem(("key",), f"is in {COMPANIES}/{company}.yaml already")
    for slugs in batches(catalogue.logos):
        for slug in content.with_logo(slugs):
            if logo := catalogue.logos[slug]:
                yield logo.problem(f"there is {LOGOS}/{slug}{PNG} already")
