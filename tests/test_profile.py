"""The numbers that open a profile."""

import pytest

from companies.evidence import Agreement, Grade, Tier
from companies.models import Claim, ClaimKind, Role
from companies.profile import dated, groups, key_data, technologies_in_use
from tests.factories import CitationFactory, ClaimFactory, CompanyFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    return CompanyFactory()


def claims():
    return list(Claim.objects.published().with_parts().newest_first())


def test_without_claims_there_are_no_numbers():
    assert key_data([]) is None
    assert groups([]) == []
    assert dated([]) is None


def test_the_numbers_count_claims_documents_technologies_and_disputes(acme):
    one, other = SourceFactory(), SourceFactory()
    first = ClaimFactory(company=acme, source=one, as_of="2016-05", technologies=["Go", "Perl"])
    ClaimFactory(company=acme, source=one, as_of="2019", technologies={"Go": Role.CHOSE})
    third = ClaimFactory(company=acme, as_of="", technologies={"PHP": Role.MIGRATED_FROM})
    CitationFactory(claim=first, source=other, agreement=Agreement.CONTRADICTS, as_reported="No.")
    CitationFactory(claim=third, source=one, agreement=Agreement.DIFFERS, as_reported="So so.")
    found = key_data(claims())
    assert (found.claims, found.sources, found.technologies) == (3, 3, 2)
    assert (found.newest, found.disputed) == ("2019", 1)


def test_the_newest_date_of_undated_claims_is_none(acme):
    ClaimFactory(company=acme, as_of="")
    assert key_data(claims()).newest == ""


def test_the_best_evidence_is_the_best_that_any_claim_has(acme):
    tiers = (Tier.SECONDARY, Tier.SECONDARY, Tier.PRIMARY, Tier.MEASURED)
    expected = (Grade.REPORTED, Grade.REPORTED, Grade.PRIMARY, Grade.MEASURED)
    for tier, grade in zip(tiers, expected, strict=True):
        ClaimFactory(company=acme, source__tier=tier)
        assert key_data(claims()).best is grade
    assert key_data(claims()).grades == [
        (Grade.MEASURED, 1),
        (Grade.PRIMARY, 1),
        (Grade.CORROBORATED, 0),
        (Grade.REPORTED, 2),
    ]


@pytest.mark.parametrize(
    ("first_hand", "second_hand", "percentage"),
    [(0, 1, 0), (1, 0, 100), (1, 1, 50), (2, 1, 66), (1, 5, 16)],
)
def test_first_hand_evidence_is_a_share_of_all_claims(acme, first_hand, second_hand, percentage):
    ClaimFactory.create_batch(first_hand, company=acme, source__tier=Tier.PRIMARY)
    ClaimFactory.create_batch(second_hand, company=acme, source__tier=Tier.SECONDARY)
    found = key_data(claims())
    assert (found.first_hand, found.first_hand_percentage) == (first_hand, percentage)


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 300, 1), (299, 300, 99)])
def test_nothing_and_all_are_said_only_where_they_are_true(acme, part, whole, said):
    primary, secondary = SourceFactory(), SourceFactory(tier=Tier.SECONDARY)
    one = ClaimFactory(company=acme, source=primary, as_of="2016")
    other = ClaimFactory(company=acme, source=secondary, as_of="2017")
    newest, oldest = claims()
    assert (newest, oldest) == (other, one)
    found = key_data([oldest] * part + [newest] * (whole - part))
    assert found.first_hand_percentage == said


def test_a_technology_counts_once_per_claim_and_the_most_named_comes_first(acme):
    ClaimFactory(company=acme, technologies={"Zig": Role.USES, "Ada": Role.USES})
    ClaimFactory(company=acme, technologies={"Go": Role.USES}, kind=ClaimKind.DECISION)
    ClaimFactory(
        company=acme,
        kind="codebase_share",
        technologies={"Go": Role.USES},
        shares={"Go": 9, "C": 1},
    )
    ClaimFactory(company=acme, technologies={"PHP": Role.REJECTED})
    names = [technology.name for technology in technologies_in_use(claims())]
    assert names == ["Go", "Ada", "C", "Zig"]
