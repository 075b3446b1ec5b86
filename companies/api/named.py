"""What filters name, by slug, key or word: all of them are looked up in one query.

One question instead of one for each, because a page has few to spare; and ids instead of joins,
because a filter by an id follows an index whatever else is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet, Value

from companies.models import (
    Claim,
    ClaimTechnology,
    CodebaseShare,
    Company,
    Domain,
    FormerSlug,
    FormerSourceKey,
    FormerTechnologySlug,
    Source,
    Technology,
)


class _Place(NamedTuple):
    """Where something is found by its name: among which rows, by which column, and its id there."""

    rows: Callable[[], QuerySet[Any]]
    name: str
    id: str = "pk"


# Those that have the name, then those that once had it.
_PLACES: dict[str, tuple[_Place, ...]] = {
    "company": (
        _Place(Company.objects.published, "slug"),
        _Place(FormerSlug.objects.published, "slug", "company"),
    ),
    "technology": (
        _Place(Technology.objects.published, "slug"),
        _Place(FormerTechnologySlug.objects.published, "slug", "technology"),
    ),
    "source": (
        _Place(Source.objects.published, "key"),
        _Place(FormerSourceKey.objects.published, "key", "source"),
    ),
    "domain": (_Place(Domain.objects.all, "slug"),),
}
# By what it is that claims are tied to, the rows that tie them.
_TIES: dict[str, tuple[Any, ...]] = {
    "technology": (ClaimTechnology, CodebaseShare),
    "domain": (Claim,),
}
# Of so many rows it is quicker to sort them than to find them in the order of a list.
FEW = 2000
# A text that any number of companies have.
_INDUSTRY = "industry"
NAMED = (*_PLACES, _INDUSTRY)


class Known(NamedTuple):
    """`ids` by parameter, where an industry is its own; without those that nothing published has.

    `few` are the parameters that at most FEW claims or so fit. `domains` by id: all of them, if
    they were asked for.
    """

    ids: dict[str, Any]
    few: set[str]
    domains: dict[int, Domain]


def look_up(wanted: Mapping[str, str], *, with_domains: bool = False) -> Known:
    """One query, or none where nothing is asked."""
    questions = [question for name, text in wanted.items() for question in _questions(name, text)]
    if with_domains:
        questions.append(_answering("", Domain.objects.all(), slug=F("slug"), title=F("name")))
    known = Known({}, set(), {})
    if not questions:
        return known
    first, *others = questions
    # Whoever has the name now comes before who had it once, as False before True.
    for name, _, pk, is_few, slug, title in sorted(first.union(*others, all=True)):
        if not name:
            known.domains[pk] = Domain(pk=pk, slug=slug, name=title)
        elif name not in known.ids:
            known.ids[name] = wanted[name] if name == _INDUSTRY else pk
            if is_few:
                known.few.add(name)
    return known


def unknown(wanted: Mapping[str, str], known: Known) -> list[tuple[str, str]]:
    """The parameters that name nothing, and that in words."""
    return [
        (name, f"There is no {name} “{text}” here.")
        for name, text in wanted.items()
        if name not in known.ids
    ]


def _questions(name: str, text: str) -> list[QuerySet[Any]]:
    if name == _INDUSTRY:
        # Any one that has it: to look at all would take as long as they are many.
        one = Company.objects.published().filter(industry=text).order_by().values("pk")[:1]
        return [_answering(name, Company.objects.filter(pk__in=one))]
    return [
        _answering(name, place.rows().filter(**{place.name: text}), place.id, is_former=number > 0)
        for number, place in enumerate(_PLACES[name])
    ]


_NOTHING = Value("")


def _answering(  # noqa: PLR0913 - the columns of one answer
    parameter: str,
    rows: QuerySet[Any],
    id: str = "pk",
    *,
    is_former: bool = False,
    slug: Any = _NOTHING,
    title: Any = _NOTHING,
) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            _parameter=Value(parameter),
            _former=Value(is_former, BooleanField()),
            _few=_few(parameter, id),
            _slug=slug,
            _title=title,
        )
        .values_list("_parameter", "_former", id, "_few", "_slug", "_title")
    )


def _few(parameter: str, id: str) -> Any:
    """Whether no kind of tie has more rows; costs the reading of so many in an index."""
    if parameter not in _TIES:
        return Value(False, BooleanField())
    many = [
        Exists(ties.objects.order_by().filter(**{parameter: OuterRef(id)})[FEW : FEW + 1])
        for ties in _TIES[parameter]
    ]
    return ~reduce(or_, many)
