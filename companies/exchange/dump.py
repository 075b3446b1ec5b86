"""From the database to files, in the one form that `load` takes and that compares well in git."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Prefetch, QuerySet

from companies.exchange import rows, rules
from companies.exchange.catalogue import COMPANIES, read_catalogue
from companies.exchange.database_words import error_in_words
from companies.exchange.directory import Directory
from companies.exchange.problem import CatalogueError, Problem
from companies.exchange.progress import Bar, no_bar
from companies.models import Claim, Company, CompanyList, Domain, Gap, Source, Status, Technology

# Companies fetched at a time.
BATCH = 200


@dataclass
class Content:
    """What goes into the files, each kind in the order it is written."""

    domains: list[rows.Written] = field(default_factory=list)
    technologies: list[rows.Written] = field(default_factory=list)
    sources: list[rows.Written] = field(default_factory=list)
    lists: list[rows.Written] = field(default_factory=list)
    companies: list[rows.Written] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "domains": len(self.domains),
            "technologies": len(self.technologies),
            "sources": len(self.sources),
            "companies": len(self.companies),
            "claims": sum(len(company.get("claims", ())) for company in self.companies),
            "lists": len(self.lists),
        }


@dataclass(frozen=True)
class Dumped:
    """How many rows of each kind were written, and which of them `load` would refuse.

    The database holds what its constraints allow; what only the forms check may have come in by
    another way.
    """

    counts: dict[str, int]
    problems: list[Problem]
    # Files of companies that are not in the catalogue: theirs to load who wrote them.
    left: list[Path]


def dump(
    directory: Path,
    *,
    published: bool = False,
    prune: bool = False,
    force: bool = False,
    bar: Bar = no_bar,
) -> Dumped:
    """Write the catalogue into the directory.

    `prune` removes the files of companies that are not in the catalogue; `published` leaves out
    whatever visitors can't see, and what only that refers to; `force` takes a directory that holds
    something else. Raises CatalogueError if the directory can't be written.
    """
    target = Directory(directory, force=force)
    try:
        with one_moment():
            content = read_content(published=published, bar=bar)
    except DatabaseError as error:
        raise CatalogueError(f"The database answered: {error_in_words(error)}") from error
    with bar("Writing files", len(content.companies)) as writing:
        for company in content.companies:
            target.write(f"{COMPANIES}/{company['slug']}.yaml", company)
            writing.update(1)
    for kind in ("domains", "technologies", "sources", "lists"):
        target.write(f"{kind}.yaml", getattr(content, kind))
    left = target.others()
    if prune:
        for path in left:
            path.unlink()
        left = []
    written = read_catalogue(directory, bar)
    problems = [*written.problems, *rules.problems(written, rules.today())]
    return Dumped(content.counts, problems, left)


def read_content(*, published: bool, bar: Bar = no_bar) -> Content:
    companies = Company.objects.published() if published else Company.objects.all()
    lists = CompanyList.objects.published() if published else CompanyList.objects.all()
    # Sorted here, because databases disagree on where a hyphen belongs.
    content = Content(
        domains=_sorted(rows.domain_row(domain) for domain in Domain.objects.all()),
        technologies=_sorted(
            rows.technology_row(one) for one in Technology.objects.prefetch_related("former_slugs")
        ),
        sources=_sorted(
            rows.source_row(one) for one in Source.objects.prefetch_related("former_keys")
        ),
        lists=_sorted(_list_rows(lists, published)),
    )
    with bar("Reading companies", companies.count()) as reading:
        for row in _company_rows(companies, published):
            if published:
                # Who checked a claim is on no page, and a day without a checker is refused.
                for claim in row.get("claims", ()):
                    claim.pop("checked_on", None)
                    claim.pop("checked_by", None)
            content.companies.append(row)
            reading.update(1)
    if published:
        content.technologies = _mentioned(content, "technology", content.technologies)
        content.sources = _mentioned(content, "source", content.sources)
    return content


def _company_rows(companies: QuerySet[Company], published: bool) -> Iterator[rows.Written]:
    claims = Claim.objects.published() if published else Claim.objects.all()
    fetched = companies.select_related("parent").prefetch_related(
        "aliases",
        "former_slugs",
        Prefetch("gaps", Gap.objects.select_related("technology", "domain", "source")),
        Prefetch("claims", claims.with_parts()),
    )
    for company in fetched.iterator(BATCH):
        parent = company.parent if company.parent and _is_in(company.parent, published) else None
        in_order = sorted(company.claims.all(), key=lambda claim: claim.key)
        yield rows.company_row(company, parent, in_order)


def _list_rows(lists: QuerySet[CompanyList], published: bool) -> Iterator[rows.Written]:
    for company_list in lists.select_related("source").prefetch_related("entries__company"):
        entries = [
            entry for entry in company_list.entries.all() if _is_in(entry.company, published)
        ]
        yield rows.list_row(company_list, entries)


def _is_in(company: Company, published: bool) -> bool:
    return company.status == Status.PUBLISHED or not published


def _sorted(written: Iterator[rows.Written]) -> list[rows.Written]:
    # The first field of every row is its slug or key.
    return sorted(written, key=lambda row: str(next(iter(row.values()))))


def _mentioned(content: Content, field: str, candidates: list[rows.Written]) -> list[rows.Written]:
    names = {*_values(content.companies, field), *_values(content.lists, field)}
    return [row for row in candidates if next(iter(row.values())) in names]


def _values(value: Any, field: str) -> Iterator[str]:
    """Everything that stands in a field of this name, however deep."""
    if isinstance(value, list):
        for one in value:
            yield from _values(one, field)
    elif isinstance(value, dict):
        if field in value:
            yield value[field]
        for one in value.values():
            yield from _values(one, field)


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
