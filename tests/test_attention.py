import pytest

from companies import attention
from companies.attention import ITEMS
from companies.models import Claim, ClaimKind, Domain, Proposal, UseCase
from tests.needing_attention import AT_REST, NEEDING

pytestmark = pytest.mark.django_db

each_item = pytest.mark.parametrize(
    "item", ITEMS, ids=[f"{item.model.__name__}-{item.name}" for item in ITEMS]
)


def counted():
    """By item, without those that count nothing."""
    numbers = zip(ITEMS, attention.counts(ITEMS), strict=True)
    return {(item.model, item.name): number for item, number in numbers if number}


def test_every_item_is_tried():
    assert {(item.model, item.name) for item in ITEMS} == set(NEEDING) == set(AT_REST)


@each_item
@pytest.mark.parametrize("number", [1, 3])
def test_an_item_counts_what_needs_attention_and_no_other_counts_it(item, number):
    one_makes_no_pair = item.name == "possible_duplicates"
    for _ in range(number + one_makes_no_pair):
        NEEDING[item.model, item.name]()
    assert counted() == {(item.model, item.name): number + one_makes_no_pair}
    assert item.rows().count() == number + one_makes_no_pair


@each_item
def test_what_is_at_rest_is_not_counted(item):
    for _ in range(2):
        AT_REST[item.model, item.name]()
    assert counted() == {}


def test_all_are_counted_together_in_one_query(django_assert_num_queries):
    for make in (*NEEDING.values(), *NEEDING.values(), *AT_REST.values()):
        make()
    with django_assert_num_queries(1):
        numbers = attention.counts(ITEMS)
    assert numbers == [item.rows().count() for item in ITEMS]
    assert min(numbers) > 0


def test_nothing_to_count_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert attention.counts([]) == []


def test_an_item_that_counts_nothing_by_definition_counts_nothing(settings):
    settings.REVIEW_MONTHS = dict.fromkeys(ClaimKind.values, 0)
    for make in NEEDING.values():
        make()
    assert (Claim, "check_due") not in counted()
    due = next(item for item in ITEMS if item.name == "check_due")
    assert attention.counts([due]) == [0]


def test_one_item_alone_is_counted():
    NEEDING[Proposal, "open"]()
    assert attention.counts(ITEMS[:1]) == [1]


def test_a_proxy_has_the_items_of_its_table():
    assert attention.items_of(UseCase) == attention.items_of(Claim)
    assert [item.name for item in attention.items_of(Claim)] == [
        "in_review",
        "contradicted",
        "check_due",
        "never_checked",
        "one_report",
    ]
    assert attention.items_of(Domain) == []
