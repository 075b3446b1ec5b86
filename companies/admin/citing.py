"""What stands on a source, technology, domain or company, and so forbids its deletion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import PROTECT, Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies.admin.links import link, list_url
from companies.models import Claim

# More than these are counted, not listed: a source may carry thousands of claims.
SHOWN = 10


class Use(NamedTuple):
    """One way in which rows of a model stand on others."""

    title: str
    # The path to the row that an editor opens; empty for the row itself.
    owner: str = ""
    # The parameter of the list of all claims that shows the same rows.
    claim_filter: str = ""


USES = {
    ("claim", "company"): Use("Claims about it", claim_filter="company"),
    ("claim", "source"): Use("Claims that rest on it", claim_filter="source"),
    ("claim", "domain"): Use("Claims in it", claim_filter="domain__id__exact"),
    ("citation", "source"): Use("Claims that hold it against their own source", "claim", "cites"),
    ("claimtechnology", "technology"): Use("Claims that name it", "claim", "technology"),
    ("codebaseshare", "technology"): Use("Claims that state its share", "claim", "technology"),
    ("gap", "technology"): Use("Companies with a finding on it", "company"),
    ("gap", "domain"): Use("Companies with a finding on it", "company"),
    ("gap", "source"): Use("Companies with a finding that rests on it", "company"),
    ("companylist", "source"): Use("Lists taken from it"),
    ("company", "parent"): Use("Companies that belong to it"),
}


class Citing(NamedTuple):
    title: str
    number: int
    links: list[SafeString]
    # The list of all of them; empty where there is none.
    all_url: str


def citing(rows: Sequence[Model] | QuerySet[Any]) -> list[Citing]:
    """Everything that protects the given rows of one model from deletion: three queries per use."""
    cited = {row.pk: row for row in rows}
    model = rows.model if isinstance(rows, QuerySet) else type(rows[0])
    found = []
    relations: dict[Any, Any] = {
        (relation.related_model._meta.model_name, relation.field.name): relation
        for relation in model._meta.related_objects
        if relation.on_delete is PROTECT
    }
    for key, use in USES.items():
        if key not in relations:
            continue
        relation = relations[key]
        user_model = relation.related_model
        owner = f"{use.owner}_id" if use.owner else "pk"
        field = f"{relation.field.name}_id"
        # A claim may cite one source for several statements; it is one claim all the same.
        pairs = (
            user_model._default_manager.filter(**{f"{field}__in": cited})
            .order_by(owner, field)
            .values_list(owner, field)
            .distinct()
        )
        if number := pairs.count():
            owner_model = (
                user_model._meta.get_field(use.owner).remote_field.model
                if use.owner
                else user_model
            )
            only = next(iter(cited)) if len(cited) == 1 else None
            found.append(
                Citing(
                    use.title,
                    number,
                    _links(owner_model, pairs[:SHOWN], {} if only else cited),
                    list_url(Claim, **{use.claim_filter: only})
                    if use.claim_filter and only
                    else "",
                )
            )
    return found


def _links(
    owner_model: Any, pairs: Iterable[tuple[int, int]], cited: dict[int, Model]
) -> list[SafeString]:
    """A link to each owner, and what it stands on where several things are asked about."""
    pairs = list(pairs)
    owners = owner_model._default_manager.in_bulk([owner for owner, _field in pairs])
    return [
        format_html("{} ({})", link(owners[owner]), cited[field]) if cited else link(owners[owner])
        for owner, field in pairs
    ]


def as_nested_list(found: list[Citing]) -> list[Any]:
    """As the template filter `unordered_list` wants it."""
    nested: list[Any] = []
    for use in found:
        rows = [*use.links]
        left = use.number - len(use.links)
        if left and use.all_url:
            rows.append(format_html('<a href="{}">and {} more</a>', use.all_url, left))
        elif left:
            rows.append(format_html("and {} more", left))
        nested += [f"{use.title}: {use.number}", rows]
    return nested
