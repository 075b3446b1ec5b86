"""How what was found divides, in words and as links that narrow or widen the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from companies.evidence import Grade
from companies.models import ClaimKind, Domain, Technology
from companies.search.marks import Facet

# Of the values of a facet, so many are offered, the most frequent ones.
MOST_VALUES = 8

KINDS: dict[str, Any] = {
    "company": _("Companies"),
    "technology": _("Technologies"),
    **dict(ClaimKind.choices),
}
TITLES: dict[Facet, Any] = {
    Facet.KIND: _("Kind"),
    Facet.TECHNOLOGY: _("Technology"),
    Facet.DOMAIN: _("Domain"),
    Facet.INDUSTRY: _("Industry"),
    Facet.EVIDENCE: _("Evidence"),
    Facet.YEAR: _("Year"),
}


# From a facet and what the address says for a value, or None, to the address of that search.
Address = Callable[[Facet, str | None], str]


class Value(NamedTuple):
    """One that narrows the search, or if it is chosen widens it; at `address`.

    `parameter` is how the address calls it, `label` how pages do.
    """

    parameter: str
    label: Any
    number: int
    address: str
    is_chosen: bool
    # Whether the label is written by editors, in the language of the catalogue.
    is_stored: bool


@dataclass(frozen=True)
class Division:
    facet: Facet
    title: Any
    values: list[Value]
    # There are more values than are offered.
    is_cut: bool


def divided(
    counts: Mapping[Facet, list[tuple[str, int]]],
    chosen: Mapping[Facet, object],
    technologies: Mapping[int, Technology],
    domains: Mapping[int, Domain],
    address: Address,
) -> list[Division]:
    """The facets that divide anything or are chosen, each with the values most matches have."""
    found = []
    for facet in Facet:
        words = _WORDS[facet](technologies, domains)
        pairs = offered(counts, facet, chosen.get(facet))
        values = []
        for value, count in pairs:
            is_chosen = str(chosen.get(facet)) == value
            if named := words(value):
                parameter, label = named
                there = address(facet, None if is_chosen else parameter)
                values.append(Value(parameter, label, count, there, is_chosen, facet in _STORED))
        if values:
            is_cut = len(counts.get(facet, ())) > len(pairs)
            found.append(Division(facet, TITLES[facet], values, is_cut))
    return found


def offered(
    counts: Mapping[Facet, list[tuple[str, int]]], facet: Facet, chosen: object
) -> list[tuple[str, int]]:
    """The most frequent values, years from the last back, and always the chosen one."""
    values = counts.get(facet, [])
    best = values[:MOST_VALUES]
    if chosen is not None and str(chosen) not in dict(best):
        best = [*best[: MOST_VALUES - 1], (str(chosen), dict(values).get(str(chosen), 0))]
    return sorted(best, reverse=True) if facet == Facet.YEAR else best


Words = Callable[[str], tuple[str, Any] | None]


def _of_kind(technologies: Any, domains: Any) -> Words:
    return lambda value: (value, KINDS[value])


def _of_technology(technologies: Mapping[int, Technology], domains: Any) -> Words:
    return lambda value: _named(technologies.get(int(value)))


def _of_domain(technologies: Any, domains: Mapping[int, Domain]) -> Words:
    return lambda value: _named(domains.get(int(value)))


def _of_grade(technologies: Any, domains: Any) -> Words:
    return lambda value: (value, Grade(value).label)


def _as_is(technologies: Any, domains: Any) -> Words:
    return lambda value: (value, value)


def _named(one: Technology | Domain | None) -> tuple[str, str] | None:
    return (one.slug, one.name) if one else None


_WORDS: dict[Facet, Callable[[Any, Any], Words]] = {
    Facet.KIND: _of_kind,
    Facet.TECHNOLOGY: _of_technology,
    Facet.DOMAIN: _of_domain,
    Facet.INDUSTRY: _as_is,
    Facet.EVIDENCE: _of_grade,
    Facet.YEAR: _as_is,
}
_STORED = {Facet.TECHNOLOGY, Facet.DOMAIN, Facet.INDUSTRY}
