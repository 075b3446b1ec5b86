"""From files to the database: all of them or none."""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from companies import search
from companies.exchange import former_names, references, rules
from companies.exchange.catalogue import Catalogue, read_catalogue
from companies.exchange.database_words import error_in_words
from companies.exchange.identity import Identity
from companies.exchange.loading import Loading, wait_for_other_loads
from companies.exchange.problem import CatalogueError
from companies.exchange.progress import Bar, no_bar
from companies.exchange.prune import withdraw_absent
from companies.exchange.revisions import NOBODY, Cause, record_missing
from companies.exchange.summary import Summary
from companies.models import Company, Source, Technology


def load(  # noqa: PLR0913 - each is an option of the command
    directory: Path,
    *,
    prune: bool = False,
    dry_run: bool = False,
    if_empty: bool = False,
    cause: Cause = NOBODY,
    bar: Bar = no_bar,
) -> Summary:
    """Load the catalogue in the directory.

    `prune` withdraws what is in no file, and takes off logos that are in none; `dry_run` only
    counts, and `if_empty` does nothing when anything is there already. The history names `cause`
    for what changes. Raises CatalogueError, and changes nothing, if any row is bad.
    """
    try:
        if if_empty and not _is_empty():
            return Summary(was_skipped=True)
        catalogue = read_catalogue(directory, bar)
        with search.following():
            wait_for_other_loads()
            if if_empty and not _is_empty():
                return Summary(was_skipped=True)
            if prune and catalogue.has_logos:
                for slug in catalogue.companies.rows:
                    catalogue.logos.setdefault(slug, None)
            loading = _checked(catalogue, cause)
            # Otherwise what an older release stored would seem to begin with this load.
            record_missing()
            with bar("Loading", len(catalogue.claims)) as progress:
                loading.run(progress)
            if prune:
                withdraw_absent(loading)
            if dry_run:
                transaction.set_rollback(True)
            return loading.summary
    except IntegrityError as error:
        raise CatalogueError(f"The database refused a row: {error_in_words(error)}") from error
    except DatabaseError as error:
        raise CatalogueError(f"The database answered: {error_in_words(error)}") from error


def _is_empty() -> bool:
    """Whether no editor has entered anything that a load could overwrite."""
    return not any(model.objects.exists() for model in (Company, Technology, Source))


def _checked(catalogue: Catalogue, cause: Cause) -> Loading:
    identity = Identity(catalogue)
    former_names.in_current_names(catalogue, identity)
    problems = [
        *catalogue.problems,
        *rules.problems(catalogue, rules.today()),
        *references.problems(catalogue, identity),
    ]
    if problems:
        raise CatalogueError("Nothing was loaded.", problems)
    return Loading(catalogue, identity, timezone.now(), cause)
