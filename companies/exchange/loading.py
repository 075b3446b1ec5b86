"""Writing rows that are known to be good: what refers to others after what it refers to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model

from companies.exchange import columns
from companies.exchange.catalogue import Catalogue
from companies.exchange.columns import (
    CLAIMS,
    COMPANIES,
    DOMAINS,
    LISTS,
    SOURCES,
    TECHNOLOGIES,
    Ids,
)
from companies.exchange.identity import Identity
from companies.exchange.placed import Placed
from companies.exchange.progress import Advancing
from companies.exchange.revisions import Cause, record
from companies.exchange.schema import ClaimRow
from companies.exchange.snapshot import subject_of
from companies.exchange.summary import Summary
from companies.exchange.table_write import BATCH, Target, Wanted, Written, batches, write
from companies.models import Company, Logo, Source

# Any number that nothing else of ours locks.
_LOCK = 5_271_979


class Loading:
    """One run; `summary` counts what it did."""

    def __init__(
        self, catalogue: Catalogue, identity: Identity, now: datetime.datetime, cause: Cause
    ) -> None:
        self.catalogue, self.identity, self.now, self.cause = catalogue, identity, now, cause
        self.summary = Summary()
        self.ids = Ids()
        self._touched: list[tuple[type[Model], list[int]]] = []

    def run(self, progress: Advancing) -> None:
        self.write(progress)
        for model, ids in self._touched:
            # In batches here as well, so that not all revisions are in memory at once.
            for batch in batches(ids):
                record(subject_of(model), batch, self.cause)

    def write(self, progress: Advancing) -> None:
        """Without the history, for whoever keeps it."""
        self._simple("domains", DOMAINS, self.catalogue.domains)
        self._simple("technologies", TECHNOLOGIES, self.catalogue.technologies)
        authors = self._authors_to_drop()
        self._simple("sources", SOURCES, self.catalogue.sources, authors)
        self._companies()
        for claims in batches(self.catalogue.claims):
            self._claims(claims)
            progress.update(len(claims))
        for batch in batches(authors):
            Source.objects.filter(key__in=batch).update(author="", updated=self.now)
        self._lists()

    def _authors_to_drop(self) -> dict[str, str]:
        """Authors who leave a source only after its quotes have been given their speakers.

        The database wants one of the two named at every moment.
        """
        nameless = [source.row.key for source in self.catalogue.sources if not source.row.author]
        authors: dict[str, str] = {}
        for batch in batches(nameless):
            stored = Source.objects.filter(key__in=batch).exclude(author="")
            authors |= dict(stored.values_list("key", "author"))
        return authors

    def _simple(
        self,
        kind: str,
        target: Target[Any],
        table: Iterable[Placed[Any]],
        authors: Mapping[str, str] | None = None,
    ) -> None:
        wanted = {
            row.place.name: Wanted(columns.plain(row.row), columns.former_names(row.row))
            for row in table
        }
        for key, author in (authors or {}).items():
            wanted[key].columns["author"] = author
        written = write(target, target.stored(wanted), wanted, self.now)
        written.changed |= set(authors or ())
        self._finish(kind, target, written)

    def _companies(self) -> None:
        gaps: dict[str, list[Any]] = {}
        for gap in self.catalogue.gaps:
            gaps.setdefault(gap.company, []).append(columns.gap(gap.row, self.ids))
        wanted = {
            company.row.slug: Wanted(
                columns.plain(company.row),
                columns.company_parts(company.row, gaps.get(company.row.slug, [])),
            )
            for company in self.catalogue.companies
        }
        names = {self.identity.stored_slug(slug): slug for slug in wanted}
        stored = COMPANIES.stored(slug for slug in names if slug)
        renamed = {names[slug]: company for slug, company in stored.items()}
        written = write(COMPANIES, renamed, wanted, self.now)
        self.ids.read(COMPANIES)
        self._parents(written)
        self._logos(written)
        self._finish("companies", COMPANIES, written)

    def _parents(self, written: Written[Company]) -> None:
        moved = []
        for company in self.catalogue.companies:
            record = written.records[company.row.slug]
            parent = self.ids.of(Company, company.row.parent)
            if record.parent_id != parent:
                record.parent_id = parent
                moved.append(record)
                if company.row.slug not in written.added:
                    written.changed.add(company.row.slug)
                    record.updated = self.now
        # Detach all first: on the way a company could become its own ancestor for a moment.
        for batch in batches(record.pk for record in moved):
            Company.objects.filter(pk__in=batch).update(parent=None)
        Company.objects.bulk_update(moved, ["parent", "updated"], batch_size=BATCH)

    def _logos(self, written: Written[Company]) -> None:
        logos = self.catalogue.logos
        written.records |= COMPANIES.stored(set(logos) - set(written.records))
        for slugs in batches(logos):
            moved = []
            for slug in slugs:
                record, logo = written.records[slug], logos[slug]
                if logo.is_same_as(record.logo_id) if logo else not record.logo_id:
                    continue
                record.logo = Logo.objects.keep(logo.png) if logo else None
                moved.append(record)
                if slug not in written.added:
                    written.changed.add(slug)
                    record.updated = self.now
            Company.objects.bulk_update(moved, ["logo", "updated"])

    def _claims(self, claims: list[Placed[ClaimRow]]) -> None:
        wanted = {
            claim.row.key: Wanted(
                columns.claim(claim.row, claim.company, self.ids),
                columns.claim_parts(claim.row, self.ids),
            )
            for claim in claims
        }
        written = write(CLAIMS, CLAIMS.stored(wanted), wanted, self.now)
        self._finish("claims", CLAIMS, written)

    def _lists(self) -> None:
        wanted = {
            company_list.row.slug: Wanted(
                columns.company_list(company_list.row, self.ids),
                columns.list_parts(company_list.row, self.ids),
            )
            for company_list in self.catalogue.lists
        }
        self._finish("lists", LISTS, write(LISTS, LISTS.stored(wanted), wanted, self.now))

    def _finish(self, kind: str, target: Target[Any], written: Written[Any]) -> None:
        self.summary.count(kind, len(written.records), len(written.added), len(written.changed))
        names = sorted(written.added | written.changed)
        self._touched.append((target.model, [written.records[name].pk for name in names]))
        if kind not in ("claims", "lists"):
            self.ids.read(target)


def wait_for_other_loads() -> None:
    """Two at once would each take an entry for new, or, as two servers start, the database for
    empty.

    An editor doesn't wait for a load: whoever locks a row and then waits for whoever waits for that
    row never ends. SQLite has locked the whole database with the transaction already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
