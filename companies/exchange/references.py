"""What rows must fulfil together: with each other, and with what the database holds already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model

from companies.exchange import former_names
from companies.exchange.catalogue import Catalogue, Table
from companies.exchange.identity import Identity
from companies.exchange.logo_files import LogoFile
from companies.exchange.placed import Placed
from companies.exchange.problem import Problem, did_you_mean
from companies.exchange.schema import ClaimRow
from companies.exchange.table_write import batches
from companies.models import Claim, ClaimKind, Company, Domain, Source, Technology


def problems(
    catalogue: Catalogue, identity: Identity, *, may_move: bool = False
) -> Iterator[Problem]:
    """`may_move`: a claim may go to another company, because that claim itself is meant."""
    yield from identity.problems
    yield from former_names.problems(catalogue)
    yield from _unknown(catalogue, identity)
    yield from _taken(catalogue.domains, Domain, "slug", "name", str)
    yield from _taken(catalogue.technologies, Technology, "slug", "name", str.lower)
    yield from _taken(catalogue.sources, Source, "key", "url", str)
    if not may_move:
        yield from _claims_of_others(catalogue, identity)
    yield from _unattributed(catalogue)
    yield from _repeated_gaps(catalogue)
    yield from _own_ancestors(catalogue, identity)


class _Known:
    """The names that may be referred to."""

    def __init__(self, table: Table[Any], stored: Iterable[str], noun: str) -> None:
        self.names = {*table.places, *stored}
        self.is_partial = table.is_partial
        self.noun = noun
        self.close: dict[str, str] = {}

    def check(self, row: Placed[Any] | LogoFile, name: str, *field: str | int) -> Iterator[Problem]:
        if name and name not in self.names and not self.is_partial:
            # Kept, because a word misspelt once is often misspelt a hundred times.
            if name not in self.close:
                self.close[name] = did_you_mean(name, self.names)
            yield row.problem(f"there is no {self.noun} “{name}”{self.close[name]}", *field)


def _stored(model: type[Model], field: str) -> Iterable[str]:
    return model._default_manager.values_list(field, flat=True)


def _unknown(catalogue: Catalogue, identity: Identity) -> Iterator[Problem]:
    technologies = _stored(Technology, "slug")
    technology = _Known(catalogue.technologies, technologies, "technology").check
    source = _Known(catalogue.sources, _stored(Source, "key"), "source").check
    domain = _Known(catalogue.domains, _stored(Domain, "slug"), "domain").check
    company = _Known(catalogue.companies, identity.slugs(), "company").check
    for owner in catalogue.companies:
        yield from company(owner, owner.row.parent, "parent")
    for slug, logo in catalogue.logos.items():
        if logo:
            yield from company(logo, slug)
    for claim in catalogue.claims:
        yield from domain(claim, claim.row.domain, "domain")
        yield from source(claim, claim.row.source, "source")
        for index, named in enumerate(claim.row.technologies):
            yield from technology(claim, named.technology, "technologies", index, "technology")
        for index, share in enumerate(claim.row.shares):
            yield from technology(claim, share.technology, "shares", index, "technology")
        for index, citation in enumerate(claim.row.citations):
            yield from source(claim, citation.source, "citations", index, "source")
    for gap in catalogue.gaps:
        yield from technology(gap, gap.row.technology, "technology")
        yield from domain(gap, gap.row.domain, "domain")
        yield from source(gap, gap.row.source, "source")
    for company_list in catalogue.lists:
        yield from source(company_list, company_list.row.source, "source")
        for index, entry in enumerate(company_list.row.entries):
            yield from company(company_list, entry.company, "entries", index, "company")


def _taken(
    table: Table[Any],
    model: type[Model],
    name_field: str,
    field: str,
    folded: Callable[[str], str],
) -> Iterator[Problem]:
    """Two rows with one value where it must be unique, both in the files or one in the database."""
    holders = {
        folded(value): f"{name} in the database"
        for name, value in model._default_manager.values_list(name_field, field)
        if name not in table.rows
    }
    for row in table:
        value = folded(getattr(row.row, field))
        if value in holders:
            yield row.problem(f"{holders[value]} has the same", field)
        else:
            holders[value] = f"{row.place.name} ({row.place})"


def _claims_of_others(catalogue: Catalogue, identity: Identity) -> Iterator[Problem]:
    """Keys that belong to another company, unless its file is here and has given them up."""
    for keys in batches(catalogue.claims.rows):
        stored = Claim.objects.filter(key__in=keys)
        for key, slug in stored.values_list("key", "company__slug"):
            claim = catalogue.claims.rows[key]
            if slug != identity.stored_slug(claim.company) and not identity.is_in_files(slug):
                yield claim.problem(f"is the key of a claim of {slug} in the database", "key")


def _unattributed(catalogue: Catalogue) -> Iterator[Problem]:
    """Quotes whose speaker neither the claim nor its source names."""
    nobody = {source.row.key for source in catalogue.sources if not source.row.author}
    quotes = [claim for claim in catalogue.claims if _lacks_speaker(claim.row)]
    asked = {quote.row.source for quote in quotes} - set(catalogue.sources.places)
    nobody |= set(Source.objects.filter(key__in=asked, author="").values_list("key", flat=True))
    for quote in quotes:
        if quote.row.source in nobody:
            reason = "is missing: the source doesn't name its author either"
            yield quote.problem(reason, "speaker")
    stored = Claim.objects.filter(kind=ClaimKind.QUOTE, speaker="")
    for key, source in stored.values_list("key", "source__key"):
        if key not in catalogue.claims.places and source in nobody & set(catalogue.sources.rows):
            reason = f"is missing: {key} in the database is a quote that names no speaker"
            yield catalogue.sources.rows[source].problem(reason, "author")


def _lacks_speaker(claim: ClaimRow) -> bool:
    return claim.kind == "quote" and bool(claim.quotation) and not claim.speaker


def _repeated_gaps(catalogue: Catalogue) -> Iterator[Problem]:
    seen: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for gap in catalogue.gaps:
        subject = (gap.row.claim_kind, gap.row.technology, gap.row.domain)
        if subject in seen[gap.company]:
            yield gap.problem("there is a finding on this already")
        seen[gap.company].add(subject)


def _own_ancestors(catalogue: Catalogue, identity: Identity) -> Iterator[Problem]:
    children = [company for company in catalogue.companies if company.row.parent]
    if not children:
        return
    stored = Company.objects.exclude(parent=None).values_list("slug", "parent__slug")
    parents = {
        slug: identity.slug(parent) for slug, parent in stored if not identity.is_in_files(slug)
    }
    parents |= {company.row.slug: company.row.parent for company in children}
    for company in children:
        above: set[str] = set()
        slug = parents.get(company.row.parent)
        while slug and slug not in above:
            if slug == company.row.slug:
                yield company.problem("makes the company its own ancestor", "parent")
                break
            above.add(slug)
            slug = parents.get(slug)
