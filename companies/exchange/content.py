"""What the database holds as rows of the files, read while they are written.

Of what is read no more than a batch is in memory, however large the catalogue: rows come in the
order of their names, so that nothing has to be gathered and sorted first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Collate

from companies.exchange import rows
from companies.models import Claim, Company, CompanyList, Domain, Gap, Source, Status, Technology

# Rows fetched at a time, with what belongs to them.
BATCH = 200
# A list has all its companies with it.
_LISTS = 5
# Not by the rules of a language, which pass over the hyphen, and differ between machines.
_BYTE_BY_BYTE = {"sqlite": "BINARY", "postgresql": "C"}


class Content:
    """Every kind in the order of its slugs or keys; `published` is only what visitors can see.

    To be read within `one_moment`.
    """

    def __init__(self, *, published: bool) -> None:
        self.published = published
        self._companies = Company.objects.published() if published else Company.objects.all()
        self._claims = Claim.objects.published() if published else Claim.objects.all()
        self._lists = CompanyList.objects.published() if published else CompanyList.objects.all()

    def domains(self) -> Iterator[rows.Written]:
        return map(rows.domain_row, _in_order(Domain.objects.all(), "slug"))

    def technologies(self) -> Iterator[rows.Written]:
        """All of them, or those that something published names."""
        found = Technology.objects.all()
        if self.published:
            gaps = Gap.objects.published().filter(technology=OuterRef("pk"))
            found = Technology.objects.published() | Technology.objects.filter(Exists(gaps))
        return map(rows.technology_row, _in_order(found.prefetch_related("former_slugs"), "slug"))

    def sources(self) -> Iterator[rows.Written]:
        """All of them, or those that something published rests on or is held against."""
        found = Source.objects.published() if self.published else Source.objects.all()
        return map(rows.source_row, _in_order(found.prefetch_related("former_keys"), "key"))

    def lists(self) -> Iterator[rows.Written]:
        found = self._lists.select_related("source").prefetch_related("entries__company")
        for company_list in _in_order(found, "slug", batch=_LISTS):
            entries = [one for one in company_list.entries.all() if self._is_in(one.company)]
            yield rows.list_row(company_list, entries)

    def companies(self) -> Iterator[tuple[rows.Written, Iterable[rows.Written]]]:
        """Each without its claims, and these, to be read before the next company is."""
        fetched = self._companies.select_related("parent").prefetch_related(
            "aliases",
            "former_slugs",
            Prefetch("gaps", Gap.objects.select_related("technology", "domain", "source")),
        )
        # Both in one order, so that they can be read side by side.
        claims = _in_order(self._claims.with_parts(), "company__slug", "key")
        of_companies = groupby(claims, key=lambda claim: claim.company_id)
        owner, found = next(of_companies, _NO_CLAIMS)
        for company in _in_order(fetched, "slug"):
            parent = company.parent if company.parent and self._is_in(company.parent) else None
            row = rows.company_row(company, parent, ())
            if company.pk == owner:
                yield row, map(self._claim_row, found)
                owner, found = next(of_companies, _NO_CLAIMS)
            else:
                yield row, ()
        if owner is not None:
            raise RuntimeError(f"The claims of company {owner} were passed over.")

    def logos(self) -> Iterator[tuple[str, bytes]]:
        """The slug of each company that has one, and its picture."""
        found = _in_order(self._companies.exclude(logo=None).select_related("logo"), "slug")
        return ((company.slug, bytes(company.logo.png)) for company in found)

    def count_companies(self) -> int:
        return self._companies.count()

    def owners(self, keys: Iterable[str]) -> dict[str, str]:
        """The slug of its company for each of the claims that is in the content."""
        found = self._claims.filter(key__in=list(keys))
        return dict(found.values_list("key", "company__slug"))

    def with_logo(self, slugs: Iterable[str]) -> list[str]:
        found = self._companies.exclude(logo=None).filter(slug__in=list(slugs))
        return list(found.values_list("slug", flat=True))

    def _is_in(self, company: Company) -> bool:
        return company.status == Status.PUBLISHED or not self.published

    def _claim_row(self, claim: Claim) -> rows.Written:
        row = rows.claim_row(claim)
        if self.published:
            # Who checked a claim is on no page, and a day without a checker is refused.
            row.pop("checked_on", None)
            row.pop("checked_by", None)
        return row


_NO_CLAIMS: tuple[Any, Iterable[Claim]] = (None, ())


def _in_order(found: QuerySet[Any], *names: str, batch: int | None = None) -> Iterator[Any]:
    collation = _BYTE_BY_BYTE[connection.vendor]
    return found.order_by(*(Collate(F(name), collation) for name in names)).iterator(batch or BATCH)


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries see one moment, so that no reference points at what was deleted meanwhile.

    Nobody who writes waits for it; nothing may be written within.
    """
    outermost = not connection.in_atomic_block
    modes: Any = connection if connection.vendor == "sqlite" and outermost else SimpleNamespace()
    mode = getattr(modes, "transaction_mode", None)
    # Not the site's IMMEDIATE, with which SQLite lets no other writer in.
    modes.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if outermost and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        modes.transaction_mode = mode
