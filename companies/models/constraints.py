"""Shorthand for the checks that several tables share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Model, Q, TextChoices

from companies import partial_date

# \A and \Z instead of ^ and $: in Python, and so in SQLite, $ lets a trailing newline through.
SLUG = r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"
FILLED = r"[^ \t\r\n]"
HTTP_URL = r"\A(http|https)://[^/ \t\r\n]+[^ \t\r\n]*\Z"

SLUG_ADVICE = "Use lower-case letters, digits and single hyphens, for example stack-overflow."
DATE_ADVICE = "Write a real date as 2016, 2016-05 or 2016-05-27."
URL_ADVICE = "Write a full address that starts with http:// or https://."


class FieldCheck(CheckConstraint):
    """A check whose message belongs next to one field of the form.

    In a migration it is a plain CheckConstraint: where the message stands is no matter of the
    database's.
    """

    def __init__(self, *, field: str, message: str, **kwargs: Any) -> None:
        self.field = field
        super().__init__(violation_error_message=message, **kwargs)

    def validate(
        self, model: type[Model], instance: Model, exclude: Any = None, using: str = "default"
    ) -> None:
        try:
            super().validate(model, instance, exclude=exclude, using=using)
        except ValidationError as error:
            raise ValidationError({self.field: error}) from error

    def deconstruct(self) -> Any:
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def clone(self) -> FieldCheck:
        return FieldCheck(
            field=self.field,
            message=str(self.violation_error_message),
            condition=self.condition,
            name=self.name,
        )


def slug_check(field: str, table: str) -> FieldCheck:
    return FieldCheck(
        field=field,
        condition=Q(**{f"{field}__regex": SLUG}),
        name=f"{table}_{field}_is_slug",
        message=SLUG_ADVICE,
    )


def filled_check(field: str, table: str, message: str) -> FieldCheck:
    """Refuse an empty text and one of blanks only."""
    return FieldCheck(
        field=field,
        condition=Q(**{f"{field}__regex": FILLED}),
        name=f"{table}_{field}_is_filled",
        message=message,
    )


def date_check(field: str, table: str) -> FieldCheck:
    return FieldCheck(
        field=field,
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": rf"\A{partial_date.PATTERN}\Z"}),
        name=f"{table}_{field}_is_date",
        message=DATE_ADVICE,
    )


def url_check(field: str, table: str, *, required: bool) -> FieldCheck:
    condition = Q(**{f"{field}__regex": HTTP_URL})
    return FieldCheck(
        field=field,
        condition=condition if required else Q(**{field: ""}) | condition,
        name=f"{table}_{field}_is_http",
        message=URL_ADVICE,
    )


def choice_check(
    field: str, choices: type[TextChoices], table: str, *, empty: bool = False
) -> FieldCheck:
    allowed = [*choices.values, ""] if empty else choices.values
    return FieldCheck(
        field=field,
        condition=Q(**{f"{field}__in": allowed}),
        name=f"{table}_{field}_is_known",
        message=f"Choose one of: {', '.join(choices.values)}.",
    )
