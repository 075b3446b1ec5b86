from __future__ import annotations

import pytest

from companies.models import Company
from tests.factories import CompanyFactory


@pytest.fixture
def meta() -> Company:
    return CompanyFactory(slug="meta", name="Meta")


@pytest.fixture
def spotify() -> Company:
    return CompanyFactory(slug="spotify", name="Spotify")
