"""Claims, companies and comparisons as flat records, for CSV and JSON.

Whatever says something about a company carries its citation: a figure that leaves the site without
its source is the thing this site exists to prevent. Records of companies and technologies lead to
the page that has the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from companies import figure
from companies.charts import NOT_STATED, unstated
from companies.comparison import Comparison
from companies.fact_check import Statement
from companies.figure import Qualifier
from companies.history import Change
from companies.models import Claim, CodebaseShare, Company, Role, Source, Subject, Technology
from companies.search import Hit

Value = str | int | float | bool | None
Record = dict[str, Value]
Absolute = Callable[[str], str]


def claim_record(claim: Claim, absolute: Absolute) -> Record:
    """One claim fetched `with_parts()`; `absolute` turns a path of ours into a full address."""
    return {
        "company": claim.company.slug,
        "company_name": claim.company.name,
        "key": claim.key,
        "kind": claim.kind,
        "title": claim.title,
        "text": claim.text,
        "domain": claim.domain.slug if claim.domain else "",
        "technologies": "; ".join(
            f"{row.technology_in_words} ({row.get_role_display().lower()})"
            for row in claim.claim_technologies.all()
        ),
        "shares": "; ".join(str(share) for share in claim.shares.all()),
        "figure": claim.figure_in_words,
        "figure_value": _number(claim.figure_value),
        "figure_before": _number(claim.figure_before),
        "figure_unit": claim.figure_unit,
        "figure_qualifier": claim.figure_qualifier,
        "quotation": claim.quotation,
        "speaker": claim.said_by if claim.quotation else "",
        "speaker_role": claim.speaker_role,
        "note": claim.note,
        "further_sources": "; ".join(
            f"{citation.agreement}: {citation.source.url}" for citation in claim.citations.all()
        ),
        **_citation(claim, absolute),
    }


def chart_records(claim: Claim, absolute: Absolute) -> list[Record]:
    """A record per bar of the claim's charts, the unstated rest included; none without a chart."""
    about: Record = {"company": claim.company.slug, "key": claim.key}
    bars = [*_change_records(claim), *_share_records(claim)]
    citation = _citation(claim, absolute)
    return [{**about, **bar, **citation} for bar in bars]


def ranked_share_records(shares: Iterable[CodebaseShare], absolute: Absolute) -> Iterator[Record]:
    """A record per share of one technology; `shares` come with the citations of their claims."""
    for share in shares:
        yield {
            "technology": share.technology.slug,
            "company": share.claim.company.slug,
            "company_name": share.claim.company.name,
            "key": share.claim.key,
            "version": share.version,
            "percentage": _number(share.percentage),
            "qualifier": share.qualifier,
            **_citation(share.claim, absolute),
        }


def move_records(claim: Claim, absolute: Absolute) -> list[Record]:
    """A record per pair of a technology left and another it was left for."""
    rows = claim.claim_technologies.all()
    left = [row for row in rows if row.role == Role.MIGRATED_FROM]
    taken = [row for row in rows if row.role == Role.MIGRATED_TO]
    citation = _citation(claim, absolute)
    return [
        {
            "company": claim.company.slug,
            "key": claim.key,
            "from": row.technology_in_words,
            "to": other.technology_in_words,
            **citation,
        }
        for row in left
        for other in taken
        if row.technology_id != other.technology_id
    ]


def _change_records(claim: Claim) -> Iterator[Record]:
    if claim.figure_before is None or claim.figure_as_worded:
        return
    for when, value, qualifier in (
        ("before", claim.figure_before, Qualifier.EXACTLY.value),
        ("after", claim.figure_value, claim.figure_qualifier),
    ):
        yield {
            "bar": when,
            "value": _number(value),
            "unit": claim.figure_unit,
            "qualifier": qualifier,
        }


def _share_records(claim: Claim) -> Iterator[Record]:
    shares = claim.shares.all()
    for share in shares:
        yield {
            "bar": share.technology_in_words,
            "value": _number(share.percentage),
            "unit": "percent",
            "qualifier": share.qualifier,
        }
    rest = unstated(shares)
    if rest:
        yield {
            "bar": NOT_STATED,
            "value": _number(rest.percentage),
            "unit": "percent",
            "qualifier": rest.qualifier.value,
        }


