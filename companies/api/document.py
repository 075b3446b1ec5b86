"""The OpenAPI document: what django-ninja knows of the endpoints, and what all answers share.

Examples are made of those of the members, so that none goes stale.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from pydantic.json_schema import models_json_schema

from companies.api.problem import KINDS, MEDIA_TYPE, ParameterProblem, Problem
from companies.api.v1 import api

_REFERENCE = "#/components/schemas/{model}"
_JSON = "application/json"
# Statuses that any address may answer with, and those that only some do.
_ALWAYS, _OF_ENTRIES = (400, 422, 429, 500), (404,)
_RATE = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

Node = dict[str, Any]

_HEADERS = {
    "ETag": ("Send it as If-None-Match: unchanged is answered by 304.", "string"),
    "Link": ("The next page, as in the answer's `next`.", "string"),
    "Location": ("Where it is today.", "string"),
    "Retry-After": ("In how many seconds the next request is answered.", "integer"),
    "RateLimit-Limit": ("How many requests a minute you may make.", "integer"),
    "RateLimit-Remaining": ("How many are left now.", "integer"),
    "RateLimit-Reset": ("In how many seconds all of them are.", "integer"),
}


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    server = {"url": request.build_absolute_uri("/").rstrip("/")}
    return JsonResponse(document() | {"servers": [server]}, json_dumps_params={"indent": 1})


@cache
def document() -> Node:
    """Without servers: only a request says under which name it came."""
    found: Node = copy.deepcopy(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
    del found["servers"]
    found["tags"] = _tags(found)
    components = found["components"]
    # Of parameters there are only names in an address.
    components["schemas"] = {
        name: schema
        for name, schema in components["schemas"].items()
        if not name.endswith("Parameters")
    }
    for schema in components["schemas"].values():
        if "enum" in schema:
            # The words of the code to itself; each member says what the choice means for it.
            schema.pop("description", None)
    found = _plain(found, components["schemas"])
    components = found["components"]
    _, problems = models_json_schema(
        [(Problem, "serialization"), (ParameterProblem, "serialization")],
        ref_template=_REFERENCE,
    )
    components["schemas"] |= problems["$defs"]
    components["headers"] = {
        name: {"description": description, "schema": {"type": kind}}
        for name, (description, kind) in _HEADERS.items()
    }
    components["responses"] = {
        str(status): _problem_response(status, components["schemas"])
        for status in (*_ALWAYS, *_OF_ENTRIES)
    }
    for path, methods in found["paths"].items():
        for operation in methods.values():
            _complete(operation, "{" in path, components["schemas"])
    return found


def example(schema: Node, schemas: Node) -> Any:
    """A value of the schema, of the examples of its members."""
    for known in ("examples", "enum", "anyOf"):
        if known in schema:
            first = schema[known][0]
            return example(first, schemas) if known == "anyOf" else first
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "properties" in schema:
        return {name: example(part, schemas) for name, part in schema["properties"].items()}
    return schema["default"] if "default" in schema else [example(schema["items"], schemas)]


def _plain(node: Any, schemas: Node) -> Any:
    """Without the detour by `allOf`, which OpenAPI 3.0 needed and generators trip over."""
    if isinstance(node, list):
        return [_plain(part, schemas) for part in node]
    if not isinstance(node, dict):
        return node
    if "allOf" in node:
        (only,) = node["allOf"]
        name = only.get("title")
        shared = {"$ref": _REFERENCE.format(model=name)} if name in schemas else only
        node = {**shared, **{key: value for key, value in node.items() if key != "allOf"}}
    return {key: _plain(value, schemas) for key, value in node.items()}


def _tags(found: Node) -> list[Node]:
    operations = [op for methods in found["paths"].values() for op in methods.values()]
    return [{"name": name} for name in dict.fromkeys(op["tags"][0] for op in operations)]


def _complete(operation: Node, is_entry: bool, schemas: Node) -> None:
    names = {parameter["name"] for parameter in operation["parameters"]}
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            _describe_name(parameter, operation, schemas)
        _put_example(parameter)
    answers = operation["responses"]
    found = answers[200]
    body = found["content"][_JSON]
    answer = schemas[body["schema"]["$ref"].rpartition("/")[2]]
    body["example"] = example(body["schema"], schemas)
    found["headers"] = _headers("ETag", *_RATE, *(["Link"] if "cursor" in names else []))
    found["description"] = "Found."
    answers[304] = {
        "description": "Unchanged since the answer whose ETag was sent.",
        "headers": _headers("ETag", *_RATE),
    }
    if is_entry:
        answers[301] = {
            "description": "It is at another address today.",
            "headers": _headers("Location", *_RATE),
        }
    # A list of nothing is empty; there is nothing else that could be missing.
    statuses = _ALWAYS if "items" in answer["properties"] else (*_ALWAYS, *_OF_ENTRIES)
    for status in statuses:
        answers[status] = {"$ref": f"#/components/responses/{status}"}
    operation["responses"] = {str(status): answers[status] for status in sorted(answers)}


def _describe_name(parameter: Node, operation: Node, schemas: Node) -> None:
    """What names the entry in the address is the member of the same name in the answer."""
    answer = operation["responses"][200]["content"][_JSON]["schema"]
    member = schemas[answer["$ref"].rpartition("/")[2]]["properties"][parameter["name"]]
    parameter["description"] = member["description"]
    parameter["examples"] = member["examples"]


def _put_example(parameter: Node) -> None:
    """In OpenAPI the examples of a parameter have names, while its schema's are a list."""
    examples = parameter.pop("examples", None) or parameter["schema"].get("examples")
    if not examples or examples == [None]:
        parameter["schema"].pop("examples", None)
        return
    parameter["example"] = examples[0]


def _headers(*names: str) -> Node:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _problem_response(status: int, schemas: Node) -> Node:
    kinds = {name: kind for name, kind in KINDS.items() if kind.status == status}
    titles = [kind.title for kind in kinds.values()]
    # Where the limit is off there are no such headers, so none is required.
    headers = _headers(*_RATE, *(["Retry-After"] if status == KINDS["rate-limited"].status else []))
    schema = {"$ref": _REFERENCE.format(model=Problem.__name__)}
    shown = example(schema, schemas)
    examples = {
        name: {
            "value": {
                **shown,
                "type": shown["type"].rpartition("-bad-")[0] + f"-{name}",
                "title": kind.title,
                "status": status,
                "detail": kind.advice,
                **({} if name == "bad-parameters" else {"errors": []}),
            }
        }
        for name, kind in kinds.items()
    }
    content = {MEDIA_TYPE: {"schema": schema, "examples": examples}}
    return {"description": ", or: ".join(titles) + ".", "headers": headers, "content": content}
