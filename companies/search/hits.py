"""What was found, with the fields that matched and the words in them marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from companies.models import (
    Citation,
    Claim,
    ClaimKind,
    Company,
    CompanyAlias,
    Subject,
    Technology,
)
from companies.search import marks
from companies.search.engine import Match
from companies.search.highlight import Highlighter, Piece
from companies.search.marks import Facet
from companies.search.query import Query
from companies.search.rowids import entry

# Of the fields that matched, a hit shows so many besides its title.
MOST_FIELDS = 4


class Field(NamedTuple):
    """`name` is what files call it, `label` what pages do."""

    name: str
    label: Any
    pieces: list[Piece]


@dataclass(frozen=True)
class Hit:
    subject: Subject
    record: Any
    title: list[Piece]
    # Those that matched, besides the title.
    fields: list[Field] = field(default_factory=list)
    title_matched: bool = False

    @property
    def address(self) -> str:
        address: str = self.record.get_absolute_url()
        return address

    @property
    def kind(self) -> str:
        return str(self.record.kind) if self.claim else str(self.subject)

    @property
    def claim(self) -> Claim | None:
        return self.record if isinstance(self.record, Claim) else None

    @property
    def shown_fields(self) -> list[Field]:
        return self.fields[:MOST_FIELDS]

    @property
    def matched(self) -> list[str]:
        """The names of all fields that matched."""
        return [*(["title"] if self.title_matched else []), *(one.name for one in self.fields)]


@dataclass
class Loaded:
    """The rows behind a page of matches and its facets."""

    companies: Mapping[int, Company]
    technologies: Mapping[int, Technology]
    claims: Mapping[int, Claim]
    aliases: dict[int, list[str]]


def load(
    matches: Iterable[Match], technologies: Collection[int] = (), claims: Any = None
) -> Loaded:
    """Everything that the matches show, and further technologies: five queries at most.

    `claims` is how claims are fetched, if not with all that their grade rests on: four queries.
    """
    ids: dict[Subject, set[int]] = {subject: set() for subject in Subject}
    ids[Subject.TECHNOLOGY] |= set(technologies)
    for match in matches:
        subject, pk = entry(match.rowid)
        ids[subject].add(pk)
        ids[Subject.TECHNOLOGY] |= technologies_of(match)
    cited = Prefetch("citations", Citation.objects.select_related("source"))
    if claims is None:
        claims = Claim.objects.published().prefetch_related(cited)
    claims = claims.filter(pk__in=ids[Subject.CLAIM]).select_related("company", "domain", "source")
    loaded = Loaded(
        {one.pk: one for one in Company.objects.published().filter(pk__in=ids[Subject.COMPANY])},
        {one.pk: one for one in Technology.objects.filter(pk__in=ids[Subject.TECHNOLOGY])},
        {one.pk: one for one in claims},
        {},
    )
    named = set(loaded.companies) | {claim.company_id for claim in loaded.claims.values()}
    aliases = CompanyAlias.objects.filter(company__in=named).order_by("pk")
    for company, name in aliases.values_list("company", "name"):
        loaded.aliases.setdefault(company, []).append(name)
    return loaded


def technologies_of(match: Match) -> set[int]:
    return {int(pk) for pk in marks.read(match.marks).get(Facet.TECHNOLOGY, ())}


def hits(matches: Iterable[Match], query: Query, loaded: Loaded) -> list[Hit]:
    """In the order of the matches; without what was withdrawn since they were found."""
    highlighter = Highlighter(query)
    found = (_hit(match, highlighter, loaded) for match in matches)
    return [hit for hit in found if hit]


def _hit(match: Match, highlighter: Highlighter, loaded: Loaded) -> Hit | None:
    subject, pk = entry(match.rowid)
    if subject == Subject.COMPANY:
        company = loaded.companies.get(pk)
        if company is None:
            return None
        return _made(subject, company, company.name, _of_company(company, loaded), highlighter)
    if subject == Subject.TECHNOLOGY:
        technology = loaded.technologies.get(pk)
        if technology is None:
            return None
        return _made(subject, technology, technology.name, _of_technology(technology), highlighter)
    claim = loaded.claims.get(pk)
    if claim is None:
        return None
    names = [
        technology.name
        for pk in sorted(technologies_of(match))
        if (technology := loaded.technologies.get(pk))
    ]
    return _made(subject, claim, claim.title, _of_claim(claim, names, loaded), highlighter)


def _made(
    subject: Subject,
    record: Any,
    title: str,
    texts: Iterable[tuple[str, Any, str]],
    highlighter: Highlighter,
) -> Hit:
    marked = highlighter.pieces(title)
    return Hit(
        subject,
        record,
        marked or [Piece(title)],
        list(_matching(texts, highlighter)),
        bool(marked),
    )


def _matching(texts: Iterable[tuple[str, Any, str]], highlighter: Highlighter) -> Iterator[Field]:
    for name, label, text in texts:
        if text and (pieces := highlighter.excerpt(text)):
            yield Field(name, label, pieces)


def _of_company(company: Company, loaded: Loaded) -> Iterator[tuple[str, Any, str]]:
    yield "aliases", _("Other names"), ", ".join(loaded.aliases.get(company.pk, []))
    yield "summary", _("Summary"), company.summary
    yield "industry", _("Industry"), company.industry
    yield "headquarters", _("Headquarters"), company.headquarters


def _of_technology(technology: Technology) -> Iterator[tuple[str, Any, str]]:
    yield "summary", _("Summary"), technology.summary
    yield "kind", _("Kind"), technology.get_kind_display()


def _of_claim(
    claim: Claim, technologies: list[str], loaded: Loaded
) -> Iterator[tuple[str, Any, str]]:
    yield "text", _("Statement"), claim.text
    yield "quotation", _("Quotation"), claim.quotation
    names = [claim.company.name, *loaded.aliases.get(claim.company_id, [])]
    yield "company", _("Company"), ", ".join(names)
    yield "technologies", _("Technologies"), ", ".join(technologies)
    yield "domain", _("Domain"), claim.domain.name if claim.domain else ""
    yield "speaker", _("Speaker"), claim.said_by if claim.quotation else ""
    yield "speaker_role", _("Speaker's role"), claim.speaker_role
    yield "scope", _("Scope"), claim.scope
    yield "basis", _("Basis"), claim.basis
    yield "figure", _("Figure"), f"{claim.figure_as_worded} {claim.figure_unit}".strip()
    yield "note", _("Note"), claim.note
    yield "kind", _("Kind"), str(ClaimKind(claim.kind).label)
