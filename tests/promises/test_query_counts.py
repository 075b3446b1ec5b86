"""Each page and file takes the same number of queries however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.archive.at_days import day, on
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

MOST_OF_A_PAGE, MOST_OF_A_COMPARISON = 8, 10

PAGES = {
    "companies:home": 8,
    "companies:companies": 6,
    "companies:company": 8,
    "companies:company_feed": 3,
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
    "companies:changes": 3,
    "companies:changes_feed": 2,
    "companies:sitemap_index": 12,
    "companies:sitemap": 2,
    "companies:logo": 1,
    "companies:card": 1,
    "companies:company_card": 5,
    "companies:comparison_card": 4,
    "companies:comparison_embed": 6,
    "companies:technology_shares": 3,
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
    "companies:changes": (4, "subject=claim&company={company}"),
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
    # The index of the sitemap counts six tables and asks each for its newest row.
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
        name: (queries(client, f"{site.pages[name]}?{query.format(**values)}"), query)
        for name, (_, query) in FILTERED.items()
    }
    assert counted == FILTERED
    assert max(count for count, _ in FILTERED.values()) <= MOST_OF_A_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_files_take_no_more_queries_than_their_page(client, size):
    site = small_site(size)
    files = {path: queries(client, path) for path in site.everything if "format=" in path}
    pages = {site.addresses[name]: count for name, count in PAGES.items()}
    assert [path for path, count in files.items() if count > pages[path.partition("?")[0]]] == []


@pytest.mark.parametrize("size", [1, 3])
def test_a_comparison_takes_the_same_queries_for_two_and_for_five(client, size):
    site = small_site(size, companies=5)
    counted = {number: queries(client, site.comparison(number)) for number in (2, 3, 5)}
    # The seventh asks for companies to add, for which five leave no room.
    assert counted == {2: 7, 3: 7, 5: 6}
    assert max(counted.values()) <= MOST_OF_A_COMPARISON


# As they stood at the end of a day, rebuilt from the history.
ARCHIVES = {"companies:claim": 6, "companies:company": 8}


@pytest.mark.parametrize("size", [1, 3])
def test_archives_take_the_same_queries_for_one_and_for_three(client, size):
    with on(1):
        site = small_site(size)
    counted = {name: queries(client, f"{site.pages[name]}?as_of={day(1)}") for name in ARCHIVES}
    assert counted == ARCHIVES
    assert max(counted.values()) <= MOST_OF_A_PAGE


@pytest.mark.parametrize("size", [1, 3])
def test_an_archived_comparison_takes_the_same_queries_for_two_and_for_five(client, size):
    with on(1):
        site = small_site(size, companies=5)
    counted = {n: queries(client, f"{site.comparison(n)}?as_of={day(1)}") for n in (2, 3, 5)}
    assert counted == {2: 8, 3: 8, 5: 8}
