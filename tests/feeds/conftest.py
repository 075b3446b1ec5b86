import pytest

from companies.exchange.revisions import record_missing
from companies.models import Revision
from tests.factories import ClaimFactory


@pytest.fixture
def claim():
    """Its history has nothing but its own publication."""
    row = ClaimFactory(key="acme-01", title="Back end", company__slug="acme", company__name="Acme")
    record_missing()
    Revision.objects.exclude(name="acme-01").delete()
    return row
