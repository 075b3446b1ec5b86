"""Withdrawing what the files no longer hold. Nothing is deleted: addresses and history stay."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from companies.exchange.loading import Loading
from companies.exchange.revisions import record
from companies.exchange.snapshot import subject_of
from companies.exchange.table_write import batches
from companies.models import Claim, Company, CompanyList, Status


def withdraw_absent(loading: Loading) -> None:
    """Withdraw the companies, claims and lists that are in no file, and count them.

    Where there is no lists.yaml, or no directory of companies, nothing is said on them.
    """
    catalogue, counts = loading.catalogue, loading.summary.counts
    if catalogue.has_companies:
        companies = _withdraw(Company, "slug", catalogue.companies.rows, loading)
        counts["companies"].withdrawn = companies
        counts["claims"].withdrawn = _withdraw(Claim, "key", catalogue.claims.rows, loading)
    if catalogue.has_lists:
        counts["lists"].withdrawn = _withdraw(CompanyList, "slug", catalogue.lists.rows, loading)


def _withdraw(model: Any, name: str, present: Collection[str], loading: Loading) -> int:
    stored = model.objects.exclude(status=Status.WITHDRAWN).order_by("pk").values_list("pk", name)
    absent = [pk for pk, value in stored if value not in present]
    for batch in batches(absent):
        model.objects.filter(pk__in=batch).update(status=Status.WITHDRAWN, updated=loading.now)
    record(subject_of(model), absent, loading.cause)
    return len(absent)
