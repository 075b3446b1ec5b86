import itertools
import re

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.api.paging import rows_after
from companies.api.problem import ProblemError
from companies.models import Claim, Company, CompanyList, Domain, Source, Technology
from tests.factories import ClaimFactory, CompanyFactory, DomainFactory, SourceFactory
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db


def orders():
    """Every order in which the API lists anything."""
    companies = Company.objects.published().with_claim_count()
    technologies, sources = Technology.objects.published(), Source.objects.published()
    return {
        "companies": companies.matching(),
        "companies by claims": companies.matching(sort="claims"),
        "companies by newest claim": companies.matching(sort="newest"),
        "companies by founding": companies.matching(sort="founded"),
        "technologies": technologies.matching(),
        "technologies by name": technologies.matching(sort="name"),
        "sources": sources.matching(),
        "sources by date": sources.matching(sort="newest"),
        "sources by title": sources.matching(sort="title"),
        "claims": Claim.objects.published().with_parts().newest_first(),
        "domains": Domain.objects.with_claim_count(),
        "lists": CompanyList.objects.published().order_by("title", "slug"),
    }


ORDERS = [
    *("companies", "companies by claims", "companies by newest claim", "companies by founding"),
    *("technologies", "technologies by name", "sources", "sources by date", "sources by title"),
    *("claims", "domains", "lists"),
]


def walk(rows, limit):
    """All pages, one after the other."""
    cursor, pages = "", []
    while cursor or not pages:
        page = rows_after(rows, cursor, limit, "list")
        pages.append([row.pk for row in page.rows])
        cursor = page.next_cursor
    return pages


@pytest.fixture
def site():
    """With ties in everything that a list is sorted by, names in two cases, and undated entries."""
    site = small_site(2)
    source = SourceFactory(title="Same", published_on="")
    for name, founded in (("zeta", "2001"), ("Zeta", ""), ("Éclair", "2001"), ("zeta", "")):
        company = CompanyFactory(name=name, founded=founded)
        for as_of in ("2016", "2016-05", "", ""):
            ClaimFactory(
                company=company, as_of=as_of, source=SourceFactory(title="Same"), technologies=["C"]
            )
        ClaimFactory(company=company, source=source)
    DomainFactory.create_batch(3)
    return site


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_the_pages_put_together_are_the_list(site, order, limit):
    rows = orders()[order]
    pages = walk(rows, limit)
    listed = [pk for page in pages for pk in page]
    assert sorted(listed) == sorted(row.pk for row in rows)
    assert len(set(listed)) == len(listed)
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert listed == walk(rows, 1000)[0]


def test_every_order_is_tried():
    assert list(orders()) == ORDERS


def test_no_page_counts_rows(site):
    for rows in orders().values():
        first = rows_after(rows, "", 1, "list")
        with CaptureQueriesContext(connection) as queries:
            rows_after(rows, first.next_cursor, 1, "list")
        assert not [q for q in queries.captured_queries if "OFFSET" in q["sql"]]


def test_columns_of_one_direction_are_compared_as_one_row(site):
    first = rows_after(orders()["companies"], "", 1, "list")
    with CaptureQueriesContext(connection) as queries:
        rows_after(orders()["companies"], first.next_cursor, 1, "list")
    compared = re.search(r"\(LOWER\([^)]*\), [^)]*slug.?\) > \(", queries[0]["sql"])
    assert compared, queries[0]["sql"]


def test_rows_added_before_and_after_move_no_page():
    for name in "bdfhj":
        CompanyFactory(name=name)
    rows = Company.objects.published().matching()
    first = rows_after(rows, "", 2, "list")
    assert [company.name for company in first.rows] == ["b", "d"]
    for name in "acgz":
        CompanyFactory(name=name)
    second = rows_after(rows, first.next_cursor, 3, "list")
    assert [company.name for company in second.rows] == ["f", "g", "h"]


def test_the_row_a_page_ended_with_may_be_gone():
    companies = [CompanyFactory(name=name) for name in "abc"]
    rows = Company.objects.published().matching()
    first = rows_after(rows, "", 2, "list")
    companies[1].delete()
    assert [row.name for row in rows_after(rows, first.next_cursor, 2, "list").rows] == ["c"]


NAMES = st.lists(st.text("aAbBäÉ '_%-", min_size=1, max_size=3).filter(str.strip), max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(NAMES, st.integers(1, 4))
def test_whatever_companies_are_called_each_is_listed_once(names, limit):
    Company.objects.all().delete()
    made = {CompanyFactory(name=name).pk for name in names}
    rows = Company.objects.published().matching()
    listed = list(itertools.chain.from_iterable(walk(rows, limit)))
    assert (len(listed), set(listed)) == (len(made), made)


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "a:b", "a:b:c", "\0", "é", "9" * 2000),
        signing.dumps(["list", "a", "a"]),
        signing.Signer(salt="companies.api.cursor").sign_object({"a": 1}),
        signing.Signer(salt="companies.api.cursor").sign_object([]),
        signing.Signer(salt="companies.api.cursor").sign("not an object"),
    ],
    # One of them has the time in it, and all processes have to collect the same tests.
    ids=range(10),
)
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(ProblemError) as refused:
        rows_after(Company.objects.published().matching(), cursor, 2, "list")
    assert refused.value.kind == "bad-cursor"


def test_a_cursor_of_another_list_is_refused():
    CompanyFactory.create_batch(3)
    rows = Company.objects.published().matching()
    cursor = rows_after(rows, "", 2, "one").next_cursor
    with pytest.raises(ProblemError):
        rows_after(rows, cursor, 2, "another")
    with pytest.raises(ProblemError):
        rows_after(rows, cursor[:-1] + ("A" if cursor[-1] != "A" else "B"), 2, "one")


def test_the_same_page_has_the_same_cursor_each_time():
    CompanyFactory.create_batch(3)
    rows = Company.objects.published().matching()
    assert rows_after(rows, "", 2, "one") == rows_after(rows, "", 2, "one")
