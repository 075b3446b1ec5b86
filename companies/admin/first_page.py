"""What the first page shows above the lists."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from companies import attention
from companies.admin.attention_filters import PARAMETER
from companies.admin.links import list_url
from companies.models import Proposal, ProposalOutcome


class Shown(NamedTuple):
    number: int
    what: str
    advice: str
    url: str  # of the list that has just these rows


class Attention(NamedTuple):
    to_do: list[Shown]
    in_order: list[Shown]  # where nothing waits


def attention_shown(request: HttpRequest) -> Attention:
    """What needs attention among what the editor may look at."""
    items = [item for item in attention.ITEMS if _may_look(request, item.model)]
    shown = [
        Shown(number, f"{_name(item.model, number)} {item.label}", item.advice, list_address(item))
        for item, number in zip(items, attention.counts(items), strict=True)
    ]
    return Attention([one for one in shown if one.number], [one for one in shown if not one.number])


def list_address(item: attention.Item) -> str:
    if item.model is Proposal:
        # Whose list is by outcome anyway.
        return list_url(Proposal, outcome__exact=ProposalOutcome.OPEN.value)
    return list_url(item.model, **{PARAMETER: item.name})


def _may_look(request: HttpRequest, model: type[Model]) -> bool:
    return admin.site.get_model_admin(model).has_view_permission(request)


def _name(model: type[Model], number: int) -> Any:
    return model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural


site: Any = admin.site  # companies.admin_site.CatalogueAdminSite
site.first_page["attention"] = attention_shown
