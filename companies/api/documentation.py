"""The documentation as a page, made of the OpenAPI document, without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from companies.api.document import Node, document
from companies.api.parameters import MOST_ON_A_PAGE, PER_PAGE
from companies.api.problem import KINDS
from companies.api.v1 import VERSION

_SHAPES = "#/components/schemas/"
# Of what only wraps a list.
_WRAPPING = {"items", "next", "next_cursor"}
# A problem has a section of its own.
_NOT_LISTED = {"Problem", "ParameterProblem"}
_OF_EXAMPLES = ("fields", "cursor", "limit")


@dataclass(frozen=True)
class Kind:
    """As in “list of Share or null”: a word, or the name of a shape; or the values of a choice."""

    word: str
    is_shape: bool = False
    values: tuple[str, ...] = ()
    is_list: bool = False
    or_null: bool = False


@dataclass(frozen=True)
class Member:
    """A parameter, or a member of a shape."""

    name: str
    kind: Kind
    description: str
    is_required: bool = False


@dataclass(frozen=True)
class Shape:
    name: str
    description: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Operation:
    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Member, ...]
    request: str
    shape: str
    is_list: bool
    example: str


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    found = document()
    root = request.build_absolute_uri("/").rstrip("/")
    operations = [_operation(path, ops["get"], root) for path, ops in found["paths"].items()]
    tags = [operation["get"]["tags"][0] for operation in found["paths"].values()]
    groups = [
        (tag["name"], [o for o, own in zip(operations, tags, strict=True) if own == tag["name"]])
        for tag in found["tags"]
    ]
    context = {
        "version": VERSION,
        "description": found["info"]["description"],
        "root": root,
        "groups": groups,
        "shapes": list(_shapes(found["components"]["schemas"])),
        "problems": KINDS,
        "rate": settings.API_RATE,
        "per_page": PER_PAGE,
        "most": MOST_ON_A_PAGE,
    }
    return render(request, "companies/api.html", context)


def _operation(path: str, found: Node, root: str) -> Operation:
    schemas = document()["components"]["schemas"]
    body = found["responses"]["200"]["content"]["application/json"]
    shape = body["schema"]["$ref"].removeprefix(_SHAPES)
    members = schemas[shape]["properties"]
    items = members["items"] if members.keys() <= _WRAPPING else None
    return Operation(
        id=found["operationId"],
        path=path,
        summary=found["summary"],
        description=found["description"],
        parameters=tuple(_parameters(found["parameters"], schemas)),
        request=_request(path, found["parameters"], root),
        shape=items["items"]["$ref"].removeprefix(_SHAPES) if items else shape,
        is_list=items is not None,
        example=json.dumps(body["example"], ensure_ascii=False, indent=2),
    )


def _request(path: str, parameters: list[Node], root: str) -> str:
    """A request that shows the address' first filter, or what it can't do without."""
    query: list[tuple[str, Any]] = []
    for parameter in parameters:
        name, example = parameter["name"], parameter.get("example")
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", str(example))
        elif parameter["required"] or (not query and example and name not in _OF_EXAMPLES):
            query.append((name, example))
    return f"{root}{path}" + (f"?{urlencode(query, safe=',')}" if query else "")


def _parameters(parameters: list[Node], schemas: Node) -> Iterator[Member]:
    for parameter in parameters:
        description = parameter.get("description", "")
        default = parameter["schema"].get("default")
        if default is not None:
            description += f" Otherwise `{json.dumps(default).strip(chr(34))}`."
        yield _member(
            parameter["name"],
            parameter["schema"],
            schemas,
            description=description,
            is_required=parameter["required"],
        )


def _shapes(schemas: Node) -> Iterator[Shape]:
    for name, schema in schemas.items():
        members = schema.get("properties", {})
        if not members or members.keys() <= _WRAPPING or name in _NOT_LISTED:
            continue
        required = schema.get("required", [])
        yield Shape(
            name,
            schema.get("description", ""),
            tuple(
                _member(
                    member,
                    part,
                    schemas,
                    description=part.get("description", ""),
                    is_required=member in required,
                )
                for member, part in members.items()
            ),
        )


def _member(name: str, schema: Node, schemas: Node, **more: Any) -> Member:
    return Member(name, _kind(schema, schemas), **more)


def _kind(schema: Node, schemas: Node) -> Kind:
    if "anyOf" in schema:
        return replace(_kind(schema["anyOf"][0], schemas), or_null=True)
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SHAPES)
        known = schemas[name]
        return _kind(known, schemas) if "enum" in known else Kind(name, is_shape=True)
    if schema.get("type") == "array":
        return replace(_kind(schema["items"], schemas), is_list=True)
    if "enum" in schema:
        return Kind("one of", values=tuple(schema["enum"]))
    return Kind(schema["type"])
