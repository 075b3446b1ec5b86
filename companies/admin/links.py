"""Where in the admin a row is edited. A row of a claim is edited on the claim's page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from companies.models import (
    Claim,
    CodebaseShareClaim,
    Decision,
    KeyFigure,
    OpenSourceRelease,
    Quote,
    Strength,
    UseCase,
)

KIND_FORMS: tuple[type[Claim], ...] = (
    UseCase,
    Decision,
    KeyFigure,
    CodebaseShareClaim,
    Strength,
    Quote,
    OpenSourceRelease,
)
_FORM_OF_KIND = {kind: model for model in KIND_FORMS for kind in model.kinds}  # type: ignore[attr-defined]


def form_of(kind: str) -> type[Claim]:
    """The proxy model whose short form suits a kind of claim."""
    return _FORM_OF_KIND[kind]


def change_url(row: Model) -> str:
    model = form_of(row.kind) if isinstance(row, Claim) else type(row)
    return reverse(f"admin:companies_{model._meta.model_name}_change", args=[row.pk])


def add_url(model: type[Model], **initial: object) -> str:
    address = reverse(f"admin:companies_{model._meta.model_name}_add")
    return f"{address}?{urlencode(initial)}"


def list_url(model: type[Model], **filters: object) -> str:
    address = reverse(f"admin:companies_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters)}"


def link(row: Model) -> SafeString:
    return format_html('<a href="{}">{}</a>', change_url(row), row)
