"""Records of the database as rows of the files."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from companies.exchange.schema import (
    CitationRow,
    ClaimRow,
    ClaimTechnologyRow,
    CompanyRow,
    DomainRow,
    EntryRow,
    FigureRow,
    GapRow,
    ListRow,
    Row,
    ShareRow,
    SourceRow,
    TechnologyRow,
)
from companies.figure import plain
from companies.models import (
    Citation,
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    CompanyList,
    CompanyListEntry,
    Domain,
    Gap,
    Source,
    Technology,
)

Written = dict[str, Any]


def domain_row(domain: Domain) -> Written:
    return _row(DomainRow, domain)


def technology_row(technology: Technology) -> Written:
    formers = [former.slug for former in technology.former_slugs.all()]
    return _row(TechnologyRow, technology, former_slugs=formers)


def source_row(source: Source) -> Written:
    return _row(
        SourceRow,
        source,
        former_keys=[former.key for former in source.former_keys.all()],
        accessed_on=_day(source.accessed_on),
    )


def company_row(company: Company, parent: Company | None, claims: Iterable[Claim]) -> Written:
    """`parent` and `claims` are given, because not all of them may be meant to be seen."""
    return _row(
        CompanyRow,
        company,
        aliases=[alias.name for alias in company.aliases.all()],
        former_slugs=[former.slug for former in company.former_slugs.all()],
        parent=parent.slug if parent else "",
        gaps=[_gap_row(gap) for gap in company.gaps.all()],
        claims=[claim_row(claim) for claim in claims],
    )


def list_row(company_list: CompanyList, entries: Iterable[CompanyListEntry]) -> Written:
    return _row(
        ListRow,
        company_list,
        source=_name(company_list.source),
        entries=[_row(EntryRow, entry, company=entry.company.slug) for entry in entries],
    )


def claim_row(claim: Claim) -> Written:
    return _row(
        ClaimRow,
        claim,
        technologies=[_technology_part(part) for part in claim.claim_technologies.all()],
        shares=[_share_part(share) for share in claim.shares.all()],
        domain=_name(claim.domain),
        figure=_figure_part(claim),
        source=_name(claim.source),
        checked_on=_day(claim.checked_on),
        citations=[_citation_part(citation) for citation in claim.citations.all()],
    )


def _technology_part(part: ClaimTechnology) -> Written:
    return _row(ClaimTechnologyRow, part, technology=part.technology.slug)


def _share_part(share: CodebaseShare) -> Written:
    return _row(
        ShareRow,
        share,
        technology=share.technology.slug,
        percentage=_number(share.percentage),
    )


def _citation_part(citation: Citation) -> Written:
    return _row(CitationRow, citation, source=citation.source.key)


def _figure_part(claim: Claim) -> Written | None:
    if not claim.figure_unit:
        return None
    return _written(
        FigureRow,
        {
            "value": _number(claim.figure_value),
            "before": _number(claim.figure_before),
            "unit": claim.figure_unit,
            "qualifier": claim.figure_qualifier,
            "as_worded": claim.figure_as_worded,
        },
    )


def _gap_row(gap: Gap) -> Written:
    return _row(
        GapRow,
        gap,
        technology=_name(gap.technology),
        domain=_name(gap.domain),
        source=_name(gap.source),
        looked_on=_day(gap.looked_on),
    )


def _row(row_type: type[Row], record: Any, **values: Any) -> Written:
    """The record's columns of the same name, but for those whose value is given."""
    return _written(
        row_type,
        {
            name: values[name] if name in values else getattr(record, name)
            for name in row_type.model_fields
        },
    )


def _written(row_type: type[Row], values: Written) -> Written:
    """Leave out what needn't be said; the order is that of the schema."""
    return {
        name: values[name]
        for name, field in row_type.model_fields.items()
        if field.is_required() or values[name] != field.get_default(call_default_factory=True)
    }


def as_written(row: Row) -> Written:
    """A validated row as the files have it: in order, without what needn't be said."""
    return _written(
        type(row), {name: _as_written(getattr(row, name)) for name in type(row).model_fields}
    )


def _as_written(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_written(one) for one in value]
    if isinstance(value, Row):
        return as_written(value)
    return _number(value) if isinstance(value, Decimal) else value


def _name(record: Domain | Source | Technology | None) -> str:
    if record is None:
        return ""
    return record.key if isinstance(record, Source) else record.slug


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _number(value: Decimal | None) -> int | Decimal | None:
    """A whole number without a point, any other without trailing zeros."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else plain(value)
