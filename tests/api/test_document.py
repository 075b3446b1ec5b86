import json

import pytest
from jsonschema import Draft202012Validator

from companies.api.document import document

METHODS = {"get"}
OPERATIONS = [
    (path, operation)
    for path, methods in document()["paths"].items()
    for operation in methods.items()
]


def resolved(node):
    """A schema that finds what it refers to."""
    return {**node, "components": document()["components"]}


def test_it_is_openapi_3_1_with_the_address_of_the_site(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    body = answer.json()
    assert body["openapi"].startswith("3.1.")
    assert body["servers"] == [{"url": "http://testserver"}]
    assert {path: set(methods) for path, methods in body["paths"].items()} == dict.fromkeys(
        document()["paths"], METHODS
    )


def test_every_operation_has_a_name_of_its_own_and_is_described():
    names = [operation["operationId"] for _, (_, operation) in OPERATIONS]
    assert len(set(names)) == len(names) == 16
    for _, (_, operation) in OPERATIONS:
        assert operation["summary"]
        assert operation["description"]
        assert operation["tags"]


def test_every_operation_says_what_it_answers_and_when_it_does_not():
    for path, (_, operation) in OPERATIONS:
        statuses = set(operation["responses"])
        expected = {"200", "304", "400", "422", "429", "500"}
        if "{" in path:
            expected |= {"301", "404"}
        elif path.endswith("/comparison"):
            expected |= {"404"}
        assert statuses == expected


def test_every_parameter_is_described_and_has_an_example_that_fits_it():
    for _, (_, operation) in OPERATIONS:
        for parameter in operation["parameters"]:
            name, schema = parameter["name"], parameter["schema"]
            if parameter["in"] == "path":
                assert parameter["example"]
            elif name not in ("limit", "sort", "cursor", "differences"):
                Draft202012Validator(resolved(schema)).validate(parameter["example"])
            assert parameter["description"]
            assert "examples" not in parameter


def test_every_example_of_an_answer_fits_its_schema():
    for _, (_, operation) in OPERATIONS:
        body = operation["responses"]["200"]["content"]["application/json"]
        Draft202012Validator(resolved(body["schema"])).validate(body["example"])
    for response in document()["components"]["responses"].values():
        body = response["content"]["application/problem+json"]
        assert body["examples"]
        for shown in body["examples"].values():
            Draft202012Validator(resolved(body["schema"])).validate(shown["value"])


def test_every_member_of_every_shape_is_described():
    undescribed = [
        f"{name}.{member}"
        for name, schema in document()["components"]["schemas"].items()
        for member, part in schema.get("properties", {}).items()
        if "description" not in part and member != "items"
    ]
    assert undescribed == []


@pytest.mark.parametrize(
    "member",
    [
        "key",
        "grade",
        "disputed",
        "as_of",
        "basis",
        "scope",
        "locator",
        "citations",
        "url",
        "source",
    ],
)
def test_a_claim_carries_its_evidence(member):
    schemas = document()["components"]["schemas"]
    assert member in schemas["Claim"]["properties"]
    assert {"url", "publisher", "tier"} <= set(schemas["Document"]["required"])


def test_a_choice_is_one_named_schema_wherever_it_is_used():
    operation = document()["paths"]["/api/v1/claims"]["get"]
    kind = next(p for p in operation["parameters"] if p["name"] == "kind")["schema"]
    member = document()["components"]["schemas"]["Claim"]["properties"]["kind"]
    assert kind["$ref"] == member["$ref"] == "#/components/schemas/ClaimKind"
    assert "allOf" not in json.dumps(document())


def test_the_shapes_are_those_of_answers():
    assert [n for n in document()["components"]["schemas"] if n.endswith("Parameters")] == []
