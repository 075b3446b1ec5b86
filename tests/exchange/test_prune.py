from typing import Any

import pytest

from companies.exchange.load import load
from companies.exchange.summary import Count
from companies.models import Claim, Company, CompanyList, Status
from tests.factories import ClaimFactory, CompanyFactory, CompanyListFactory

pytestmark = pytest.mark.django_db


def test_without_pruning_what_is_in_no_file_stays(loaded):
    loaded.acme["claims"].pop()
    assert load(loaded.write()).total == Count(unchanged=11)
    assert Claim.objects.get(key="acme-04").status == Status.DRAFT


def test_pruning_withdraws_what_is_in_no_file_and_deletes_nothing(loaded):
    ClaimFactory(key="other-1", company__slug="other")
    CompanyListFactory(slug="old")
    loaded.acme["claims"].pop()
    claims = Claim.objects.filter(key__in=["other-1", "acme-04"])
    absent: list[Any] = [
        *claims,
        Company.objects.get(slug="other"),
        CompanyList.objects.get(slug="old"),
    ]
    summary = load(loaded.write(), prune=True)
    withdrawn = {kind: count.withdrawn for kind, count in summary.counts.items()}
    assert withdrawn["claims"] == 2
    assert (withdrawn["companies"], withdrawn["lists"]) == (1, 1)
    for record in absent:
        updated = record.updated
        record.refresh_from_db()
        assert record.status == Status.WITHDRAWN
        assert record.updated > updated
    assert load(loaded.write(), prune=True).total.withdrawn == 0


def test_what_was_withdrawn_returns_with_its_file(loaded):
    claim = loaded.acme["claims"].pop(0)
    load(loaded.write(), prune=True)
    loaded.acme["claims"].insert(0, claim)
    assert load(loaded.write(), prune=True).counts["claims"].changed == 1
    assert Claim.objects.get(key="acme-01").status == Status.PUBLISHED


def test_pruning_leaves_alone_what_the_files_say_nothing_on(loaded):
    del loaded["lists.yaml"]
    CompanyFactory(slug="other")
    summary = load(loaded.write(), prune=True)
    assert (summary.counts["lists"].withdrawn, summary.counts["companies"].withdrawn) == (0, 1)
    assert Company.objects.get(slug="other").status == Status.WITHDRAWN
    directory = loaded.write()
    for path in (directory / "companies").iterdir():
        path.unlink()
    (directory / "companies").rmdir()
    assert load(directory, prune=True).total.withdrawn == 0
