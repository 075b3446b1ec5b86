"""Everything the catalogue's tables hold."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps

from companies.models import Revision, SearchDocument, SearchName


class Values(NamedTuple):
    updated: Any
    columns: tuple[Any, ...]


def snapshot() -> dict[tuple[str, int], Values]:
    """Each record by table and primary key; without the history, which a load may only begin, and
    without the search, which follows it."""
    return {
        (model.__name__, record.pk): Values(
            getattr(record, "updated", None),
            tuple(getattr(record, field.attname) for field in model._meta.concrete_fields),
        )
        for model in apps.get_app_config("companies").get_models()
        if not model._meta.proxy and model not in (Revision, SearchDocument, SearchName)
        for record in model._default_manager.all()
    }
