"""Withdrawing what the files no longer hold. Nothing is deleted: addresses and history stay."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from companies.exchange.loading import Loading
from companies.exchange.table_write import batches
from companies.models import Claim, Company, CompanyList, Status


def withdraw_absent(loading: Loading) -> None:
    """Withdraw the companies, claims and lists that are in no file, and count them.

    Where there is no lists.yaml, or no directory of companies, nothing is said on them.
    """
    catalogue, counts = loading.catalogue, loading.summary.counts
    if catalogue.has_companies:
        counts["companies"].withdrawn = _withdraw(
            Company, "slug", catalogue.companies.rows, loading.now
        )
        counts["claims"].withdrawn = _withdraw(Claim, "key", catalogue.claims.rows, loading.now)
    if catalogue.has_lists:
        counts["lists"].withdrawn = _withdraw(
            CompanyList, "slug", catalogue.lists.rows, loading.now
        )


def _withdraw(model: Any, name: str, present: Collection[str], now: datetime.datetime) -> int:
    stored = model.objects.exclude(status=Status.WITHDRAWN).order_by("pk").values_list("pk", name)
    absent = [pk for pk, value in stored if value not in present]
    for batch in batches(absent):
        model.objects.filter(pk__in=batch).update(status=Status.WITHDRAWN, updated=now)
    return len(absent)
