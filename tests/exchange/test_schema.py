"""The shape agrees with the models, and the published JSON Schema with both."""

import json
from copy import deepcopy
from datetime import date

import jsonschema
import pytest
import yaml
from django.db.models import Model

from companies import models
from companies.exchange import json_schema, schema
from companies.exchange.catalogue import Catalogue, take
from companies.exchange.yaml_document import Document
from companies.management.commands.load_catalog import CATALOG
from tests.exchange.small_catalogue import SMALL
from tests.process import ROOT

MODELS: dict[type[schema.Row], type[Model]] = {
    schema.DomainRow: models.Domain,
    schema.TechnologyRow: models.Technology,
    schema.SourceRow: models.Source,
    schema.CompanyRow: models.Company,
    schema.ClaimRow: models.Claim,
    schema.ClaimTechnologyRow: models.ClaimTechnology,
    schema.ShareRow: models.CodebaseShare,
    schema.CitationRow: models.Citation,
    schema.GapRow: models.Gap,
    schema.ListRow: models.CompanyList,
    schema.EntryRow: models.CompanyListEntry,
}
# The owner of a part follows from where it stands, its position from the order.
# Logos are files of their own.
NOT_WRITTEN = {"id", "created", "updated", "position", "logo"}
OWNERS: dict[type[Model], str] = {
    models.Claim: "company",
    models.ClaimTechnology: "claim",
    models.CodebaseShare: "claim",
    models.Citation: "claim",
    models.Gap: "company",
    models.CompanyListEntry: "company_list",
}
DEFINITIONS = json_schema.document()["$defs"]


def fields():
    for row_type, model in MODELS.items():
        for field in model._meta.concrete_fields:
            if field.name in NOT_WRITTEN or field.name == OWNERS.get(model) or field.generated:
                continue
            if field.name.startswith("figure_"):
                yield schema.FigureRow, field.name.removeprefix("figure_"), field
            else:
                yield row_type, field.name, field


def parametrize(fits=lambda row_type, name, field: True):
    chosen = [
        pytest.param(*one, id=f"{one[0].__name__}.{one[1]}") for one in fields() if fits(*one)
    ]
    return pytest.mark.parametrize(("row_type", "name", "field"), chosen)


def is_text(row_type, name, field) -> bool:
    return field.max_length is not None and not field.choices


def has_choices(row_type, name, field) -> bool:
    return bool(field.choices)


def is_required_alike(row_type, name, field) -> bool:
    # A form makes a key where none is given. A figure as a whole is optional, its unit is not.
    return name != "key" and row_type is not schema.FigureRow


@parametrize()
def test_every_column_is_in_the_files(row_type, name, field):
    assert name in row_type.model_fields


@parametrize(is_text)
def test_text_is_as_long_as_its_column_allows(row_type, name, field):
    allowed = DEFINITIONS[row_type.__name__]["properties"][name]["maxLength"]
    assert allowed == field.max_length


@parametrize(has_choices)
def test_choices_are_those_of_the_column(row_type, name, field):
    allowed = set(DEFINITIONS[row_type.__name__]["properties"][name]["enum"])
    assert allowed - {""} == {value for value, _label in field.choices}
    assert field.blank == ("" in allowed)


@parametrize(is_required_alike)
def test_what_a_form_requires_the_files_require(row_type, name, field):
    # A status that isn't written is published.
    assert row_type.model_fields[name].is_required() == (not field.blank and name != "status")


def test_a_day_is_a_date():
    assert schema.day("2026-01-15") == date(2026, 1, 15)
    assert schema.day("") is None


def test_the_published_schema_is_the_one_of_the_code():
    published = (ROOT / "docs" / "catalog.schema.json").read_text(encoding="utf-8")
    assert published == json_schema.as_text(), (
        "Run: python -m companies.exchange.json_schema > docs/catalog.schema.json"
    )


def test_the_published_schema_is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(json_schema.document())


def file_type(file: str) -> str:
    return "CompanyFile" if "/" in file else f"{file.removesuffix('.yaml').capitalize()}File"


VALIDATORS = {
    file: jsonschema.Draft202012Validator(
        {"$ref": f"#/$defs/{file_type(file)}", "$defs": json_schema.document()["$defs"]}
    )
    for file in SMALL
}


def loader_takes(file, content) -> bool:
    catalogue = Catalogue()
    take(catalogue, Document(file, content))
    # A name that fits the file is no matter of shape.
    return all("is called companies/" in problem.reason for problem in catalogue.problems)


def test_schema_and_loader_take_the_starter_catalogue():
    validator = jsonschema.Draft202012Validator(json_schema.document())
    for path in CATALOG.rglob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        validator.validate(content)
        assert loader_takes(path.relative_to(CATALOG).as_posix(), content)


@pytest.mark.parametrize("file", SMALL)
def test_schema_and_loader_take_a_catalogue_of_every_field(file):
    VALIDATORS[file].validate(SMALL[file])
    assert loader_takes(file, SMALL[file])


def test_the_catalogue_of_every_field_has_every_field():
    def names(value):
        if isinstance(value, dict):
            yield from value
        for one in value.values() if isinstance(value, dict) else value:
            if isinstance(one, dict | list):
                yield from names(one)

    row_types: list[type[schema.Row]] = [*MODELS, schema.FigureRow]
    written = {name for content in SMALL.values() for name in names(content)}
    known = {name for row_type in row_types for name in row_type.model_fields}
    assert known - written == {"as_worded"}


LEAVE_OUT = object()
OTHERS = [
    LEAVE_OUT,
    None,
    "",
    " ",
    "x",
    "a b",
    "Ä",
    "two\nlines",
    "bell\a",
    "x" * 81,
    "x" * 301,
    "x" * 2001,
    "2016",
    "2016-02-30",
    "2016-05-27",
    "https://a.example/b",
    "ftp://a.example",
    "published",
    "uses",
    0,
    -1,
    100.5,
    10**18,
    True,
    [],
    {},
    [5],
    {"a": "b"},
]


def paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from paths(one, (*path, name))
        yield (*path, "unknown")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from paths(one, (*path, index))


def spoiled(content, path, other):
    if not path:
        return None if other is LEAVE_OUT else other
    content = deepcopy(content)
    target = content
    for part in path[:-1]:
        target = target[part]
    if other is not LEAVE_OUT:
        target[path[-1]] = other
    elif path[-1] != "unknown":
        del target[path[-1]]
    return content


@pytest.mark.parametrize("file", SMALL)
def test_schema_and_loader_agree_on_any_other_value_anywhere(file):
    taken = refused = 0
    for path in paths(SMALL[file]):
        for other in OTHERS:
            content = spoiled(SMALL[file], path, other)
            accepted = loader_takes(file, content)
            assert accepted == VALIDATORS[file].is_valid(content), (path, other)
            taken += accepted
            refused += not accepted
    assert taken > 10
    assert refused > 100


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (("claims", 2, "figure", "value"), 0.0000001),
        (("claims", 2, "figure", "value"), 1234567890123456),
        (("claims", 1, "shares", 0, "percentage"), 0.0001),
        (("website",), "https://a..example"),
    ],
)
def test_what_only_the_loader_knows(path, other):
    """If this fails, the schema has learnt something: move the case up."""
    content = spoiled(SMALL["companies/acme.yaml"], path, other)
    assert VALIDATORS["companies/acme.yaml"].is_valid(content)
    assert not loader_takes("companies/acme.yaml", content)


def test_the_schema_is_written_as_readable_json():
    assert json.loads(json_schema.as_text()) == json_schema.document()
