import pytest

from companies.evidence import Agreement, Tier
from companies.models import Company
from tests.admin.conftest import address
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
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


class TestSearch:
    @pytest.mark.parametrize("number", [1, 3])
    def test_what_matches_in_several_places_is_found_once(self, changelist, number):
        for _ in range(number):
            claim = ClaimFactory(technologies=["Python", "Pythonia", "CPython"])
            CompanyAliasFactory(company=claim.company, name="Python, Inc.")
            CompanyAliasFactory(company=claim.company, name="Python, Ltd.")
        ClaimFactory(text="It runs on Java.")
        found = changelist("claim", q="python")
        assert found.result_count == len(found.result_list) == number
        assert changelist("company", q="python").result_count == number

    def test_every_word_must_be_found(self, changelist):
        wanted = ClaimFactory(title="Python web")
        ClaimFactory(title="Web", text="It runs on Java.")
        assert titles(changelist("claim", q="web python")) == [wanted.title]

    @pytest.mark.parametrize("blank", ["", "  "])
    def test_blanks_find_everything(self, changelist, blank):
        many(3)
        assert changelist("claim", q=blank).result_count == 3

    def test_a_search_keeps_to_the_filters_and_to_the_kind(self, changelist):
        ClaimFactory(title="Python use", kind="use_case")
        ClaimFactory(title="Python quote", kind="quote", status="draft")
        assert titles(changelist("quote", q="python")) == ["Python quote"]
        assert titles(changelist("claim", q="python", status__exact="draft")) == ["Python quote"]

    def test_the_evidence_of_all_that_is_found_is_not_worked_out_to_count_it(
        self, admin_client, django_assert_num_queries
    ):
        many(2)
        with django_assert_num_queries(5) as queries:
            admin_client.get(address("claim_changelist"), {"q": "python"})
        counting = [query["sql"] for query in queries if "COUNT(*)" in query["sql"]]
        assert len(counting) == 1
        assert "companies_citation" not in counting[0]
        assert "DISTINCT" not in counting[0]

    def test_an_autocomplete_offers_the_exact_name_first(self, admin_client):
        for name in ("Going", "Go", "Cargo"):
            CompanyFactory(name=name)
        query = {"app_label": "companies", "model_name": "claim", "field_name": "company"}
        found = admin_client.get("/admin/autocomplete/", query | {"term": "go"}).json()["results"]
        assert [row["text"] for row in found] == ["Go", "Going", "Cargo"]
        assert Company.objects.count() == 3
