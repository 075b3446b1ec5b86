"""How many queries a page costs, however much it shows."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.conftest import address
from tests.admin.posting import rows
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    GapFactory,
    LinkCheckFactory,
    SourceFactory,
    TechnologyFactory,
)


@pytest.fixture(autouse=True)
def _known_content_types(db):
    """Django remembers them from the first page on, whichever test that was."""
    for model in admin.site._registry:
        ContentType.objects.get_for_model(model, for_concrete_model=False)


def claims(kind):
    def make():
        claim = ClaimFactory(kind=kind, technologies=["Python", "Django"], domain=DomainFactory())
        CitationFactory(claim=claim)
        return claim

    return make


def company():
    made = ClaimFactory(company__parent=CompanyFactory()).company
    CompanyAliasFactory(company=made)
    return made


def technology():
    return ClaimTechnologyFactory().technology


def source():
    return LinkCheckFactory(source=ClaimFactory().source, failures=5).source


def domain():
    return ClaimFactory(domain=DomainFactory()).domain


def company_list():
    return CompanyListFactory(companies=[CompanyFactory()])


# Two of them are always the session and the user.
LISTS = [
    ("claim", claims("use_case"), 5),
    ("usecase", claims("use_case"), 7),
    ("codebaseshareclaim", claims("codebase_share"), 7),
    ("keyfigure", claims("key_figure"), 5),
    ("decision", claims("migration"), 7),
    ("strength", claims("strength"), 7),
    ("quote", claims("quote"), 5),
    ("opensourcerelease", claims("open_source"), 7),
    ("company", company, 5),
    ("technology", technology, 4),
    ("source", source, 4),
    ("domain", domain, 4),
    ("companylist", company_list, 4),
]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("page", "make", "queries"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_costs_the_same_with_one_and_with_three(
    admin_client, django_assert_num_queries, page, make, queries, number
):
    for _ in range(number):
        make()
    with django_assert_num_queries(queries):
        response = admin_client.get(address(f"{page}_changelist"))
    assert len(response.context["cl"].result_list) >= number


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("page", "kind", "queries"),
    [("usecase", "use_case", 17), ("codebaseshareclaim", "codebase_share", 18)],
)
def test_the_page_of_a_claim_costs_the_same_with_one_and_with_three_rows_of_each(
    admin_client, django_assert_num_queries, page, kind, queries, number
):
    claim = ClaimFactory(kind=kind, domain=DomainFactory(), shares={})
    for _ in range(number):
        ClaimTechnologyFactory(claim=claim)
        CitationFactory(claim=claim)
        if kind == "codebase_share":
            CodebaseShareFactory(claim=claim, percentage=10)
    with django_assert_num_queries(queries):
        assert admin_client.get(address(f"{page}_change", claim.pk)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_company_costs_the_same_with_one_and_with_three_rows_of_each(
    admin_client, django_assert_num_queries, number
):
    made = CompanyFactory(parent=CompanyFactory())
    for _ in range(number):
        CompanyAliasFactory(company=made)
        FormerSlugFactory(company=made)
        GapFactory(
            company=made,
            technology=TechnologyFactory(),
            domain=DomainFactory(),
            source=SourceFactory(),
        )
        ClaimFactory(company=made)
    with django_assert_num_queries(11):
        assert admin_client.get(address("company_change", made.pk)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_list_costs_the_same_with_one_and_with_three_companies(
    admin_client, django_assert_num_queries, number
):
    made = CompanyListFactory(companies=[CompanyFactory() for _ in range(number)])
    with django_assert_num_queries(5):
        assert admin_client.get(address("companylist_change", made.pk)).status_code == 200


def test_a_refused_page_asks_for_the_labels_of_all_its_rows_at_once(admin_client):
    data = rows(
        "claim_technologies",
        [{"technology": TechnologyFactory().pk, "role": "uses"} for _ in range(3)],
    )
    with CaptureQueriesContext(connection) as queries:
        assert admin_client.post(address("usecase_add"), data).status_code == 200
    labels = [query for query in queries if '"companies_technology"."id" IN' in query["sql"]]
    assert len(labels) == 1
