"""What needs an editor's attention: what is counted on the admin's first page and filtered in its
lists. Both use the same word of the models, so a count is always the length of the list behind it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Model, QuerySet, Value

from companies.models import Claim, Company, CompanyList, Proposal, Source, Technology


class Item(NamedTuple):
    name: str  # in the address of a list
    model: type[Model]
    label: str  # completes “3 claims …”
    advice: str
    narrow: Callable[[Any], QuerySet[Any]]  # a queryset of the model to what needs attention

    def rows(self) -> QuerySet[Any]:
        return self.narrow(self.model._default_manager.all())


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date()


ITEMS = (
    Item(
        "open",
        Proposal,
        "waiting for a decision",
        "Somebody would have a published claim say something else. Accept or decline it.",
        lambda proposals: proposals.open(),
    ),
    Item(
        "in_review",
        Claim,
        "in review",
        "Read them against their source, then publish them or send them back as drafts.",
        lambda claims: claims.in_review(),
    ),
    Item(
        "in_review",
        Company,
        "in review",
        "Their claims stay hidden until the company is published.",
        lambda companies: companies.in_review(),
    ),
    Item(
        "in_review",
        CompanyList,
        "in review",
        "Read the introduction and the order, then publish it.",
        lambda lists: lists.in_review(),
    ),
    Item(
        "contradicted",
        Claim,
        "contradicted by a source",
        "Find out who is right, and say in the note what a reader should know.",
        lambda claims: claims.contradicted(),
    ),
    Item(
        "check_due",
        Claim,
        "due for a check",
        "The last one is older than it should be for such a claim. Open the source and compare.",
        lambda claims: claims.check_due(_today()),
    ),
    Item(
        "never_checked",
        Claim,
        "never checked",
        "Visitors see them, but nobody has held them against their source since they were entered.",
        lambda claims: claims.never_checked(),
    ),
    Item(
        "one_report",
        Claim,
        "resting on one report",
        "One publisher says so. Look for the company's own words, or for a second publisher.",
        lambda claims: claims.resting_on_one_report(),
    ),
    Item(
        "not_answering",
        Source,
        "not answering",
        "Look for an archived copy, or for the document's new address.",
        lambda sources: sources.not_answering(),
    ),
    Item(
        "without_claims",
        Company,
        "without claims",
        "A profile that says nothing. Enter a claim, or withdraw the company.",
        lambda companies: companies.without_claims(),
    ),
    Item(
        "possible_duplicates",
        Company,
        "perhaps entered twice",
        "They share a name, another name, a website or a Wikidata item with another one.",
        lambda companies: companies.possible_duplicates(),
    ),
    Item(
        "possible_duplicates",
        Technology,
        "perhaps entered twice",
        "They share a website with another one, or a name that differs only in its spelling.",
        lambda technologies: technologies.possible_duplicates(),
    ),
    Item(
        "possible_duplicates",
        Source,
        "perhaps entered twice",
        "They share title and publisher with another one: one document at two addresses?",
        lambda sources: sources.possible_duplicates(),
    ),
)


def items_of(model: type[Model]) -> list[Item]:
    """Those about the model's rows, of a proxy the same as of its table."""
    return [item for item in ITEMS if item.model is model._meta.concrete_model]


def counts(items: Sequence[Item]) -> list[int]:
    """How many rows each item has; one query for all of them."""
    if not items:
        return []
    first, *others = [_counting(place, item) for place, item in enumerate(items)]
    by_place = dict(first.union(*others, all=True))
    return [by_place.get(place, 0) for place in range(len(items))]


def _counting(place: int, item: Item) -> Any:
    # An item without rows may give no row: there is nothing to group.
    return (
        item.rows()
        .order_by()
        .annotate(place=Value(place))
        .values("place")
        .annotate(number=Count("pk"))
        .values_list("place", "number")
    )
