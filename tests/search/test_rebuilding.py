"""The search is made anew while visitors search and editors save."""

import threading

import pytest
from django.db import connection

from companies import search
from companies.exchange.progress import no_bar
from companies.exchange.revisions import record_missing
from companies.search import index
from tests.exchange.conftest import files  # noqa: F401 - fixture
from tests.factories import (
    ClaimFactory,
)
from tests.search.desk import Desk
from tests.search.finding import found
from tests.search.two_writers import (
    BEFORE_COMMIT,
    BEFORE_FOLLOWING,
    PATIENCE,
    Writer,
    interleave,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_differs_at_the_end(transactional_db, differing):
    yield
    assert differing() == []


@pytest.fixture
def world(files):  # noqa: F811
    return Desk(files)


PLACES = [BEFORE_COMMIT] if connection.vendor == "sqlite" else [BEFORE_FOLLOWING, BEFORE_COMMIT]


@pytest.fixture
def many(world):
    for number in range(12):
        ClaimFactory(company=world.other, title=f"Zebra {number}")
    record_missing()
    return world


def rebuilding(monkeypatch, between):
    """Rebuilds everything anew in batches of one, with something done between any two."""
    monkeypatch.setattr(index, "BATCH", 1)
    monkeypatch.setattr(index, "_content", lambda document: object())
    ends, batches = threading.Event(), []
    original = index._all_ids

    def all_ids(subject):
        for batch in original(subject):
            between(len(batches))
            batches.append(batch)
            yield batch

    monkeypatch.setattr(index, "_all_ids", all_ids)
    search.rebuild(no_bar)
    ends.set()
    monkeypatch.undo()
    assert len(batches) > 15


def test_searches_meanwhile_find_everything(many, monkeypatch):
    expected = (found("zebra"), found("cobol"))
    assert len(expected[0]) == 12
    stop, answers, answered = threading.Event(), [], threading.Semaphore(0)

    def ask():
        while not stop.is_set():
            answers.append((found("zebra"), found("cobol")))
            answered.release()

    asking = Writer(ask)
    asking.start()

    def until_somebody_has_asked(_number):
        assert answered.acquire(timeout=PATIENCE)

    try:
        rebuilding(monkeypatch, until_somebody_has_asked)
    finally:
        stop.set()
        asking.join(PATIENCE)
    assert asking.error is None
    assert len(answers) > 15
    assert [answer for answer in answers if answer != expected] == []


@pytest.mark.parametrize(
    "meanwhile",
    [
        "save_claim",
        "publish_draft",
        "withdraw",
        "delete",
        "rename_technology",
        "rename_company",
        "withdraw_company",
        "import_claims",
        "merge_companies",
    ],
)
@pytest.mark.parametrize("after", [3, 15])
def test_changes_meanwhile_are_in_it(many, monkeypatch, meanwhile, after):
    """Between technologies and claims, and near the end."""
    change = many.do(meanwhile)

    def between(number):
        if number == after:
            writer = Writer(change)
            writer.start()
            writer.join(PATIENCE)
            assert not writer.is_alive()
            assert writer.error is None

    rebuilding(monkeypatch, between)


@pytest.mark.parametrize("change", ["save_claim", "delete", "rename_technology", "withdraw"])
@pytest.mark.parametrize("place", PLACES)
def test_a_change_that_has_begun_before_is_in_it(many, change, place):
    interleave(many.do(change), many.do("rebuild"), place)


def test_a_check_meanwhile_finds_nothing_wrong(many, differing):
    """Half of a change would look like a difference."""
    change = many.do("rename_technology")
    stop, wrong = threading.Event(), []

    def check():
        while not stop.is_set():
            wrong.extend(differing())

    checking = Writer(check)
    checking.start()
    change()
    stop.set()
    checking.join(PATIENCE)
    assert (checking.error, wrong) == (None, [])
