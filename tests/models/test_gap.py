import pytest

from companies.models import ClaimKind, Finding, Gap
from tests.factories import (
    CompanyFactory,
    DomainFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def test_findings_on_different_subjects_stand_side_by_side():
    company, technology, domain = CompanyFactory(), TechnologyFactory(), DomainFactory()
    subjects = [
        {"claim_kind": ClaimKind.QUOTE},
        {"claim_kind": ClaimKind.KEY_FIGURE},
        {"claim_kind": "", "technology": technology},
        {"claim_kind": "", "domain": domain},
        {"claim_kind": "", "technology": technology, "domain": domain},
        {"claim_kind": ClaimKind.QUOTE, "technology": technology, "domain": domain},
    ]
    for subject in subjects:
        GapFactory(company=company, **subject).full_clean()
    GapFactory(claim_kind=ClaimKind.QUOTE).full_clean()
    assert Gap.objects.filter(company=company).count() == len(subjects)


@pytest.mark.parametrize("finding", [Finding.UNKNOWN, Finding.NOT_APPLICABLE])
def test_only_none_needs_a_source(finding):
    GapFactory(finding=finding, source=None).full_clean()
    GapFactory(finding=Finding.NONE, source=SourceFactory()).full_clean()
