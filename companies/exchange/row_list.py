"""YAML and JSON files that are a list of entries in the exchange shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from companies.exchange import yaml_document
from companies.exchange.entry import Entry, EntryPlace
from companies.exchange.flat_rows import fields
from companies.exchange.table_kind import TableKind
from companies.exchange.table_read import SPLIT
from companies.exchange.yaml_document import Document, UnreadableError

# JSON is read in one piece, and several times its size.
MAX_JSON_BYTES = 10_000_000


def yaml_entries(kind: TableKind, file: str, content: bytes) -> Iterator[Entry]:
    document = yaml_document.parse(content, file)
    if document.problems:
        first = document.problems[0]
        raise UnreadableError(f"{first.field}: {first.reason}", first.line)
    yield from _list_entries(kind, document)


def json_entries(kind: TableKind, file: str, content: bytes) -> Iterator[Entry]:
    if len(content) > MAX_JSON_BYTES:
        reason = f"is larger than {MAX_JSON_BYTES // 1_000_000} MB, the most for JSON"
        raise UnreadableError(f"{reason}: {SPLIT}, or send a table")
    try:
        value = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        raise UnreadableError("is not UTF-8 text: save it in that encoding") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"is not JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise UnreadableError("is nested too deeply") from None
    except ValueError as error:
        raise UnreadableError(f"is not JSON: {error}") from None
    yield from _list_entries(kind, Document(file, value))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number here")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:80]} stands twice in one entry")
    return values


def _list_entries(kind: TableKind, document: Document) -> Iterator[Entry]:
    values = document.value
    if not isinstance(values, list):
        raise UnreadableError(f"must be a list of {kind.nouns}")
    if not values:
        raise UnreadableError("is an empty list")
    known = fields(kind.table_type).keys()
    for number, value in enumerate(values, 1):
        name = value.get(kind.name) if isinstance(value, dict) else ""
        place = EntryPlace(
            document, (number - 1,), name if isinstance(name, str) else "", (), number
        )
        if number == 1 and isinstance(value, dict) and not known & value.keys():
            raise UnreadableError(f"is a list, but not one of {kind.nouns}")
        yield Entry(number, value, place)
