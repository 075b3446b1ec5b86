import pytest

from companies.models import ClaimKind
from tests.factories import ClaimFactory, CompanyFactory, FormerSlugFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared(client):
    a, b = CompanyFactory(slug="a", name="Aa"), CompanyFactory(slug="b", name="Bb")
    FormerSlugFactory(company=b, slug="once-b")
    ClaimFactory(company=a, key="a-01", kind=ClaimKind.CODEBASE_SHARE, basis="services")
    ClaimFactory(company=b, key="b-01", kind=ClaimKind.CODEBASE_SHARE, basis="lines of code")

    def ask(companies, **query):
        return client.get("/api/v1/comparison", {"companies": companies, **query})

    return ask


def test_the_columns_stand_in_the_order_asked_for_and_former_slugs_are_followed(compared):
    found = compared("once-b,a").json()
    assert [company["slug"] for company in found["companies"]] == ["b", "a"]
    assert [cell["company"] for cell in found["sections"][0]["rows"][0]["cells"]] == ["b", "a"]
    assert found["url"] == "http://testserver/compare/a-vs-b/"


def test_a_statement_has_its_evidence_and_unlike_cells_say_so(compared):
    sections = {section["key"]: section for section in compared("a,b").json()["sections"]}
    row = sections["shares"]["rows"][0]
    assert (row["label"], row["comparable"]) == ("Python", False)
    assert row["note"]
    claims = [cell["statements"][0]["claim"] for cell in row["cells"]]
    assert [(claim["key"], claim["basis"]) for claim in claims] == [
        ("a-01", "services"),
        ("b-01", "lines of code"),
    ]
    assert claims[0]["source"]["tier"] == "primary"


def test_an_empty_cell_says_which_kind_of_empty_it_is(compared):
    glance = compared("a,b").json()["sections"][0]["rows"]
    empty = next(row for row in glance if row["label"] == "Founded")["cells"][0]
    assert (empty["statements"], empty["empty"]) == ([], "not recorded")


def test_differences_leave_out_what_is_the_same(compared):
    whole = compared("a,b").json()["sections"][0]["rows"]
    less = compared("a,b", differences="true").json()["sections"][0]["rows"]
    assert "Kind" in [row["label"] for row in whole]
    assert "Kind" not in [row["label"] for row in less]


def test_an_unknown_company_is_named(compared):
    answer = compared("a,nobody")
    assert (answer.status_code, answer.json()["detail"]) == (404, "There is no company “nobody”.")


def test_one_company_under_two_names_is_refused(compared):
    answer = compared("b,once-b")
    assert answer.json()["errors"][0]["detail"] == "One company is named twice."
