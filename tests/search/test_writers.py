"""Whoever writes at the same time: in the end the search has what there is, and nobody waits for
ever."""

import pytest
from django.db import connection, transaction

from companies import search
from companies.exchange.apply import apply
from companies.exchange.progress import no_bar
from companies.exchange.revisions import NOBODY
from companies.models import Claim, Revision, Status, Subject, Technology
from companies.search import index
from tests.exchange.conftest import files  # noqa: F401 - fixture
from tests.search.desk import Desk
from tests.search.finding import found
from tests.search.two_writers import (
    BEFORE_COMMIT,
    BEFORE_FOLLOWING,
    PATIENCE,
    Writer,
    interleave,
    race,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_differs_at_the_end(transactional_db, differing):
    yield
    assert differing() == []


@pytest.fixture
def world(files):  # noqa: F811
    return Desk(files)


# SQLite doesn't let a second one begin, wherever the first one is.
PLACES = [BEFORE_COMMIT] if connection.vendor == "sqlite" else [BEFORE_FOLLOWING, BEFORE_COMMIT]
# Each pair in both orders. What one of them reads the other one writes.
PAIRS = [
    ("rename_company", "rename_technology"),
    ("save_claim", "rename_technology"),
    ("save_claim", "rename_company"),
    ("save_claim", "rename_domain"),
    ("save_claim", "raise_tier"),
    ("add_claim", "rename_technology"),
    ("add_claim", "withdraw_company"),
    ("add_claim", "delete"),
    ("withdraw", "withdraw_second"),
    ("withdraw", "publish_draft"),
    ("delete_both", "publish_draft"),
    ("withdraw", "rename_technology"),
    ("publish_draft", "withdraw_company"),
    ("import_claims", "rename_technology"),
    ("import_claims", "rename_company"),
    ("import_claims", "withdraw_second"),
    ("load_catalogue", "rename_technology"),
    ("load_catalogue", "rename_company"),
    ("load_catalogue", "save_claim"),
    ("load_catalogue", "import_claims"),
    ("revert", "rename_technology"),
    ("accept", "rename_company"),
    ("merge_companies", "save_claim"),
    ("merge_companies", "rename_technology"),
    ("merge_technologies", "publish_draft"),
    ("merge_technologies", "rename_company"),
]
ORDERED = [pair for one, other in PAIRS for pair in ((one, other), (other, one))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("first", "second"), ORDERED)
def test_of_two_at_once_each_is_found(world, first, second, place):
    interleave(world.do(first), world.do(second), place)


class TestWhatIsFoundAfterwards:
    """The pairs above, in the words of a visitor."""

    def test_the_new_names_of_both_find_the_claim_that_names_them(self, world):
        interleave(world.do("rename_company"), world.do("rename_technology"), BEFORE_COMMIT)
        claim = (Subject.CLAIM, world.claim.pk)
        assert claim in found("zenith algol")
        assert found("acme mill") == found("cobol mill") == set()

    def test_a_claim_saved_meanwhile_has_the_new_name(self, world):
        interleave(world.do("rename_technology"), world.do("save_claim"), BEFORE_FOLLOWING)
        assert found("windmill algol") == {(Subject.CLAIM, world.claim.pk)}

    def test_a_technology_that_the_last_two_claims_cease_to_name_at_once_is_hidden(self, world):
        interleave(world.do("withdraw"), world.do("withdraw_second"), BEFORE_COMMIT)
        assert not Technology.objects.published().filter(pk=world.technology.pk).exists()
        assert found("cobol") == set()

    def test_a_technology_that_one_names_and_another_ceases_to_is_found(self, world):
        Claim.objects.filter(pk=world.second.pk).update(status=Status.DRAFT)
        search.rebuild(no_bar)
        interleave(world.do("publish_draft"), world.do("withdraw"), BEFORE_FOLLOWING)
        assert (Subject.TECHNOLOGY, world.technology.pk) in found("cobol")


EVERYTHING = [
    *("rename_company", "rename_technology", "rename_domain", "raise_tier", "save_claim"),
    *("add_claim", "withdraw_second", "publish_draft", "import_claims", "rebuild", "rebuild"),
]


@pytest.mark.parametrize("attempt", range(3))
def test_everything_at_once_ends_and_is_found(world, attempt, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 1 + attempt)
    race([world.do(name) for name in EVERYTHING])


def test_what_is_taken_back_leaves_nothing(world):
    def renamed_in_vain():
        with search.following():
            content = Revision.objects.of(Subject.TECHNOLOGY, [world.technology.pk]).last().content
            apply(Subject.TECHNOLOGY, world.technology.pk, content | {"name": "Algol"}, NOBODY)
            raise ValueError("in vain")

    def quietly():
        with pytest.raises(ValueError, match="in vain"):
            renamed_in_vain()

    race([quietly, world.do("save_claim")])
    assert found("algol") == set()
    assert found("cobol windmill") == {(Subject.CLAIM, world.claim.pk)}


def test_what_is_taken_back_after_it_was_followed_leaves_nothing(world):
    """The transaction ends in an error while another one waits for it."""
    rename, broken = world.do("rename_technology"), Writer(lambda: None)

    def renamed_in_vain():
        with transaction.atomic():
            rename()
            broken.is_held.set()
            assert broken.may_go_on.wait(PATIENCE)
            raise ValueError("in vain")

    broken.work = renamed_in_vain
    other = Writer(world.do("save_claim"))
    broken.start()
    assert broken.is_held.wait(PATIENCE)
    other.start()
    assert other.has_begun.wait(PATIENCE)
    broken.may_go_on.set()
    for writer in (broken, other):
        writer.join(PATIENCE)
        assert not writer.is_alive()
    assert isinstance(broken.error, ValueError)
    assert other.error is None
    assert found("algol") == set()
    assert found("cobol windmill") == {(Subject.CLAIM, world.claim.pk)}
