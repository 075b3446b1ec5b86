import pytest

from companies.models import CompanyList, Status
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
