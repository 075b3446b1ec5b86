"""A data package read as the specifications of Data Package and Table Schema say."""

import csv
import datetime
import hashlib
import io
import json
import re
from urllib.parse import urlsplit
from zipfile import ZipFile

BOOLEANS = {"true": True, "True": True, "TRUE": True, "1": True}
BOOLEANS |= {"false": False, "False": False, "FALSE": False, "0": False}
NAME = re.compile(r"[-a-z0-9._/]+")


def files(content):
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def description(content):
    return json.loads(files(content)["datapackage.json"])


def tables(content):
    """The rows of every table by its name, each cell of its field's type; else an error."""
    inside, found = files(content), {}
    package = json.loads(inside["datapackage.json"])
    assert NAME.fullmatch(package["name"])
    for resource in package["resources"]:
        assert NAME.fullmatch(resource["name"])
        data = inside[resource["path"]]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        rows = csv.reader(io.StringIO(data.decode(resource["encoding"]), newline=""), strict=True)
        schema = resource["schema"]
        assert next(rows) == [field["name"] for field in schema["fields"]]
        found[resource["name"]] = [_row(schema, row) for row in rows]
        for key in schema.get("primaryKey", []):
            keys = [row[key] for row in found[resource["name"]]]
            assert len(keys) == len(set(keys))
    return found


def _row(schema, cells):
    fields = schema["fields"]
    return {
        field["name"]: _value(field, cell, schema["missingValues"])
        for field, cell in zip(fields, cells, strict=True)
    }


def _value(field, cell, missing):  # noqa: PLR0911 - one for each type
    rules = field.get("constraints", {})
    if cell in missing:
        assert not rules.get("required"), field["name"]
        return None
    assert cell in rules.get("enum", [cell]), (field["name"], cell)
    assert re.fullmatch(rules.get("pattern", "(?s).*"), cell), (field["name"], cell)
    match field["type"]:
        case "string":
            if field.get("format") == "uri":
                assert urlsplit(cell).scheme in ("http", "https"), (field["name"], cell)
            return cell
        case "integer":
            return int(cell)
        case "number":
            return float(cell)
        case "boolean":
            return BOOLEANS[cell]
        case "datetime":
            return datetime.datetime.strptime(cell, field["format"])  # noqa: DTZ007
        case "any":
            return cell
    raise AssertionError(f"There is no type {field['type']}.")
