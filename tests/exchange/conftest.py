from collections.abc import Callable
from pathlib import Path

import pytest

from companies.exchange.load import load
from companies.exchange.problem import CatalogueError
from tests.exchange.small_catalogue import SMALL, Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    directory = tmp_path / "catalogue"
    directory.mkdir()
    return Files(directory, SMALL)


@pytest.fixture
def loaded(files: Files, db: None) -> Files:
    """The files of a catalogue that the database holds already."""
    load(files.write())
    return files


@pytest.fixture
def refusal(files: Files, db: None) -> Callable[[], list[str]]:
    """Load what can't be loaded and return the problems."""

    def refused() -> list[str]:
        with pytest.raises(CatalogueError) as caught:
            load(files.write())
        return [str(problem) for problem in caught.value.problems] or [str(caught.value)]

    return refused
