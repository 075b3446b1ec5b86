"""Verdicts on the statements of one source; the starter catalogue's are in tests/promises/."""

import pytest

from companies.evidence import Agreement, Tier, Verdict
from companies.fact_check import fact_check
from companies.models import Status
from tests.factories import CitationFactory, ClaimFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return SourceFactory(tier=Tier.SECONDARY, publisher="A magazine")


def verdicts(source):
    return [statement.verdict for statement in fact_check(source).statements]


@pytest.mark.parametrize("tier", [Tier.PRIMARY, Tier.MEASURED])
@pytest.mark.parametrize(
    ("agreement", "verdict"),
    [
        (Agreement.AGREES, Verdict.CONFIRMED),
        (Agreement.DIFFERS, Verdict.CORRECTED),
        (Agreement.CONTRADICTS, Verdict.CONTRADICTED),
    ],
)
def test_a_statement_beside_a_first_hand_claim_is_judged_by_how_it_agrees(
    article, tier, agreement, verdict
):
    CitationFactory(source=article, claim__source__tier=tier, agreement=agreement)
    assert verdicts(article) == [verdict]


@pytest.mark.parametrize("agreement", Agreement)
def test_a_statement_beside_a_claim_from_hearsay_is_unverified(article, agreement):
    CitationFactory(source=article, claim__source__tier=Tier.SECONDARY, agreement=agreement)
    assert verdicts(article) == [Verdict.UNVERIFIED]


def test_a_statement_beside_hearsay_that_a_primary_source_agrees_with_is_confirmed(article):
    claim = ClaimFactory(source__tier=Tier.SECONDARY)
    CitationFactory(claim=claim, source__tier=Tier.PRIMARY)
    CitationFactory(claim=claim, source=article)
    assert verdicts(article) == [Verdict.CONFIRMED]


def test_a_statement_that_shares_a_corrected_claim_is_corrected_too(article):
    claim = ClaimFactory(source__tier=Tier.SECONDARY)
    CitationFactory(claim=claim, source__tier=Tier.PRIMARY, agreement=Agreement.DIFFERS)
    CitationFactory(claim=claim, source=article)
    assert verdicts(article) == [Verdict.CORRECTED]
    assert verdicts(claim.source) == [Verdict.CORRECTED]


@pytest.mark.parametrize("tier", [Tier.PRIMARY, Tier.MEASURED])
@pytest.mark.parametrize("agreement", Agreement)
def test_a_citation_of_a_first_hand_source_is_not_judged(tier, agreement):
    blog = SourceFactory(tier=tier)
    CitationFactory(source=blog, agreement=agreement, claim__source__tier=Tier.SECONDARY)
    assert verdicts(blog) == [None]


def test_two_statements_of_one_article_do_not_confirm_each_other(article):
    claim = ClaimFactory(source__tier=Tier.SECONDARY)
    for as_reported in ("One thing.", "Another thing."):
        CitationFactory(claim=claim, source=article, as_reported=as_reported)
    assert verdicts(article) == [Verdict.UNVERIFIED, Verdict.UNVERIFIED]


@pytest.mark.parametrize(
    ("agreements", "verdict"),
    [
        ([], Verdict.UNVERIFIED),
        ([Agreement.AGREES], Verdict.CONFIRMED),
        ([Agreement.AGREES, Agreement.DIFFERS], Verdict.CONFIRMED),
        ([Agreement.DIFFERS, Agreement.CONTRADICTS], Verdict.CONTRADICTED),
    ],
)
def test_a_claim_that_rests_on_the_source_is_judged_by_first_hand_citations(
    article, agreements, verdict
):
    claim = ClaimFactory(source=article)
    CitationFactory(claim=claim, source__tier=Tier.SECONDARY, agreement=Agreement.CONTRADICTS)
    for agreement in agreements:
        CitationFactory(claim=claim, source__tier=Tier.PRIMARY, agreement=agreement)
    assert verdicts(article) == [verdict]


@pytest.mark.parametrize("tier", [Tier.PRIMARY, Tier.MEASURED])
def test_a_claim_on_a_first_hand_source_is_not_judged(tier):
    source = SourceFactory(tier=tier)
    claim = ClaimFactory(source=source)
    (statement,) = fact_check(source).statements
    assert statement.claim == claim
    assert statement.verdict is None


def test_every_verdict_is_counted_even_where_there_is_none(article):
    CitationFactory(source=article)
    ClaimFactory(source=article)
    assert fact_check(article).counts == [
        (Verdict.CONFIRMED, 1),
        (Verdict.CORRECTED, 0),
        (Verdict.CONTRADICTED, 0),
        (Verdict.UNVERIFIED, 1),
    ]


def test_a_statement_carries_what_the_source_says_and_where(article):
    citation = CitationFactory(
        source=article,
        agreement=Agreement.DIFFERS,
        as_reported="Ninety.",
        locator="page 2",
        note="Eighty.",
    )
    (statement,) = fact_check(article).statements
    assert statement.claim == citation.claim
    assert (statement.as_reported, statement.locator) == ("Ninety.", "page 2")
    assert statement.note == "Eighty."
    assert not statement.is_the_claim


def test_a_claim_that_rests_on_the_source_is_its_own_statement(article):
    claim = ClaimFactory(source=article, text="So it is.", locator="page 1", note="Perhaps.")
    (statement,) = fact_check(article).statements
    assert statement.claim == claim
    assert (statement.as_reported, statement.locator) == ("So it is.", "page 1")
    assert statement.is_the_claim


def test_statements_stand_in_the_order_of_their_claims_and_then_as_entered(article):
    second = ClaimFactory(key="acme-02", source=article)
    first = ClaimFactory(key="acme-01")
    for as_reported in ("Zebra.", "Ant."):
        CitationFactory(claim=first, source=article, as_reported=as_reported)
    statements = fact_check(article).statements
    assert [statement.as_reported for statement in statements] == ["Zebra.", "Ant.", second.text]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_unpublished_claims_make_no_statements(article, status):
    CitationFactory(source=article, claim__status=status)
    CitationFactory(source=article, claim__company__status=status)
    ClaimFactory(source=article, status=status)
    ClaimFactory(source=article, company__status=status)
    assert verdicts(article) == []


@pytest.mark.parametrize("size", [1, 3])
def test_a_fact_check_takes_four_queries(article, django_assert_num_queries, size):
    for _ in range(size):
        CitationFactory(source=article)
        claim = ClaimFactory(source=article, technologies=["Python"])
        CitationFactory(claim=claim)
    with django_assert_num_queries(4):
        for statement in fact_check(article).statements:
            assert statement.claim.company.name
            assert statement.claim.grade
