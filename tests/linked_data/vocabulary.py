"""Holds JSON-LD against schema.org: known types, properties that they have, values that fit.

A JSON-LD processor (PyLD) makes full addresses of all names first, as a search engine does. It is
given a context of ours, so that nothing is asked of the network, in which every name that is not
known stays, and is found. Stricter than schema.org itself: a text for a thing is a fault here.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

from pyld import jsonld

from companies import partial_date
from tests.linked_data.renew import FILE

SCHEMA = "https://schema.org/"
TYPES: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["types"]
# An action says by the name of a property and this what it takes for it.
ASKED = "-input"
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def above(name: str) -> Iterator[str]:
    """The type and all that it is a kind of."""
    yield name
    for higher in TYPES[name]["above"].split():
        yield from above(higher)


def properties(name: str) -> dict[str, set[str]]:
    """By property of the type the types that its values can have."""
    return {
        word: set(kinds.split())
        for kind in above(name)
        for word, kinds in TYPES[kind]["properties"].items()
    }


def _is_date_time(value: Any) -> bool:
    try:
        return bool(datetime.datetime.fromisoformat(value).tzinfo)
    except (TypeError, ValueError):
        return False


LITERALS = {
    "Text": lambda value: isinstance(value, str) and value.strip() != "",
    "URL": lambda value: isinstance(value, str) and ADDRESS.fullmatch(value) is not None,
    "Date": lambda value: isinstance(value, str) and partial_date.is_real(value),
    "DateTime": _is_date_time,
    "Boolean": lambda value: isinstance(value, bool),
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


def _context() -> dict[str, Any]:
    """As that of schema.org: what is an address, and no text, is one without further words."""
    every = {word: kinds for name in TYPES for word, kinds in properties(name).items()}
    addresses = {
        word: {"@id": f"{SCHEMA}{word}", "@type": "@id"}
        for word, kinds in every.items()
        if "URL" in kinds and "Text" not in kinds
    }
    return {"@vocab": SCHEMA, **addresses}


CONTEXT = {"@context": _context()}


def load(url: str, _options: Any) -> dict[str, Any]:
    """The only document that a page may need."""
    assert url == "https://schema.org", url
    answer = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url}
    return answer | {"document": CONTEXT}


# A page's data is copied to where nobody knows the page's address, so none may be relative to it.
OPTIONS = {"documentLoader": load, "base": "relative:/"}


def expanded(data: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = jsonld.expand(data, OPTIONS)
    return found


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with a type, however deep, in what was expanded."""
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for part in value.values():
            yield from nodes(part)


def faults(data: dict[str, Any]) -> list[str]:
    """A sentence for each thing that schema.org would not understand."""
    whole = expanded(data)
    every = [*nodes(whole)]
    described = {node["@id"]: _types(node) for node in every if "@id" in node}
    found = []
    for node in every:
        if [kind for kind in _types(node) if kind not in TYPES]:
            found.append(f"there is no {_types(node)}")
            continue
        if "@id" in node:
            if not ADDRESS.fullmatch(node["@id"]):
                found.append(f"{node['@id']} is no address")
            if described[node["@id"]] != _types(node):
                found.append(f"{node['@id']} is of two types")
        for name, values in node.items():
            if not name.startswith("@"):
                found += _faults_of(_types(node), name.removeprefix(SCHEMA), values, described)
    return found


def _types(node: dict[str, Any]) -> list[str]:
    return [kind.removeprefix(SCHEMA) for kind in node["@type"]]


def _faults_of(
    types: list[str], name: str, values: list[Any], described: dict[str, list[str]]
) -> list[str]:
    if name.endswith(ASKED) and name.removesuffix(ASKED) in {"query"}:
        kinds: set[str] = {"PropertyValueSpecification", "Text"}
    else:
        kinds = set().union(*(properties(kind).get(name, set()) for kind in types))
    if not kinds:
        return [f"{'/'.join(types)} has no {name}"]
    unfit = [value for value in values if not _fits(value, kinds, described)]
    return [f"{'/'.join(types)}.{name} is {value}, not {sorted(kinds)}" for value in unfit]


def _fits(value: dict[str, Any], kinds: set[str], described: dict[str, list[str]]) -> bool:
    if "@value" in value:
        return any(LITERALS[kind](value["@value"]) for kind in kinds if kind in LITERALS)
    address = value.get("@id", "")
    if "@type" not in value and "URL" in kinds:
        return ADDRESS.fullmatch(address) is not None
    # Of a thing that stands nowhere on the page nobody knows what it is.
    types = _types(value) if "@type" in value else described.get(address, [])
    known = [kind for kind in types if kind in TYPES]
    return any(higher in kinds for kind in known for higher in above(kind))
