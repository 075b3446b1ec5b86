"""What the sections of a claim's form hold and say, and which of them are folded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from companies.admin.claim_form import NEW_SOURCE_FIELDS

FIGURE = (
    ("figure_value", "figure_unit"),
    ("figure_before", "figure_qualifier"),
    "figure_as_worded",
)
QUOTATION = ("quotation", ("speaker", "speaker_role"))
SOURCE_ADVICE = (
    "Nothing is shown without its source. Choose it here or, if it isn't in the catalogue yet, "
    "describe it under “New source”."
)
FIGURE_ADVICE = (
    "One number, what it counts, and how exactly the source states it. For a change give the "
    "value before, too."
)
QUOTATION_ADVICE = "What somebody said, word for word."


def classes(*, folds: bool, is_last: bool) -> tuple[str, ...]:
    return ("collapse",) if folds else ("after-rows",) if is_last else ()


def has_content(request: HttpRequest, obj: Any, fields: tuple[Any, ...]) -> bool:
    """Whether folding these fields would hide something: typed just now, or saved before."""
    names = [name for line in fields for name in ([line] if isinstance(line, str) else line)]
    if request.method == "POST":
        return any(request.POST.get(name) for name in names)
    return any(
        getattr(obj, name, None) not in (None, "")
        for name in names
        if obj and name not in NEW_SOURCE_FIELDS and name != "key"
    )
