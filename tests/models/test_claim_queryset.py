from itertools import combinations_with_replacement, count, product

import pytest

from companies.evidence import Agreement, Grade, Tier
from companies.models import Citation, Claim, ClaimKind, Role
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

PUBLISHERS = ("Own", "Other")


def test_the_database_grades_and_disputes_like_the_rules_in_python():
    """Every own tier with every one, every pair and no citation, cited in every way."""
    sources = {
        kind: SourceFactory(tier=kind[0], publisher=kind[1]) for kind in product(Tier, PUBLISHERS)
    }
    citations = [*product(sources.values(), Agreement)]
    cases = [
        (sources[tier, "Own"], cited)
        for tier in Tier
        for number in (0, 1, 2)
        for cited in combinations_with_replacement(citations, number)
    ]
    company = CompanyFactory()
    claims = Claim.objects.bulk_create(
        ClaimFactory.build(company=company, source=source) for source, _ in cases
    )
    numbers = count()
    Citation.objects.bulk_create(
        CitationFactory.build(
            claim=claim, source=source, agreement=agreement, as_reported=f"{next(numbers)}"
        )
        for claim, (_, cited) in zip(claims, cases, strict=True)
        for source, agreement in cited
    )

    graded = Claim.objects.with_evidence().with_parts()
    assert len(graded) == 3 * (1 + 18 + 18 * 19 // 2)
    for claim in graded:
        assert claim.evidence_grade == claim.grade, claim.supports
        assert claim.disputed == claim.is_disputed, claim.supports
    assert {claim.evidence_grade for claim in graded} == set(Grade)
    assert {claim.disputed for claim in graded} == {True, False}


def test_a_grade_can_be_filtered_by():
    ClaimFactory(source__tier=Tier.PRIMARY)
    reported = ClaimFactory(source__tier=Tier.SECONDARY)
    CitationFactory(claim=reported, agreement=Agreement.CONTRADICTS)
    graded = Claim.objects.with_evidence()
    assert graded.get(evidence_grade=Grade.REPORTED) == reported
    assert graded.get(disputed=True) == reported


@pytest.mark.parametrize("claims", [1, 3])
def test_with_parts_takes_four_queries_however_many_claims(claims, django_assert_num_queries):
    for _ in range(claims):
        claim = ClaimFactory(
            kind=ClaimKind.CODEBASE_SHARE,
            shares={"Python": 60, "Java": 40},
            technologies=["Python", "Django"],
            domain=DomainFactory(),
        )
        CitationFactory.create_batch(2, claim=claim)
    with django_assert_num_queries(4):
        shown = [
            (
                claim.company.name,
                claim.domain.name,
                claim.said_by,
                claim.grade,
                claim.is_disputed,
                [str(use) for use in claim.claim_technologies.all()],
                [str(share) for share in claim.shares.all()],
                [str(citation) for citation in claim.citations.all()],
            )
            for claim in Claim.objects.with_parts()
        ]
    assert len(shown) == claims
    assert shown[0][5:7] == (["Python (uses)", "Django (uses)"], ["Python: 60%", "Java: 40%"])


def test_newest_first_puts_undated_claims_last_and_orders_the_rest_by_key():
    dates = {"d": "", "b": "2016", "c": "2016-05", "a": "2016-05-27", "f": "2019", "e": "2019"}
    for key, as_of in dates.items():
        ClaimFactory(key=key, as_of=as_of)
    keys = Claim.objects.newest_first().values_list("key", flat=True)
    assert "".join(keys) == "efacbd"


def test_of_kind_takes_one_kind_or_several():
    for kind in ClaimKind:
        ClaimFactory(kind=kind)
    assert Claim.objects.of_kind(ClaimKind.QUOTE).get().kind == ClaimKind.QUOTE
    two = Claim.objects.of_kind(ClaimKind.DECISION, ClaimKind.MIGRATION)
    assert {claim.kind for claim in two} == {ClaimKind.DECISION, ClaimKind.MIGRATION}


def test_naming_finds_a_technology_in_a_use_or_a_share():
    python = TechnologyFactory()
    used = ClaimFactory(technologies={python: Role.USES})
    rejected = ClaimFactory(technologies={python: Role.REJECTED})
    shared = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={python: 60})
    other = ClaimFactory(technologies=[TechnologyFactory()])
    assert set(Claim.objects.naming(python)) == {used, rejected, shared}
    assert set(Claim.objects.naming(python, Role.REJECTED)) == {rejected}
    assert set(Claim.objects.naming(None)) == {used, rejected, shared, other}


def test_quoted_claims_are_those_with_words_whatever_their_kind():
    quote = ClaimFactory(kind=ClaimKind.QUOTE)
    strength = ClaimFactory(kind=ClaimKind.STRENGTH, quotation="It is fast.")
    ClaimFactory(kind=ClaimKind.STRENGTH)
    assert set(Claim.objects.quoted()) == {quote, strength}


@pytest.mark.parametrize("field", ["title", "text", "quotation", "speaker", "company__name"])
def test_matching_looks_into_what_is_said_and_of_whom(field):
    others = {} if field != "speaker" else {"quotation": "We moved."}
    found = ClaimFactory(**{field: "All about Erlang"}, **others)
    ClaimFactory()
    assert list(Claim.objects.matching(q="erlang")) == [found]


def test_matching_takes_signs_literally():
    found = ClaimFactory(text="100% of it")
    ClaimFactory(text="1000 of them")
    assert list(Claim.objects.matching(q="100%")) == [found]
    assert not Claim.objects.matching(q="10_").exists()


def test_matching_nothing_finds_everything_and_a_kind_narrows():
    claim, quote = ClaimFactory(), ClaimFactory(kind=ClaimKind.QUOTE)
    assert set(Claim.objects.matching()) == {claim, quote}
    assert list(Claim.objects.matching(kind=ClaimKind.QUOTE)) == [quote]
