"""What a single row must fulfil beyond its shape, said before the database would have to.

Each rule yields the field, as a path within the row, and the reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

from companies import partial_date
from companies.exchange.catalogue import Catalogue
from companies.exchange.problem import Problem
from companies.exchange.schema import (
    ClaimRow,
    CompanyRow,
    FigureRow,
    GapRow,
    ListRow,
    SourceRow,
    TechnologyRow,
)
from companies.exchange.yaml_document import Location
from companies.figure import SHARES_LIMIT

# Shares are rounded one by one, so that honest ones may sum to a little more than all.

Findings = Iterator[tuple[Location, str]]


def today() -> datetime.date:
    """The same day as the validators of the models have, whatever the time zone of the site."""
    return datetime.datetime.now(tz=datetime.UTC).date()


def problems(catalogue: Catalogue, today: datetime.date) -> Iterator[Problem]:
    for technology in catalogue.technologies:
        yield from (technology.place.problem(*found) for found in on_technology(technology.row))
    for source in catalogue.sources:
        yield from (source.place.problem(*found) for found in on_source(source.row, today))
    for company in catalogue.companies:
        yield from (company.place.problem(*found) for found in on_company(company.row, today))
    for claim in catalogue.claims:
        yield from (claim.place.problem(*found) for found in on_claim(claim.row, today))
    for gap in catalogue.gaps:
        yield from (gap.place.problem(*found) for found in on_gap(gap.row, today))
    for company_list in catalogue.lists:
        yield from (company_list.place.problem(*found) for found in on_list(company_list.row))


def on_technology(technology: TechnologyRow) -> Findings:
    yield from _repeated("former_slugs", technology.former_slugs)


def on_source(source: SourceRow, today: datetime.date) -> Findings:
    yield from _future("published_on", source.published_on, today)
    yield from _future("accessed_on", source.accessed_on, today)
    yield from _repeated("former_keys", source.former_keys)


def on_company(company: CompanyRow, today: datetime.date) -> Findings:
    yield from _future("founded", company.founded, today)
    if "vs" in company.slug.split("-"):
        yield ("slug",), "may not hold the word vs: comparison addresses are written a-vs-b"
    if company.parent == company.slug:
        yield ("parent",), "a company can't be its own parent"
    yield from _repeated("aliases", company.aliases)
    yield from _repeated("former_slugs", company.former_slugs)


def on_claim(claim: ClaimRow, today: datetime.date) -> Findings:
    yield from _future("as_of", claim.as_of, today)
    yield from _future("checked_on", claim.checked_on, today)
    if bool(claim.checked_on) != bool(claim.checked_by):
        absent = "checked_by" if claim.checked_on else "checked_on"
        yield (absent,), "is missing: a check has both a day and a name"
    yield from _on_words(claim)
    if claim.figure:
        yield from _on_figure(claim.figure)
    elif claim.kind == "key_figure":
        yield ("figure",), "is missing: a key figure needs one"
    yield from _on_parts(claim)


def _on_words(claim: ClaimRow) -> Findings:
    if claim.quotation:
        return
    if claim.kind == "quote":
        yield ("quotation",), "is missing: a quote needs the words that were said"
    for field in ("speaker", "speaker_role"):
        if getattr(claim, field):
            yield (field,), "somebody is named here, but no words of theirs are given"


def _on_figure(figure: FigureRow) -> Findings:
    if figure.value is None:
        if not figure.as_worded:
            yield ("figure", "value"), "is missing: give it, or the source's wording in as_worded"
        if figure.before is not None:
            yield ("figure", "before"), "there is a value before, but none after"
        if figure.qualifier:
            yield ("figure", "qualifier"), "qualifies a value, and there is none"
    elif not figure.qualifier:
        yield ("figure", "qualifier"), "is missing: say how exactly the source states the value"


def _on_parts(claim: ClaimRow) -> Findings:
    named = [(row.technology, row.role, row.version) for row in claim.technologies]
    yield from _repeated("technologies", named, "stands here twice in the same role")
    yield from _repeated("shares", [(row.technology, row.version) for row in claim.shares])
    total = sum((row.percentage for row in claim.shares), Decimal(0))
    if total > SHARES_LIMIT:
        yield ("shares",), f"add up to {total} percent, which is more than 100"
    said = [(row.source, row.as_reported) for row in claim.citations]
    yield from _repeated("citations", said, "repeats a statement of the same source")
    for index, citation in enumerate(claim.citations):
        if citation.source == claim.source:
            reason = "is the claim's own source; cite a further one"
            yield ("citations", index, "source"), reason
        if citation.agreement != "agrees" and not citation.as_reported:
            reason = "is missing: write how this source puts it, since it doesn't agree"
            yield ("citations", index, "as_reported"), reason


def on_gap(gap: GapRow, today: datetime.date) -> Findings:
    yield from _future("looked_on", gap.looked_on, today)
    if gap.finding == "none" and not gap.source:
        yield ("source",), "is missing: “none” is a claim like any other, so name who says so"
    if not (gap.claim_kind or gap.technology or gap.domain):
        yield (), "say what there is none of: a claim_kind, technology or domain"


def on_list(company_list: ListRow) -> Findings:
    yield from _repeated("entries", [entry.company for entry in company_list.entries])


def _future(field: str, text: str, today: datetime.date) -> Findings:
    if text and partial_date.is_future(text, today):
        yield (field,), f"{text} lies in the future"


def _repeated(field: str, values: Iterable[object], reason: str = "stands here twice") -> Findings:
    seen: set[object] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield (field, index), reason
        seen.add(value)
