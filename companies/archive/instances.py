"""Revisions as records, so that the pages' own templates and words serve for an archive.

They live in memory only and must never be saved. Each has the id of its entry, so that two claims
that name one technology name the same one.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from companies.models import (
    Citation,
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    Domain,
    Gap,
    Revision,
    Source,
    Technology,
)

if TYPE_CHECKING:
    from companies.archive.names import Things

Content = dict[str, Any]

# What an entry's content and its record call the same and write the same way.
_COMPANY = ("slug", "name", "kind", "founded", "headquarters", "industry", "website", "wikidata")
_SOURCE = ("key", "url", "title", "publisher", "author", "published_on", "kind", "tier", "note")
_TECHNOLOGY = ("slug", "name", "kind", "website", "summary")
_CLAIM = ("key", "kind", "title", "text", "scope", "basis", "as_of", "locator", "note")
_WORDS_OF_SOMEBODY = ("quotation", "speaker", "speaker_role")


def company(then: Revision, parent: Company | None = None) -> Company:
    """Without its logo: the picture may not be kept, while the monogram never changes."""
    return _made(Company, then, (*_COMPANY, "summary"), status=then.status, parent=parent)


def source(then: Revision) -> Source:
    return _made(Source, then, _SOURCE, accessed_on=_day(then.content, "accessed_on"))


def technology(then: Revision) -> Technology:
    return _made(Technology, then, _TECHNOLOGY)


def domain(then: Revision) -> Domain:
    return _made(Domain, then, ("slug", "name"))


def claim(then: Revision, of: Company, named: Things, entered: datetime.datetime | None) -> Claim:
    """With all its parts, as if fetched `with_parts()`; `entered` is None if nobody knows when."""
    content = then.content
    figure = content.get("figure", {})
    made: Claim = _made(
        Claim,
        then,
        (*_CLAIM, *_WORDS_OF_SOMEBODY, "checked_by"),
        status=then.status,
        company=of,
        source=named.source(content["source"]),
        domain=named.domain(content["domain"]) if content.get("domain") else None,
        checked_on=_day(content, "checked_on"),
        figure_value=_number(figure.get("value")),
        figure_before=_number(figure.get("before")),
        figure_unit=figure.get("unit", ""),
        figure_qualifier=figure.get("qualifier", ""),
        figure_as_worded=figure.get("as_worded", ""),
        created=entered,
        updated=then.made_at,
    )
    made._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "claim_technologies": _fetched(
            ClaimTechnology,
            [
                ClaimTechnology(**row | {"technology": named.technology(row["technology"])})
                for row in content.get("technologies", [])
            ],
        ),
        "shares": _fetched(
            CodebaseShare,
            [
                CodebaseShare(
                    **row
                    | {
                        "technology": named.technology(row["technology"]),
                        "percentage": _number(row["percentage"]),
                    }
                )
                for row in content.get("shares", [])
            ],
        ),
        "citations": _fetched(
            Citation,
            [
                Citation(**row | {"source": named.source(row["source"])})
                for row in content.get("citations", [])
            ],
        ),
    }
    return made


def gaps(then: Revision, of: Company, named: Things) -> list[Gap]:
    return [
        Gap(
            company=of,
            claim_kind=row.get("claim_kind", ""),
            technology=named.technology(row["technology"]) if row.get("technology") else None,
            domain=named.domain(row["domain"]) if row.get("domain") else None,
            finding=row["finding"],
            source=named.source(row["source"]) if row.get("source") else None,
            looked_on=datetime.date.fromisoformat(row["looked_on"]),
            note=row.get("note", ""),
        )
        for row in then.content.get("gaps", [])
    ]


def _made(model: Any, then: Revision, names: Sequence[str], **columns: Any) -> Any:
    given = {name: then.content[name] for name in names if name in then.content}
    return model(pk=then.subject_id, **given, **columns)


def _fetched(model: Any, rows: list[Any]) -> Any:
    """A queryset that has its rows already."""
    queryset = model._default_manager.all()
    queryset._result_cache = rows
    return queryset


def _day(content: Content, name: str) -> datetime.date | None:
    return datetime.date.fromisoformat(content[name]) if content.get(name) else None


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
