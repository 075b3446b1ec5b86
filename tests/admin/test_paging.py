import pytest

from companies.evidence import Agreement, Tier
from tests.admin.conftest import address
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    SourceFactory,
)


@pytest.fixture
def changelist(admin_client):
    def get(page, **query):
        response = admin_client.get(address(f"{page}_changelist"), query)
        assert response.status_code == 200
        return response.context["cl"]

    return get


def many(number, **given):
    source, company = SourceFactory(), CompanyFactory()
    given = {"source": source, "company": company} | given
    return [ClaimFactory(key=f"claim-{n:03d}", title=f"{n:03d}", **given) for n in range(number)]


def titles(found):
    return [claim.title for claim in found.result_list]


@pytest.mark.parametrize(
    ("page", "first", "last"), [(1, "000", "049"), (2, "050", "099"), (3, "100", "100")]
)
def test_every_page_has_its_rows_in_order(changelist, page, first, last):
    many(101)
    found = changelist("claim", p=page)
    assert found.result_count == 101
    assert (titles(found)[0], titles(found)[-1]) == (first, last)
    assert titles(found) == sorted(titles(found))


def test_a_later_page_shows_the_evidence_of_its_rows(changelist):
    claims = many(52)
    CitationFactory(claim=claims[50], agreement=Agreement.CONTRADICTS)
    rows = list(changelist("claim", p=2).result_list)
    assert [(row.evidence_grade, row.disputed) for row in rows] == [
        ("primary", True),
        ("primary", False),
    ]


def test_a_later_page_is_sorted_by_any_column_and_filtered(changelist):
    claims = many(53)
    for claim in claims[:2]:
        CitationFactory(claim=claim, source__tier=Tier.MEASURED)
    evidence = "5"
    assert titles(changelist("claim", p=2, o=f"-{evidence}"))[-2:] == ["000", "001"]
    assert titles(changelist("claim", p=2, o="-1")) == ["002", "001", "000"]
    assert titles(changelist("claim", p=2, grade="primary")) == ["052"]


@pytest.mark.parametrize("page", ["0", "4", "x", "-1", "9" * 30])
def test_a_page_that_is_not_there_is_no_error(admin_client, page):
    many(101)
    response = admin_client.get(address("claim_changelist"), {"p": page}, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize("page", [1, 2])
def test_a_search_that_matches_in_several_places_finds_a_claim_once(changelist, page):
    many(52, technologies=["Python", "Pythonia", "CPython"])
    found = changelist("claim", q="python", p=page)
    assert found.result_count == 52
    expected = [f"{n:03d}" for n in range(52)]
    assert titles(found) == (expected[:50] if page == 1 else expected[50:])
