from decimal import Decimal

import pytest

from companies.models import ClaimKind, ClaimTechnology, CodebaseShare, Role, TechnologyKind
from tests.factories import (
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("version", "words"), [("", "Python (chose)"), ("3.5", "Python 3.5 (chose)")]
)
def test_a_use_names_technology_version_and_role(version, words):
    use = ClaimTechnologyFactory.build(technology__name="Python", version=version, role=Role.CHOSE)
    assert str(use) == words


def test_a_share_names_technology_version_and_percentage_as_stated():
    share = CodebaseShareFactory(
        technology__name="Python", version="3", percentage=Decimal("62.5"), qualifier="about"
    )
    assert str(CodebaseShare.objects.get(pk=share.pk)) == "Python 3: about 62.5%"


@pytest.mark.parametrize(
    ("role", "in_use"),
    [
        (Role.USES, True),
        (Role.CHOSE, True),
        (Role.MIGRATED_TO, True),
        (Role.REJECTED, False),
        (Role.MIGRATED_FROM, False),
    ],
)
def test_a_technology_is_in_use_unless_rejected_or_left(role, in_use):
    assert ClaimTechnologyFactory.build(role=role).is_in_use is in_use


def test_languages_of_companies_are_those_in_use_most_named_first():
    python, java = TechnologyFactory(name="Python"), TechnologyFactory(name="Java")
    cobol = TechnologyFactory(name="COBOL")
    django = TechnologyFactory(name="Django", kind=TechnologyKind.FRAMEWORK)
    company, silent, other = CompanyFactory.create_batch(3)
    ClaimFactory(company=company, technologies=[python, java, django])
    ClaimFactory(company=company, technologies={python: Role.CHOSE, cobol: Role.MIGRATED_FROM})
    ClaimFactory(company=other, technologies=[java])
    languages = ClaimTechnology.objects.languages_of([company, silent])
    assert set(languages) == {company.pk}
    assert [language["name"] for language in languages[company.pk]] == ["Python", "Java"]


def test_role_counts_count_companies_in_the_order_of_the_roles():
    python = TechnologyFactory()
    company = CompanyFactory()
    for _ in range(2):
        ClaimFactory(company=company, technologies={python: Role.REJECTED})
    ClaimFactory(company=company, technologies={python: Role.USES})
    ClaimFactory(technologies={python: Role.USES})
    ClaimFactory(technologies=[TechnologyFactory()])
    counts = ClaimTechnology.objects.role_counts(python)
    assert counts == [(Role.USES, 2), (Role.REJECTED, 1)]


def test_shares_are_ranked_within_their_basis():
    python = TechnologyFactory()
    for basis, share in (("services", 10), ("lines of code", 20), ("services", 80), ("jobs", 100)):
        ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, basis=basis, shares={python: share, "Java": 0})
    ranked = CodebaseShare.objects.ranked_by_basis(python)
    assert [(share.claim.basis, share.percentage) for share in ranked] == [
        ("jobs", 100),
        ("lines of code", 20),
        ("services", 80),
        ("services", 10),
    ]
