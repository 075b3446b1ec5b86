"""Entries of the catalogue in the shapes of `companies.api.shapes`, as plain values.

Each function takes what its queryset has fetched and asks the database nothing; `absolute` turns a
path of ours into a full address.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from companies import figure
from companies.comparison import Cell, Comparison, Entry, Section
from companies.models import (
    Citation,
    Claim,
    Company,
    CompanyList,
    Domain,
    Gap,
    Source,
    Status,
    Technology,
)

Absolute = Callable[[str], str]
Shape = dict[str, Any]


def company_entry(company: Company, absolute: Absolute) -> Shape:
    """Annotated `with_claim_count()`; its parent, aliases and gaps are fetched."""
    parent = company.parent
    shown = parent if parent and parent.status == Status.PUBLISHED else None
    logo = reverse("companies:logo", args=[company.logo_id]) if company.logo_id else ""
    return {
        "slug": company.slug,
        "name": company.name,
        "kind": company.kind,
        "aliases": [alias.name for alias in company.aliases.all()],
        "parent": company_name(shown, absolute) if shown else None,
        "founded": company.founded or None,
        "headquarters": company.headquarters or None,
        "industry": company.industry or None,
        "website": company.website or None,
        "wikidata": company.wikidata or None,
        "logo": absolute(logo) if logo else None,
        "summary": company.summary or None,
        "claims": company.claim_count,  # type: ignore[attr-defined]
        "gaps": [_gap(gap) for gap in company.gaps.all()],
        "url": absolute(company.get_absolute_url()),
    }


def technology_entry(technology: Technology, absolute: Absolute) -> Shape:
    """Annotated `with_company_count()`."""
    return {
        "slug": technology.slug,
        "name": technology.name,
        "kind": technology.kind,
        "website": technology.website or None,
        "summary": technology.summary or None,
        "companies": technology.company_count,  # type: ignore[attr-defined]
        "url": absolute(technology.get_absolute_url()),
    }


def domain_entry(domain: Domain, absolute: Absolute) -> Shape:
    """Annotated `with_claim_count()`."""
    return {
        "slug": domain.slug,
        "name": domain.name,
        "claims": domain.claim_count,  # type: ignore[attr-defined]
        "url": absolute(domain.get_absolute_url()),
    }


def source_entry(source: Source, absolute: Absolute) -> Shape:
    """Annotated `with_statement_count()`."""
    return {
        "key": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author or None,
        "published_on": source.published_on or None,
        "kind": source.kind,
        "tier": source.tier,
        "accessed_on": _day(source.accessed_on),
        "note": source.note or None,
        "statements": source.statement_count,  # type: ignore[attr-defined]
        "document_url": source.url,
        "url": absolute(source.get_absolute_url()),
    }


def claim_entry(claim: Claim, absolute: Absolute) -> Shape:
    """Fetched `with_parts()`."""
    return {
        "key": claim.key,
        "company": company_name(claim.company, absolute),
        "kind": claim.kind,
        "title": claim.title,
        "text": claim.text,
        "domain": _name(claim.domain),
        "scope": claim.scope or None,
        "basis": claim.basis or None,
        "as_of": claim.as_of or None,
        "figure": _figure(claim),
        "quotation": _quotation(claim),
        "technologies": [
            {
                "technology": _name(row.technology),
                "role": row.role,
                "version": row.version or None,
                "reason": row.reason or None,
            }
            for row in claim.claim_technologies.all()
        ],
        "shares": [
            {
                "technology": _name(share.technology),
                "version": share.version or None,
                "percentage": _number(share.percentage),
                "qualifier": share.qualifier,
            }
            for share in claim.shares.all()
        ],
        "grade": claim.grade,
        "disputed": claim.is_disputed,
        "source": _document(claim.source),
        "locator": claim.locator or None,
        "note": claim.note or None,
        "citations": [_citation(citation) for citation in claim.citations.all()],
        "checked_on": _day(claim.checked_on),
        "url": absolute(claim.get_absolute_url()),
    }


def list_entry(found: CompanyList, absolute: Absolute) -> Shape:
    """Fetched `with_companies()`."""
    return {
        "slug": found.slug,
        "title": found.title,
        "summary": found.summary or None,
        "source": _document(found.source),
        "companies": [
            {
                "position": entry.position,
                "company": company_name(entry.company, absolute),
                "claims": entry.claim_count,  # type: ignore[attr-defined]
                "note": entry.note or None,
            }
            for entry in found.entries.all()
        ],
        "url": absolute(found.get_absolute_url()),
    }


def comparison_entry(comparison: Comparison, address: str, absolute: Absolute) -> Shape:
    """`address` is the path of its page."""
    return {
        "companies": [company_name(company, absolute) for company in comparison.companies],
        "sections": [_section(section, absolute) for section in comparison.sections],
        "url": absolute(address),
    }


def _section(section: Section, absolute: Absolute) -> Shape:
    rows = [
        {
            "label": row.label,
            "note": row.note or None,
            "comparable": not row.is_unlike,
            "cells": [_cell(cell, absolute) for cell in row.cells],
        }
        for row in section.rows
    ]
    return {"key": section.key, "title": section.title, "rows": rows}


def _cell(cell: Cell, absolute: Absolute) -> Shape:
    return {
        "company": cell.company.slug,
        "statements": [_statement(entry, absolute) for entry in cell.entries],
        "empty": cell.empty or None,
    }


def _statement(entry: Entry, absolute: Absolute) -> Shape:
    claim = entry.claim
    address = claim.get_absolute_url() if claim else entry.address
    return {
        "text": entry.words,
        "claim": evidence(claim, claim.grade, claim.is_disputed, absolute) if claim else None,
        "url": absolute(address) if address else None,
    }


def evidence(claim: Claim, grade: str, is_disputed: bool, absolute: Absolute) -> Shape:
    """What a claim rests on, in short."""
    return {
        "key": claim.key,
        "grade": grade,
        "disputed": is_disputed,
        "as_of": claim.as_of or None,
        "basis": claim.basis or None,
        "scope": claim.scope or None,
        "source": _document(claim.source),
        "locator": claim.locator or None,
        "url": absolute(claim.get_absolute_url()),
    }


def company_name(company: Company, absolute: Absolute) -> Shape:
    return {
        "slug": company.slug,
        "name": company.name,
        "url": absolute(company.get_absolute_url()),
    }


def _name(named: Technology | Domain | None) -> Shape | None:
    return {"slug": named.slug, "name": named.name} if named else None


def _document(source: Source | None) -> Shape | None:
    if source is None:
        return None
    return {
        "key": source.key,
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author or None,
        "published_on": source.published_on or None,
        "kind": source.kind,
        "tier": source.tier,
    }


def _citation(citation: Citation) -> Shape:
    return {
        "source": _document(citation.source),
        "agreement": citation.agreement,
        "as_reported": citation.as_reported or None,
        "locator": citation.locator or None,
        "note": citation.note or None,
    }


def _gap(gap: Gap) -> Shape:
    return {
        "claim_kind": gap.claim_kind or None,
        "technology": _name(gap.technology),
        "domain": _name(gap.domain),
        "finding": gap.finding,
        "looked_on": _day(gap.looked_on),
        "source": _document(gap.source),
        "note": gap.note or None,
    }


def _figure(claim: Claim) -> Shape | None:
    if not claim.figure_unit:
        return None
    return {
        "value": _number(claim.figure_value),
        "before": _number(claim.figure_before),
        "unit": claim.figure_unit,
        "qualifier": claim.figure_qualifier or None,
        "as_worded": claim.figure_as_worded or None,
        "in_words": claim.figure_in_words,
    }


def _quotation(claim: Claim) -> Shape | None:
    if not claim.quotation:
        return None
    return {
        "words": claim.quotation,
        "speaker": claim.speaker or None,
        "speaker_role": claim.speaker_role or None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _number(value: Decimal | None) -> int | float | None:
    """A figure has at most 15 digits, which a float holds exactly."""
    if value is None:
        return None
    exact = figure.plain(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
