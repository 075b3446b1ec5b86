"""What a search found, in the shapes of `companies.api.shapes`, as plain values."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from companies.api.entries import Absolute, Shape, company_name, evidence
from companies.models import Subject
from companies.search import Division, Hit, Suggestion
from companies.search.highlight import Piece

# Where the API has an entry, and by what name.
_PLACES = {
    Subject.COMPANY: ("api:v1:company", "slug"),
    Subject.TECHNOLOGY: ("api:v1:technology", "slug"),
    Subject.CLAIM: ("api:v1:claim", "key"),
}


def hit_entry(hit: Hit, absolute: Absolute) -> Shape:
    """A claim is annotated `with_evidence()`."""
    place, naming = _PLACES[hit.subject]
    key, claim = getattr(hit.record, naming), hit.claim
    matched = [*([("title", hit.title)] if hit.title_matched else [])]
    matched += [(field.name, field.pieces) for field in hit.fields]
    return {
        "subject": hit.subject,
        "key": key,
        "kind": hit.kind,
        "title": claim.title if claim else hit.record.name,
        "text": claim.text if claim else hit.record.summary or None,
        "matched": [{"field": name, "parts": _parts(pieces)} for name, pieces in matched],
        "company": company_name(claim.company, absolute) if claim else None,
        "claim": claim
        and evidence(
            claim,
            claim.evidence_grade,  # type: ignore[attr-defined]
            claim.disputed,  # type: ignore[attr-defined]
            absolute,
        ),
        "url": absolute(hit.address),
        "api_url": absolute(reverse(place, args=[key])),
    }


def facet_entry(division: Division) -> Shape:
    return {
        "facet": division.facet,
        "values": [
            {
                "value": value.parameter,
                "label": str(value.label),
                "matches": value.number,
                "is_chosen": value.is_chosen,
            }
            for value in division.values
        ],
        "is_cut": division.is_cut,
    }


def suggestion_entry(suggestion: Suggestion, absolute: Absolute) -> Shape:
    return {
        "name": suggestion.name,
        "subject": suggestion.subject,
        "key": suggestion.slug,
        "url": absolute(suggestion.address),
    }


def _parts(pieces: Iterable[Piece]) -> list[Shape]:
    return [{"text": piece.text, "is_match": piece.is_match} for piece in pieces]
