"""A page of a list takes at most six queries, whatever filters are put together and however many
entries it has. One is that of the validator.
"""

from itertools import chain, combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.api.named import NAMED
from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Role
from companies.search import lookup
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

MOST = 6
SIZES = [1, 3, 50]

# By the list, what every entry of the catalogue below fits.
FILTERS = {
    "companies": {
        "q": "acme",
        "technology": "python",
        "domain": "web",
        "industry": "Music",
        "kind": "company",
        "evidence": "primary",
    },
    "claims": {
        "q": "said",
        "company": "acme",
        "technology": "python",
        "domain": "web",
        "source": "talk",
        "kind": "quote",
        "evidence": "primary",
    },
    "quotes": {"q": "said", "technology": "python"},
    "technologies": {"q": "p", "kind": "language"},
    "sources": {"q": "talk", "tier": "primary", "kind": "article"},
    "domains": {},
    "lists": {},
}
SORTS = {
    "companies": ["claims", "newest", "founded"],
    "technologies": ["name"],
    "sources": ["newest", "title"],
}
# Of a page, and of one whose filters name something, which is looked up.
COUNTS = {
    "companies": (4, 5),
    "claims": (5, 6),
    "quotes": (5, 6),
    "technologies": (2, 2),
    "sources": (2, 2),
    "domains": (2, 2),
    "lists": (3, 3),
}


def catalogue(size):
    """So many companies, and as many claims of the first, on one of everything else."""
    domain, source = DomainFactory(slug="web"), SourceFactory(key="talk", title="Talk")
    python = TechnologyFactory(slug="python", name="Python", kind="language")
    made = [
        CompanyFactory(
            slug="acme" if number == 0 else f"acme-{number}",
            name=f"Acme {number}",
            industry="Music",
            parent=CompanyFactory(status="draft"),
        )
        for number in range(size)
    ]
    for company in [*made, *[made[0]] * (size - 1)]:
        CompanyAliasFactory(company=company)
        GapFactory(company=company, technology=TechnologyFactory(), source=SourceFactory())
        claim = ClaimFactory(
            company=company,
            kind=ClaimKind.QUOTE,
            quotation="We said so.",
            speaker="Ann",
            domain=domain,
            source=source,
            technologies={python: Role.USES},
            shares={python: 40},
        )
        CitationFactory(claim=claim)
    for _ in range(size):
        CompanyListFactory(companies=made[:3], source=SourceFactory())
    return made[0]


def subsets(names):
    names = list(names)
    return chain.from_iterable(combinations(names, number) for number in range(len(names) + 1))


def asked(name):
    """Every combination of filters, and each order with none of them and with all."""
    filters = FILTERS[name]
    for chosen in subsets(filters):
        query = {one: filters[one] for one in chosen}
        yield query
        if len(query) in (0, len(filters)):
            yield from ({**query, "sort": sort} for sort in SORTS.get(name, []))
        if name == "claims" and "technology" in query:
            yield {**query, "role": "uses"}


def queries(client, name, query, least=1):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/api/v1/{name}", query)
    assert answer.status_code == 200, answer.json()
    assert len(answer.json()["items"]) >= least, query
    return len(captured)


@pytest.mark.parametrize("size", SIZES)
def test_every_combination_of_filters_takes_the_same_queries(client, size):
    catalogue(size)
    counted, expected = {}, {}
    for name, (without, with_names) in COUNTS.items():
        least = 1 if name in ("domains", "technologies", "sources") else size
        for query in asked(name):
            place = (name, *query.items())
            counted[place] = queries(client, name, query, least)
            expected[place] = without if query.keys().isdisjoint(NAMED) else with_names
    assert len(counted) == (64 + 2 * 3) + (128 + 64) + 4 + (4 + 2) + (8 + 2 * 2) + 1 + 1
    assert counted == expected
    assert max(counted.values()) <= MOST


@pytest.mark.parametrize("size", SIZES)
def test_a_search_takes_no_more_however_it_is_narrowed(client, size, monkeypatch):
    catalogue(size)
    record_missing()
    narrowed = {
        "technology": "python",
        "domain": "web",
        "industry": "Music",
        "kind": "quote",
        "evidence": "primary",
        "year": "2016",
    }
    counted = {
        chosen: queries(client, "search", {"q": "quote", **{one: narrowed[one] for one in chosen}})
        for chosen in subsets(narrowed)
    }
    # Validator, names, search, claims, technologies and other names of the companies.
    assert counted == dict.fromkeys(subsets(narrowed), 6)
    # Companies as well; and a second question where there is more than is put in order.
    assert queries(client, "search", {"q": "acme", "limit": 100}) == 7
    monkeypatch.setattr(lookup, "LIMIT", 3 * size - 2)
    # With one company and one claim, the claim is what is cut, and with it two questions.
    expected = 6 if size == 1 else 8
    assert queries(client, "search", {"q": "acme", "limit": 100}) == expected


def test_former_names_take_no_more(client):
    company = catalogue(1)
    FormerSlugFactory(company=company, slug="once")
    FormerSourceKeyFactory(source=company.claims.get().source, key="before")
    assert queries(client, "claims", {"company": "once", "source": "before"}) == 6


def test_an_unknown_name_takes_two(client):
    catalogue(1)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/api/v1/companies?technology=x&domain=x&industry=x")
    assert (answer.status_code, len(captured)) == (422, 2)
