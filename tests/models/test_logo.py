from __future__ import annotations

import pytest
from django.db.models import ProtectedError

from companies.models import Logo, Status
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


def test_keep_stores_equal_pictures_once():
    first, second = Logo.objects.keep(b"a picture"), Logo.objects.keep(b"a picture")
    assert first == second
    assert Logo.objects.keep(b"another") != first
    assert Logo.objects.count() == 2


def test_published_has_only_logos_of_published_companies():
    shown, hidden, unused = (Logo.objects.keep(name) for name in (b"shown", b"hidden", b"unused"))
    CompanyFactory(logo=shown)
    CompanyFactory(logo=shown)
    CompanyFactory(logo=hidden, status=Status.DRAFT)
    assert unused not in Logo.objects.published()
    assert list(Logo.objects.published()) == [shown]


def test_a_logo_in_use_cannot_be_deleted():
    logo = Logo.objects.keep(b"a picture")
    CompanyFactory(logo=logo)
    with pytest.raises(ProtectedError):
        logo.delete()
