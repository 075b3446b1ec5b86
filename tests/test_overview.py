"""The catalogue at a glance; how the first page shows it is in tests/views/test_home.py."""

import itertools
from collections import Counter

import pytest

from companies import overview
from companies.evidence import Agreement, Tier, Verdict
from companies.fact_check import fact_check, tallies_of
from companies.models import Source
from tests.factories import CitationFactory, ClaimFactory, CompanyFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_the_database_judges_as_the_fact_check_does_whatever_else_is_cited():
    """Every tier of a claim's own source, every agreement, every set of first-hand citations."""
    article = SourceFactory(tier=Tier.SECONDARY)
    subsets = [
        set(chosen) for size in range(4) for chosen in itertools.combinations(Agreement, size)
    ]
    for first_hand in subsets:
        claims = [(ClaimFactory(source=article), None)]
        claims += [
            (ClaimFactory(source__tier=tier), agreement) for tier in Tier for agreement in Agreement
        ]
        for claim, agreement in claims:
            if agreement:
                CitationFactory(claim=claim, source=article, agreement=agreement, as_reported="So.")
            for word in first_hand:
                CitationFactory(
                    claim=claim, source__tier=Tier.PRIMARY, agreement=word, as_reported="No."
                )
    checked = fact_check(article)
    assert len(checked.statements) == 80
    assert tallies_of([article])[article.pk] == checked.tallies
    assert min(count for _, count in checked.counts) > 0
    secondary = [fact_check(source) for source in Source.objects.filter(tier=Tier.SECONDARY)]
    everything = Counter(one.verdict for found in secondary for one in found.statements)
    assert overview.numbers().verdicts == dict(everything)


def test_first_hand_sources_have_no_tallies(django_assert_num_queries):
    sources = [CitationFactory(source__tier=tier).source for tier in (Tier.PRIMARY, Tier.MEASURED)]
    with django_assert_num_queries(0):
        assert tallies_of(sources) == {}


def test_nothing_is_counted_in_an_empty_catalogue():
    numbers = overview.numbers()
    assert (numbers.companies, numbers.claims, numbers.sources, numbers.first_hand) == (0, 0, 0, 0)
    assert (numbers.first_hand_percent, numbers.checked, numbers.not_borne_out) == (0, 0, 0)
    assert overview.example() is None
    assert overview.suggestions(3) == []


def test_only_every_claim_makes_a_hundred_percent():
    for _ in range(200):
        ClaimFactory.create(source=Source.objects.first() or SourceFactory())
    assert overview.numbers().first_hand_percent == 100
    ClaimFactory(source__tier=Tier.SECONDARY)
    assert overview.numbers().first_hand_percent == 99


def cited(agreement, as_reported, **given):
    return CitationFactory(
        agreement=agreement, as_reported=as_reported, source__tier=Tier.SECONDARY, **given
    )


def test_the_shortest_contradicted_statement_is_the_example():
    cited(Agreement.DIFFERS, "X.")
    cited(Agreement.CONTRADICTS, "A long story about it.")
    short = cited(Agreement.CONTRADICTS, "No.")
    found = overview.example()
    assert (found.citation, found.verdict) == (short, Verdict.CONTRADICTED)
    assert found.claim == short.claim


@pytest.mark.parametrize(
    ("agreement", "given"),
    [
        (Agreement.AGREES, {}),
        (Agreement.CONTRADICTS, {"claim__source__tier": Tier.SECONDARY}),
        (Agreement.CONTRADICTS, {"claim__status": "draft"}),
        (Agreement.CONTRADICTS, {"claim__company__status": "draft"}),
    ],
    ids=str,
)
def test_what_is_borne_out_unverified_or_hidden_is_no_example(agreement, given):
    cited(agreement, "No.", **given)
    assert overview.example() is None


def companies(**industries):
    """By slug the industry and the number of claims."""
    for slug, (industry, count) in industries.items():
        company = CompanyFactory(slug=slug, name=slug, industry=industry)
        for _ in range(count):
            ClaimFactory(company=company)


def suggested(most=3):
    return [
        (suggestion.industry, [company.slug for company in suggestion.companies])
        for suggestion in overview.suggestions(most)
    ]


def test_the_industries_with_most_to_compare_come_first_with_three_companies_at_most():
    companies(
        a=("Travel", 1), b=("Travel", 9), c=("Banking", 2), d=("Banking", 3), e=("Banking", 1),
        f=("Banking", 4), g=("Chat", 7), h=("Chat", 0), i=("", 9), j=("", 9),
    )  # fmt: skip
    assert suggested() == [("Banking", ["f", "d", "c"]), ("Travel", ["b", "a"])]
    assert suggested(1) == [("Banking", ["f", "d", "c"])]


def test_where_no_industry_is_shared_the_two_with_most_claims_are_suggested():
    companies(a=("Travel", 1), b=("Banking", 3), c=("", 2))
    assert suggested() == [("", ["b", "c"])]


def test_a_company_alone_is_not_suggested():
    companies(a=("Travel", 1))
    assert suggested() == []
