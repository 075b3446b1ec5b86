import random
from itertools import combinations

import pytest

from companies.models import CompanyList, CompanyListEntry, Status
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def test_entries_stand_in_the_order_of_their_positions():
    company_list = CompanyListFactory()
    for position, name in ((3, "Third"), (1, "First"), (2, "Second")):
        CompanyListEntryFactory(company_list=company_list, company__name=name, position=position)
    assert [str(entry) for entry in company_list.entries.all()] == [
        "1. First",
        "2. Second",
        "3. Third",
    ]


def test_with_companies_leaves_out_companies_and_claims_that_are_not_published():
    shown = CompanyFactory()
    hidden = [CompanyFactory(status=status) for status in Status if status != Status.PUBLISHED]
    ClaimFactory.create_batch(2, company=shown)
    ClaimFactory(company=shown, status=Status.DRAFT)
    CompanyListFactory(companies=[*hidden, shown])
    company_list = CompanyList.objects.with_companies().get()
    entries = [(entry.company, entry.claim_count) for entry in company_list.entries.all()]
    assert entries == [(shown, 2)]


@pytest.mark.parametrize("companies", [1, 3])
def test_with_companies_takes_two_queries(companies, django_assert_num_queries):
    for _ in range(companies):
        CompanyListFactory(companies=CompanyFactory.create_batch(companies), source=SourceFactory())
    with django_assert_num_queries(2):
        shown = [
            (
                company_list.source.title,
                [entry.company.name for entry in company_list.entries.all()],
            )
            for company_list in CompanyList.objects.with_companies()
        ]
    assert [len(names) for _, names in shown] == [companies] * companies


def test_the_slug_is_the_address():
    company_list = CompanyListFactory.build(slug="python-users")
    assert company_list.get_absolute_url() == "/lists/python-users/"


class TestWhatAListPutsSideBySide:
    """At most three, so that a longer list is a short one here."""

    def found(self, *companies, most=3):
        slugs = [company.slug for company in companies]
        return [one.slug for one in CompanyList.objects.published().leading_to(slugs, most)]

    def test_of_a_short_list_is_all_of_it_and_no_part(self):
        one, two, three = CompanyFactory.create_batch(3)
        CompanyListFactory(slug="ours", companies=[one, two])
        assert self.found(two, one) == ["ours"]
        assert self.found(one, two, three) == []
        assert self.found(one, three) == []

    def test_of_a_long_list_is_what_stands_first(self):
        one, two, three, four = CompanyFactory.create_batch(4)
        CompanyListFactory(slug="ours", companies=[two, four, one, three])
        assert self.found(one, two, four) == ["ours"]
        assert self.found(one, two, three) == []
        assert self.found(two, four) == []

    def test_of_two_at_one_position_the_one_that_was_entered_first_stands_first(self):
        companies = CompanyFactory.create_batch(4)
        ours = CompanyListFactory(slug="ours")
        for company in companies:
            CompanyListEntryFactory(company_list=ours, company=company, position=1)
        assert self.found(*companies[:3]) == ["ours"]
        assert self.found(*companies[1:]) == []

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_unpublished_companies_do_not_count(self, status):
        hidden, *shown = CompanyFactory(status=status), *CompanyFactory.create_batch(2)
        CompanyListFactory(slug="ours", companies=[hidden, *shown])
        assert self.found(*shown) == ["ours"]
        assert self.found(hidden, *shown) == []

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_unpublished_lists_do_not_count(self, status):
        companies = CompanyFactory.create_batch(2)
        CompanyListFactory(companies=companies, status=status)
        assert self.found(*companies) == []
        assert list(CompanyListEntry.objects.heads(3)) == []

    def test_the_sets_that_are_found_are_the_heads_of_the_lists(self):
        chance = random.Random(5)  # noqa: S311 - the same lists each time
        companies = [CompanyFactory(slug=f"c-{n}") for n in range(5)]
        companies.append(CompanyFactory(slug="c-hidden", status=Status.DRAFT))
        for _ in range(12):
            ours = CompanyListFactory()
            for company in chance.sample(companies, chance.randint(1, 6)):
                position = chance.randint(1, 3)
                CompanyListEntryFactory(company_list=ours, company=company, position=position)
        heads = {}
        for entry in CompanyListEntry.objects.heads(3):
            heads.setdefault(entry.company_list, set()).add(entry.company)
        sets = [set(s) for n in (2, 3) for s in combinations(companies, n)]
        found = [members for members in sets if self.found(*members)]
        assert found == [members for members in sets if members in heads.values()]
        assert 2 < len(found) < len(sets)
        shown = {one: [e.company for e in one.entries.all()[:3]] for one in with_companies()}
        assert heads == {one: set(members) for one, members in shown.items() if members}


def with_companies():
    return CompanyList.objects.with_companies()
