"""Each page and file takes the same number of queries however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.archive.at_days import day, on
from tests.promises.small_site import FILES, WITH_FILES, small_site

pytestmark = pytest.mark.django_db

MOST_OF_A_PAGE, MOST_OF_A_COMPARISON = 8, 10

PAGES = {
    "companies:home": 8,
    "companies:companies": 6,
    "companies:company": 8,
    "companies:company_feed": 4,
    "companies:compare": 3,
    "companies:comparison": 7,
    "companies:technologies": 4,
    "companies:moves": 4,
    "companies:technology": 8,
    "companies:domains": 1,
    "companies:domain": 6,
    "companies:quotes": 6,
    "companies:company_list": 2,
    "companies:sources": 2,
    "companies:source": 7,
    "companies:claim": 5,
    "companies:claim_chart": 4,
    "companies:codebase_svg": 4,
    "companies:search": 6,
    "companies:suggestions": 3,
    "companies:data": 0,
    "companies:data_file": 0,
    "companies:data_checksum": 0,
    "companies:changes": 3,
    "companies:changes_feed": 3,
    "companies:technology_feed": 5,
    "companies:quotes_feed": 3,
    "companies:sitemap_index": 13,
    "companies:sitemap": 2,
    "companies:logo": 1,
    "companies:card": 1,
    "companies:company_card": 5,
    "companies:comparison_card": 4,
    "companies:comparison_embed": 6,
    "companies:technology_shares": 3,
}
# As a file of any format.
FILE_QUERIES = {
    "companies:companies": 1,
    "companies:company": 5,
    "companies:comparison": 6,
    "companies:technologies": 1,
    "companies:technology": 5,
    "companies:domains": 1,
    "companies:domain": 5,
    "companies:quotes": 4,
    "companies:company_list": 2,
    "companies:sources": 1,
    "companies:source": 5,
    "companies:changes": 3,
    "companies:search": 6,
}
# With every filter set, each of which may have to be looked up.
FILTERED = {
    "companies:companies": (
        8,
        "q=c&technology={technology}&domain={domain}&kind=company&evidence=primary&sort=claims",
    ),
    "companies:technologies": (2, "q=t&kind=language&sort=name"),
    "companies:technology": (8, "q=c&role=uses"),
    "companies:domain": (6, "q=c&kind=quote"),
    "companies:quotes": (7, "q=p&technology={technology}"),
    "companies:sources": (2, "q=s&tier=primary&kind=article&sort=newest"),
    "companies:source": (7, "verdict=confirmed"),
    "companies:search": (
        7,
        "q=use&kind=use_case&technology={technology}&domain={domain}&evidence=primary",
    ),
    "companies:changes": (6, "subject=claim&company={company}&technology={technology}"),
}

# One is that of the validator, without which nothing more is asked.
MOST_OF_AN_API_PAGE = 6
API = {
    "api:docs": 0,
    "api:openapi": 1,
    "api:v1:companies": 4,
    "api:v1:company": 4,
    "api:v1:claims": 5,
    "api:v1:claim": 5,
    "api:v1:technologies": 2,
    "api:v1:technology": 2,
    "api:v1:domains": 2,
    "api:v1:domain": 2,
    "api:v1:sources": 2,
    "api:v1:source": 2,
    "api:v1:company_lists": 3,
    "api:v1:company_list": 3,
    "api:v1:quotes": 5,
    "api:v1:comparison": 7,
    "api:v1:search": 6,
    "api:v1:suggestions": 4,
}
# What is named is looked up in one query; every combination is in tests/api/test_query_counts.py.
FILTERED_API = {
    "api:v1:companies": (5, "technology={technology}&kind=company&evidence=primary&sort=claims"),
    "api:v1:claims": (6, "q=p&technology={technology}&role=uses&kind=quote&evidence=primary"),
    "api:v1:quotes": (6, "q=p&technology={technology}"),
    "api:v1:technologies": (2, "q=t&kind=language&sort=name"),
    "api:v1:sources": (2, "q=s&tier=primary&kind=article&sort=newest"),
}


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        page = client.get(path)
    assert page.status_code == 200
    return len(captured)


@pytest.mark.parametrize("size", [1, 3])
def test_pages_take_the_same_queries_for_one_and_for_three(client, size):
    site = small_site(size)
    assert {name: queries(client, path) for name, path in site.addresses.items()} == PAGES
    # The index of the sitemap counts seven tables and asks six for their newest row.
    pages = {name: count for name, count in PAGES.items() if name != "companies:sitemap_index"}
    assert max(pages.values()) <= MOST_OF_A_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_filtered_pages_take_the_same_queries_for_one_and_for_three(client, size):
    site = small_site(size)
    values = {
        "technology": site.technology.slug,
        "domain": site.domain.slug,
        "company": site.company.slug,
    }
    counted = {
        name: (queries(client, f"{site.path(name)}?{query.format(**values)}"), query)
        for name, (_, query) in FILTERED.items()
    }
    assert counted == FILTERED
    assert max(count for count, _ in FILTERED.values()) <= MOST_OF_A_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_files_take_no_more_queries_than_their_page(client, size):
    site = small_site(size)
    counted = {
        name: {queries(client, site.file(name, f)) for f in (*FILES, "zip")} for name in WITH_FILES
    }
    assert counted == {name: {count} for name, count in FILE_QUERIES.items()}
    files = {path: queries(client, path) for path in site.everything if "format=" in path}
    pages = {site.addresses[name].partition("?")[0]: count for name, count in PAGES.items()}
    assert [path for path, count in files.items() if count > pages[path.partition("?")[0]]] == []


@pytest.mark.parametrize("size", [1, 3])
def test_a_comparison_takes_the_same_queries_for_two_and_for_five(client, size):
    site = small_site(size, companies=5)
    counted = {number: queries(client, site.comparison(number)) for number in (2, 3, 5)}
    # The seventh asks for companies to add, for which five leave no room.
    assert counted == {2: 7, 3: 7, 5: 6}
    assert max(counted.values()) <= MOST_OF_A_COMPARISON


@pytest.mark.parametrize("size", [1, 3])
def test_the_api_takes_the_same_queries_for_one_and_for_three(client, size):
    site = small_site(size)
    # Built once by each process, and asks no database.
    client.get(site.api["api:openapi"])
    assert {name: queries(client, path) for name, path in site.api.items()} == API
    pages = {name: count for name, count in API.items() if name != "api:v1:comparison"}
    assert max(pages.values()) <= MOST_OF_AN_API_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_filtered_lists_of_the_api_take_the_same_queries_for_one_and_for_three(client, size):
    site = small_site(size)
    counted = {
        name: (
            queries(client, f"{site.api[name]}?{query.format(technology=site.technology.slug)}"),
            query,
        )
        for name, (_, query) in FILTERED_API.items()
    }
    assert counted == FILTERED_API
    assert max(count for count, _ in FILTERED_API.values()) <= MOST_OF_AN_API_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_an_unchanged_answer_of_the_api_takes_one_query(client, size):
    for path in small_site(size).api.values():
        if path != "/api/v1/docs":
            known = {"If-None-Match": client.get(path)["ETag"]}
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path, headers=known).status_code == 304
            assert len(captured) == 1


@pytest.mark.parametrize("number", [2, 5])
def test_a_comparison_by_the_api_takes_the_same_queries_for_two_and_for_five(client, number):
    site = small_site(companies=5)
    slugs = [company.slug for company in [site.company, *site.others][:number]]
    assert queries(client, f"/api/v1/comparison?companies={','.join(slugs)}") == 7


# As they stood at the end of a day, rebuilt from the history.
ARCHIVES = {"companies:claim": 6, "companies:claim_chart": 6, "companies:company": 8}


@pytest.mark.parametrize("size", [1, 3])
def test_archives_take_the_same_queries_for_one_and_for_three(client, size):
    with on(1):
        site = small_site(size)
    counted = {name: queries(client, f"{site.addresses[name]}?as_of={day(1)}") for name in ARCHIVES}
    assert counted == ARCHIVES
    assert max(counted.values()) <= MOST_OF_A_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_an_archived_comparison_takes_the_same_queries_for_two_and_for_five(client, size):
    with on(1):
        site = small_site(size, companies=5)
    counted = {n: queries(client, f"{site.comparison(n)}?as_of={day(1)}") for n in (2, 3, 5)}
    assert counted == {2: 8, 3: 8, 5: 8}