def company_record(company: Company, absolute: Absolute) -> Record:
    """One company annotated `with_claim_count()`; its claims carry the citations."""
    return {
        "company": company.slug,
        "name": company.name,
        "kind": company.kind,
        "industry": company.industry,
        "founded": company.founded,
        "headquarters": company.headquarters,
        "summary": company.summary,
        "claims": company.claim_count,  # type: ignore[attr-defined]
        "website": company.website,
        "wikidata": company.wikidata,
        "url": absolute(company.get_absolute_url()),
        "logo": absolute(company.logo_address) if company.logo_id else "",
    }


def technology_record(technology: Technology, absolute: Absolute) -> Record:
    """One technology annotated `with_company_count()`."""
    return {
        "technology": technology.slug,
        "name": technology.name,
        "kind": technology.kind,
        "companies": technology.company_count,  # type: ignore[attr-defined]
        "url": absolute(technology.get_absolute_url()),
    }


def source_record(source: Source, absolute: Absolute) -> Record:
    """One source annotated `with_statement_count()`."""
    return {
        "source": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published_on": source.published_on,
        "kind": source.kind,
        "tier": source.tier,
        "statements": source.statement_count,  # type: ignore[attr-defined]
        "source_url": source.url,
        "url": absolute(source.get_absolute_url()),
    }


def statement_record(statement: Statement, absolute: Absolute) -> Record:
    """One statement of a fact-checked source, beside the claim it is held against."""
    return {
        "statement": statement.as_reported,
        "statement_locator": statement.locator,
        "verdict": statement.verdict.value if statement.verdict else "first-hand",
        "note": statement.note,
        "company": statement.claim.company.slug,
        "key": statement.claim.key,
        "claim": statement.claim.text,
        **_citation(statement.claim, absolute),
    }


def change_record(change: Change, absolute: Absolute) -> Record:
    """One public change fetched `with_entry()`; `url` is empty where nothing is shown any more."""
    revision = change.revision
    return {
        "number": revision.pk,
        "made_at": revision.made_at.isoformat(timespec="seconds"),
        "change": change.verb.lower(),
        "about": revision.subject,
        "name": revision.name,
        "title": change.title,
        "company": str(revision.content.get("company", "")),
        "what_changed": change.in_words,
        "reason": revision.reason,
        "url": absolute(revision.address) if revision.is_shown else "",  # type: ignore[attr-defined]
    }


def search_record(hit: Hit, absolute: Absolute) -> Record:
    """One entry that a search found; a claim with its citation."""
    record: Record = {
        "found": hit.subject,
        "kind": hit.kind,
        "title": "".join(piece.text for piece in hit.title),
        "matched": "; ".join(hit.matched),
    }
    if hit.claim:
        about: Record = {
            "company": hit.claim.company.slug,
            "company_name": hit.claim.company.name,
            "key": hit.claim.key,
            "text": hit.claim.text,
            "quotation": hit.claim.quotation,
        }
        return record | about | _citation(hit.claim, absolute)
    company = hit.record.slug if hit.subject == Subject.COMPANY else ""
    return record | {
        "company": company,
        "company_name": hit.record.name if company else "",
        "key": "" if company else hit.record.slug,
        "text": hit.record.summary,
        "url": absolute(hit.address),
    }


def comparison_records(comparison: Comparison, absolute: Absolute) -> Iterator[Record]:
    """One record per statement in a cell; an empty cell is a record that says why it is empty."""
    for section in comparison.sections:
        for row in section.rows:
            for cell in row.cells:
                place: Record = {
                    "section": section.title,
                    "row": row.label,
                    "company": cell.company.slug,
                    "company_name": cell.company.name,
                }
                if not cell.entries:
                    yield {**place, "value": "", "empty": cell.empty, "note": row.note}
                for entry in cell.entries:
                    record = {**place, "value": entry.words, "empty": "", "note": row.note}
                    if entry.claim:
                        record |= {"key": entry.claim.key} | _citation(entry.claim, absolute)
                    else:
                        record["url"] = absolute(cell.company.get_absolute_url())
                    yield record


def columns_of(records: Iterable[Record]) -> list[str]:
    """Every column that any record has, in the order they first appear."""
    columns: dict[str, None] = {}
    for record in records:
        columns.update(dict.fromkeys(record))
    return list(columns)


def _citation(claim: Claim, absolute: Absolute) -> Record:
    return {
        "scope": claim.scope,
        "basis": claim.basis,
        "as_of": claim.as_of,
        "grade": claim.grade.value,
        "disputed": claim.is_disputed,
        "source_title": claim.source.title,
        "source_publisher": claim.source.publisher,
        "source_published_on": claim.source.published_on,
        "source_url": claim.source.url,
        "locator": claim.locator,
        "url": absolute(claim.get_absolute_url()),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    exact = figure.plain(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
