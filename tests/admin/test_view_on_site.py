import pytest

from companies.models import Status
from tests.admin.conftest import address
from tests.factories import (
    ClaimFactory,
    ClaimTechnologyFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)


def link(client, page, row):
    context = client.get(address(f"{page}_change", row.pk)).context
    return context["absolute_url"] if context["has_absolute_url"] else None


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("claim", ClaimFactory),
        ("usecase", ClaimFactory),
        ("company", CompanyFactory),
        ("companylist", CompanyListFactory),
        ("domain", DomainFactory),
        ("source", lambda: ClaimFactory().source),
        ("technology", lambda: ClaimTechnologyFactory().technology),
    ],
)
def test_a_row_with_a_public_page_links_to_it(admin_client, client, page, make):
    row = make()
    url = link(admin_client, page, row)
    assert url == row.get_absolute_url()
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("page", "make"),
    [
        ("claim", lambda: ClaimFactory(status=Status.DRAFT)),
        ("claim", lambda: ClaimFactory(status=Status.WITHDRAWN)),
        ("usecase", lambda: ClaimFactory(company__status=Status.DRAFT)),
        ("company", lambda: CompanyFactory(status=Status.IN_REVIEW)),
        ("companylist", lambda: CompanyListFactory(status=Status.DRAFT)),
        ("source", SourceFactory),
        ("technology", TechnologyFactory),
        ("source", lambda: ClaimFactory(status=Status.DRAFT).source),
    ],
)
def test_a_row_without_a_public_page_links_nowhere(admin_client, page, make):
    assert link(admin_client, page, make()) is None
