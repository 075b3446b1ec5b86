"""What differs between two states of an entry, both in the exchange shape, in an editor's words."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from companies import field_words, figure

# Said here once more, because PostgreSQL keeps the fields of a JSON object in an order of its own.
# Each shape of companies.exchange.schema finds its own order in it.
_ORDER = """
    company key slug url name kind title publisher author published_on tier accessed_on text
    status aliases former_slugs parent founded headquarters industry website wikidata summary
    claim_kind technologies shares technology role version reason domain finding percentage scope
    basis figure value before unit qualifier as_worded as_of quotation speaker speaker_role source
    agreement as_reported locator looked_on note checked_on checked_by citations gaps entries logo
""".split()  # noqa: SIM905 - sixty names, each on a line of its own, are no easier to read
_PLACES = {name: place for place, name in enumerate(_ORDER)}
# The shape leaves out what has its default, so that silence has a meaning.
_SILENT = {"status": "published"}
# With its blanks, or any two texts would be alike in every second word.
_WORDS = re.compile(r"\s*\S+|\s+")
# Less alike than this, two texts read better one after the other.
_ALIKE = 0.4
# Comparing takes the square of the number of words.
_MOST_WORDS = 2_000
# Who held a claim against its source, and when, is nobody's business outside; what is withdrawn is
# not shown, so that a status is no difference either.
_FOR_EDITORS = {"checked_by", "checked_on", "status"}


# What editors wrote in a language, unlike names, numbers, dates and choices.
_TEXTS = {
    *("text", "summary", "title", "quotation", "note", "scope", "basis", "locator", "industry"),
    *("headquarters", "speaker_role", "figure.unit", "figure.as_worded"),
}


def public(content: dict[str, Any], hidden: Collection[str] = ()) -> dict[str, Any]:
    """What visitors see of an entry; `hidden` are companies that they don't."""
    seen = {name: value for name, value in content.items() if name not in _FOR_EDITORS}
    return without(seen, hidden)


def without(content: dict[str, Any], companies: Collection[str]) -> dict[str, Any]:
    """An entry that names none of these companies, as its parent or on a list."""
    kept = dict(content)
    if kept.get("parent") in companies:
        del kept["parent"]
    entries = [one for one in kept.pop("entries", []) if one["company"] not in companies]
    return kept | {"entries": entries} if entries else kept


def companies_named(content: dict[str, Any]) -> set[str]:
    """The companies, by slug, that an entry names and that may be hidden though it is not."""
    named = {entry["company"] for entry in content.get("entries", [])}
    return named | {content["parent"]} if "parent" in content else named


@dataclass(frozen=True)
class Piece:
    """Some words of a text: `kind` is same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field. `before` and `after` are its lines, empty where it says nothing."""

    field: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def removed(self) -> list[str]:
        return _without(self.before, self.after)

    @property
    def added(self) -> list[str]:
        return _without(self.after, self.before)

    @property
    def is_text(self) -> bool:
        """Whether its lines hold nothing but words of the catalogue."""
        return self.field in _TEXTS

    @property
    def is_reordered(self) -> bool:
        return not self.removed and not self.added

    @property
    def pieces(self) -> list[Piece]:
        """A text that was rewritten in part, word by word; empty for anything else."""
        if len(self.before) != 1 or len(self.after) != 1:
            return []
        before, after = _WORDS.findall(self.before[0]), _WORDS.findall(self.after[0])
        compared = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
        if len(before) + len(after) > _MOST_WORDS or compared.ratio() < _ALIKE:
            return []
        return list(_pieces(compared.get_opcodes(), before, after))


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """The fields in which the two differ, in the order of the shape."""
    first, second = _lines(before), _lines(after)
    return [
        Difference(name, field_words.label(name), first.get(name, ()), second.get(name, ()))
        for name in sorted({*first, *second}, key=_place)
        if first.get(name, ()) != second.get(name, ())
    ]


def _place(name: str) -> tuple[tuple[int, str], ...]:
    """For sorting; a part of a figure comes where the figure does."""
    return tuple((_PLACES.get(part, len(_PLACES)), part) for part in name.split("."))


def _lines(content: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Every field as lines of words; the figure's parts are fields of their own."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in {
        **content,
        **{k: v for k, v in _SILENT.items() if k not in content},
    }.items():
        if isinstance(value, dict):
            found |= {f"{name}.{part}": (_scalar(one, part),) for part, one in value.items()}
        elif isinstance(value, list):
            found[name] = tuple(_line(one) for one in value)
        else:
            found[name] = (_scalar(value, name),)
    return {name: lines for name, lines in found.items() if any(lines)}


def _line(value: Any) -> str:
    """A row of a list in one line: `python, uses, version 3.11`."""
    if not isinstance(value, dict):
        return _scalar(value)
    words = [
        _scalar(one, name)
        if name in _SPEAK_FOR_THEMSELVES or not place
        else f"{field_words.noun(name)} {_scalar(one, name)}"
        for place, (name, one) in enumerate(sorted(value.items(), key=lambda part: _place(part[0])))
    ]
    return ", ".join(words)


_SPEAK_FOR_THEMSELVES = {"role", "agreement", "finding", "technology", "domain", "qualifier"}


_CHOICES = {"kind", "claim_kind", "status", "tier", "role", "agreement", "finding", "qualifier"}


def _scalar(value: Any, name: str = "") -> str:
    if isinstance(value, str):
        return field_words.choice(value) if name in _CHOICES else value
    # Never as 1e-06.
    return str(number_format(figure.plain(Decimal(str(value))), force_grouping=True))


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """What there is more of; a line that is there twice is not there once."""
    return list((Counter(lines) - Counter(others)).elements())


def _pieces(
    steps: Sequence[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[Piece]:
    for kind, start, end, start_after, end_after in steps:
        if kind == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if start < end:
            yield Piece("removed", "".join(before[start:end]))
        if start_after < end_after:
            yield Piece("added", "".join(after[start_after:end_after]))
