"""The lists stay as cheap in queries, however long they get; `tests.bench.admin` takes the time."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.models import Claim
from tests.many_claims import PAGES, make_claims

FEW, MANY = 120, 600
LIMIT = 20


def queries(client, claims):
    found = {}
    for page, address in PAGES.items():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address.format(last=claims // 50))
        assert response.status_code == 200, page
        found[page] = len(captured)
    return found


@pytest.fixture(autouse=True)
def _known_content_types(db):
    """Django remembers them from the first page on, whichever test that was."""
    for model in admin.site._registry:
        ContentType.objects.get_for_model(model, for_concrete_model=False)


def test_every_list_costs_the_same_and_under_twenty_queries_with_ten_times_the_claims(admin_client):
    make_claims(FEW)
    few = queries(admin_client, FEW)
    make_claims(MANY)
    assert Claim.objects.count() == MANY
    assert queries(admin_client, MANY) == few
    assert max(few.values()) < LIMIT, few


@pytest.mark.parametrize(
    ("page", "expected"),
    [("claims, facets", 14), ("companies, facets", 9), ("sources, facets", 9)],
)
def test_show_counts_costs_one_query_for_each_filter(
    admin_client, django_assert_num_queries, page, expected
):
    make_claims(FEW)
    with django_assert_num_queries(expected):
        admin_client.get(PAGES[page])
