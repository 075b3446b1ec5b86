"""The sections of a comparison, in the order a reader meets them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from companies import partial_date
from companies.comparison import measured
from companies.comparison.table import NOT_APPLICABLE, NOT_RECORDED, Columns, Entry, Row, Section
from companies.comparison.technologies import technologies
from companies.models import Claim, ClaimKind, Company, CompanyKind, Status

# By the key that an address names a section by.
TITLES = {
    "glance": _("At a glance"),
    "shares": _("Codebase shares"),
    "technologies": _("Technologies"),
    "use-cases": _("Use cases by domain"),
    "figures": _("Key figures"),
    "why": _("Why"),
    "open-source": _("Open source"),
    "quotes": _("Quotes"),
}


def sections(columns: Columns) -> tuple[Section, ...]:
    """All sections that have a row."""
    rows: dict[str, Iterable[Row]] = {
        "glance": _glance(columns),
        "shares": measured.shares(columns),
        "technologies": technologies(columns),
        "use-cases": _use_cases(columns),
        "figures": measured.figures(columns),
        "why": _titled(
            columns,
            (gettext("Strengths"), ClaimKind.STRENGTH),
            (gettext("Weaknesses"), ClaimKind.WEAKNESS),
            (gettext("Decisions"), ClaimKind.DECISION),
            (gettext("Migrations"), ClaimKind.MIGRATION),
        ),
        "open-source": _titled(columns, (gettext("Released or maintained"), ClaimKind.OPEN_SOURCE)),
        "quotes": _quotes(columns),
    }
    every = (Section(key, str(title), tuple(rows[key])) for key, title in TITLES.items())
    return tuple(section for section in every if section.rows)


def _glance(columns: Columns) -> Iterator[Row]:
    by_company: dict[int, list[Claim]] = defaultdict(list)
    for claim in columns.claims:
        by_company[claim.company_id].append(claim)

    def text(words: str, address: str = "", *, is_stored: bool = False) -> Entry | None:
        return Entry(words, address=address, is_stored=is_stored) if words else None

    def parent(company: Company) -> Entry | None:
        above = company.parent
        if above is None or above.status != Status.PUBLISHED:
            return None
        return Entry(above.name, address=above.get_absolute_url())

    def evidence(company: Company) -> Entry | None:
        claims = by_company[company.pk]
        # Only the first letter: “Aus erster Hand” goes on as “aus erster Hand”.
        labels = [str(claim.grade.label) for claim in claims]
        grades = Counter(label[:1].lower() + label[1:] for label in labels)
        counts = ", ".join(
            gettext("%(count)s %(grade)s") % {"count": count, "grade": grade}
            for grade, count in grades.most_common()
        )
        number = ngettext("%(count)s claim", "%(count)s claims", len(claims))
        words = {"title": number % {"count": len(claims)}, "text": counts}
        return text(gettext("%(title)s: %(text)s") % words, company.get_absolute_url())

    def newest(company: Company) -> Entry | None:
        dated = [claim for claim in by_company[company.pk] if claim.as_of]
        if not dated:
            return None
        claim = max(dated, key=lambda claim: claim.as_of)
        return Entry(partial_date.in_words(claim.as_of), claim)

    yield columns.facts(gettext("Kind"), lambda company: text(company.get_kind_display()))
    yield columns.facts(gettext("Industry"), lambda company: text(company.industry, is_stored=True))
    yield columns.facts(
        gettext("Founded"), lambda c: text(partial_date.in_words(c.founded), c.where_to_check)
    )
    yield columns.facts(
        gettext("Headquarters"),
        lambda company: text(company.headquarters, company.where_to_check, is_stored=True),
        # A project is made by people everywhere; there is no seat to look for.
        lambda c: NOT_APPLICABLE if c.kind == CompanyKind.PROJECT else NOT_RECORDED,
    )
    yield columns.facts(gettext("Part of"), parent)
    yield columns.facts(gettext("Website"), lambda c: text(_without_scheme(c.website), c.website))
    yield columns.facts(
        gettext("Claims"), lambda company: evidence(company) if by_company[company.pk] else None
    )
    yield columns.facts(gettext("Newest claim"), newest)


def _use_cases(columns: Columns) -> Iterator[Row]:
    domains = {}
    by_domain: dict[int | None, list[Claim]] = defaultdict(list)
    for claim in columns.of_kind(ClaimKind.USE_CASE):
        by_domain[claim.domain_id].append(claim)
        if claim.domain is not None:
            domains[claim.domain_id] = claim.domain
    for domain_id, domain in sorted(domains.items(), key=lambda item: item[1].name):
        yield columns.row(
            domain.name,
            _with_text(by_domain[domain_id]),
            kind=ClaimKind.USE_CASE,
            domain_id=domain_id,
            address=domain.get_absolute_url(),
            is_stored=True,
            are_entries_stored=True,
        )
    if by_domain[None]:
        yield columns.row(
            gettext("No domain stated"),
            _with_text(by_domain[None]),
            kind=ClaimKind.USE_CASE,
            are_entries_stored=True,
        )


def _titled(columns: Columns, *kinds: tuple[str, ClaimKind]) -> Iterator[Row]:
    for label, kind in kinds:
        claims = columns.of_kind(kind)
        if claims:
            yield columns.row(label, _with_text(claims), kind=kind, are_entries_stored=True)


def _quotes(columns: Columns) -> Iterator[Row]:
    quoted = [claim for claim in columns.claims if claim.quotation]
    if quoted:
        yield columns.row(
            gettext("In their words"),
            [
                (
                    claim,
                    gettext("“%(words)s” — %(speaker)s")
                    % {"words": claim.quotation, "speaker": claim.said_by},
                )
                for claim in quoted
            ],
            kind=ClaimKind.QUOTE,
            are_entries_stored=True,
        )


def _with_text(claims: Iterable[Claim]) -> list[tuple[Claim, str]]:
    return [
        (claim, gettext("%(title)s: %(text)s") % {"title": claim.title, "text": claim.text})
        for claim in claims
    ]


def _without_scheme(address: str) -> str:
    """As people say it: the full address breaks in the middle of a narrow column."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
