import datetime
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
    reported = {claim.pk for claim in graded if claim.grade == Grade.REPORTED}
    assert {claim.pk for claim in Claim.objects.resting_on_one_report()} == reported
    for grade in Grade:
        of_grade = {claim.pk for claim in graded if claim.grade == grade}
        assert {claim.pk for claim in Claim.objects.of_grade(grade)} == of_grade
    disputed = {claim.pk for claim in graded if claim.is_disputed}
    assert {claim.pk for claim in Claim.objects.contradicted()} == disputed
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


@pytest.mark.parametrize("few", [True, False])
def test_naming_finds_a_technology_in_a_use_or_a_share(few):
    python = TechnologyFactory()
    used = ClaimFactory(technologies={python: Role.USES})
    rejected = ClaimFactory(technologies={python: Role.REJECTED})
    shared = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={python: 60})
    other = ClaimFactory(technologies=[TechnologyFactory()])
    assert set(Claim.objects.naming(python, few=few)) == {used, rejected, shared}
    assert set(Claim.objects.naming(python.pk, few=few)) == {used, rejected, shared}
    assert set(Claim.objects.naming(python, Role.REJECTED, few=few)) == {rejected}
    assert set(Claim.objects.naming(None, few=few)) == {used, rejected, shared, other}


def test_naming_finds_a_claim_once_that_uses_and_shares():
    python = TechnologyFactory()
    ClaimFactory(technologies={python: Role.USES}, shares={python: 60})
    assert Claim.objects.naming(python, few=True).count() == 1


def test_citing_finds_what_rests_on_a_source_or_is_held_against_it():
    own, held, _ = ClaimFactory(), ClaimFactory(), ClaimFactory()
    for words in ("So.", "Or so."):
        CitationFactory(claim=held, source=own.source, agreement="differs", as_reported=words)
    assert sorted(Claim.objects.citing(own.source).values_list("pk", flat=True)) == [
        own.pk,
        held.pk,
    ]


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


class TestAttention:
    TODAY = datetime.date(2026, 11, 24)

    def found(self, claims):
        return [claim.title for claim in claims.order_by("title")]

    def due(self):
        return self.found(Claim.objects.check_due(self.TODAY))

    @pytest.mark.parametrize(
        ("kind", "last_fresh_day"),
        [
            ("key_figure", "2025-11-24"),
            ("codebase_share", "2025-11-24"),
            ("use_case", "2024-11-24"),
            ("open_source", "2024-11-24"),
            ("strength", "2023-11-24"),
            ("weakness", "2023-11-24"),
        ],
    )
    def test_a_check_is_due_the_day_after_its_interval(self, kind, last_fresh_day):
        day = datetime.date.fromisoformat(last_fresh_day)
        before = day - datetime.timedelta(1)
        ClaimFactory(kind=kind, title="fresh", checked_on=day, checked_by="Ann")
        ClaimFactory(kind=kind, title="due", checked_on=before, checked_by="Ann")
        assert self.due() == ["due"]

    @pytest.mark.parametrize("kind", ["decision", "migration", "quote"])
    def test_what_happened_is_never_due(self, kind):
        ClaimFactory(kind=kind, checked_on=datetime.date(1990, 1, 1), checked_by="Ann")
        assert self.due() == []

    @pytest.mark.parametrize(
        ("created", "due"),
        [
            ("2025-11-23T23:59:59.999999+00:00", ["claim"]),
            ("2025-11-24T00:00:00+00:00", []),
        ],
    )
    def test_one_that_was_never_checked_counts_from_the_day_it_was_entered(self, created, due):
        claim = ClaimFactory(kind="key_figure", title="claim")
        when = datetime.datetime.fromisoformat(created)
        Claim.objects.filter(pk=claim.pk).update(created=when)
        assert self.due() == due

    def test_nothing_is_due_when_no_kind_ever_is(self, settings):
        settings.REVIEW_MONTHS = dict.fromkeys(ClaimKind.values, 0)
        ClaimFactory(checked_on=datetime.date(1990, 1, 1), checked_by="Ann")
        assert self.due() == []

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    @pytest.mark.parametrize("of", ["status", "company__status"])
    def test_only_what_visitors_see_is_checked(self, status, of):
        ClaimFactory(title="old", checked_on=datetime.date(1990, 1, 1), checked_by="Ann")
        ClaimFactory(checked_on=datetime.date(1990, 1, 1), checked_by="Ann", **{of: status})
        ClaimFactory(title="never")
        ClaimFactory(**{of: status})
        assert self.due() == ["old"]
        assert self.found(Claim.objects.never_checked()) == ["never"]

    def test_in_review(self):
        ClaimFactory(title="in review", status="in_review")
        ClaimFactory(status="draft")
        assert self.found(Claim.objects.in_review()) == ["in review"]

    @pytest.mark.parametrize("of", ["status", "company__status"])
    def test_what_is_withdrawn_needs_no_better_source(self, of):
        for claim in (
            ClaimFactory(title="draft", status="draft", source__tier=Tier.SECONDARY),
            ClaimFactory(source__tier=Tier.SECONDARY, **{of: "withdrawn"}),
        ):
            CitationFactory(claim=claim, agreement=Agreement.CONTRADICTS)
        assert self.found(Claim.objects.resting_on_one_report()) == ["draft"]
        assert self.found(Claim.objects.contradicted()) == ["draft"]

    def test_a_claim_contradicted_twice_is_found_once(self):
        claim = ClaimFactory(title="claim")
        for _ in range(2):
            CitationFactory(claim=claim, agreement=Agreement.CONTRADICTS)
        assert self.found(Claim.objects.contradicted()) == ["claim"]
