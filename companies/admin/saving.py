"""What becomes of one request that saves a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from companies.differences import Difference
from companies.models import Revision


@dataclass(frozen=True)
class Line:
    """One field in three versions, each as lines of words."""

    label: str
    opened: tuple[str, ...]
    saved: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Somebody saved the entry while this editor had its page open."""

    theirs: Revision
    lines: list[Line]
    # What was typed couldn't be read as a whole; the page's own errors say why.
    is_partial: bool


@dataclass
class Saving:
    # Why the database refused what the form had let through; set for the second attempt.
    refusal: str = ""
    conflict: Conflict | None = None
    # Everything is tried and taken back, to learn what the entry would be like.
    is_trial: bool = False
    # The change isn't saved but handed to an editor.
    is_proposal: bool = False


class TriedError(Exception):
    """Ends a trial, and with it the transaction that must leave nothing behind."""

    def __init__(self, content: dict[str, Any], form: Any) -> None:
        self.content, self.form = content, form
        super().__init__("This was a trial.")


def saving_of(request: HttpRequest) -> Saving:
    """The one of this request."""
    state: Any = request
    if not hasattr(state, "saving"):
        state.saving = Saving()
    saving: Saving = state.saving
    return saving


def in_three_versions(theirs: list[Difference], mine: list[Difference]) -> list[Line]:
    """Every field that either side changed since `before`, which both start from."""
    by_field: dict[str, tuple[Difference | None, Difference | None]] = {}
    for difference in theirs:
        by_field[difference.field] = (difference, None)
    for difference in mine:
        by_field[difference.field] = (by_field.get(difference.field, (None, None))[0], difference)
    lines = []
    for saved, typed in by_field.values():
        known: Any = saved or typed
        lines.append(
            Line(
                known.label,
                known.before,
                saved.after if saved else known.before,
                typed.after if typed else known.before,
            )
        )
    return lines
