"""What a claim counts, as values of properties."""

from __future__ import annotations

from decimal import Decimal

from companies import figure
from companies.figure import Qualifier
from companies.linked_data.block import Data, filled
from companies.models import Claim, CodebaseShare

# “More than 700” is not 700, but no less. What is left out here stands for the number itself.
_BOUNDS = {
    Qualifier.MORE_THAN: "minValue",
    Qualifier.AT_LEAST: "minValue",
    Qualifier.LESS_THAN: "maxValue",
    Qualifier.AT_MOST: "maxValue",
    Qualifier.NEARLY: "maxValue",
}


def figures(claim: Claim) -> list[Data]:
    """Its figure and its shares, each with scope, basis and date: without them it says nothing."""
    about = _about(claim)
    shares = [_share(share, about) for share in claim.shares.all()]
    return [*_figure(claim, about), *shares]


def _figure(claim: Claim, about: list[Data]) -> list[Data]:
    if not claim.figure_unit:
        return []
    before = claim.figure_before if claim.figure_value is not None else None
    compared = [] if before is None else [_named("before", _number(before))]
    return [
        filled(
            {
                "@type": "PropertyValue",
                "name": claim.figure_unit,
                "description": claim.figure_in_words,
                "unitText": claim.figure_unit,
                **_value(claim.figure_value, claim.figure_qualifier, claim.figure_as_worded),
                "valueReference": [*compared, *about],
            }
        )
    ]


def _share(share: CodebaseShare, about: list[Data]) -> Data:
    return filled(
        {
            "@type": "PropertyValue",
            "name": share.technology_in_words,
            "description": str(share),
            "unitText": "percent",
            **_value(share.percentage, share.qualifier),
            "valueReference": about,
        }
    )


def _value(value: Decimal | None, qualifier: str, as_worded: str = "") -> Data:
    """The source's words go before a number, as on the page."""
    if as_worded or value is None:
        return {"value": as_worded}
    return {_BOUNDS.get(Qualifier(qualifier), "value"): _number(value)}


def _about(claim: Claim) -> list[Data]:
    said = {
        "scope": claim.scope or "as a whole",
        "basis": claim.basis,
        "as of": claim.as_of,
    }
    return [_named(name, value) for name, value in said.items() if value]


def _named(name: str, value: str | int | float) -> Data:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _number(value: Decimal) -> int | float:
    exact = figure.plain(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
