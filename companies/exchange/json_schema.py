"""The schema as JSON Schema, for editors and programs that know nothing of this one.

python -m companies.exchange.json_schema > docs/catalog.schema.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from companies.exchange.schema import (
    CompanyRow,
    DomainRow,
    ListRow,
    Row,
    SourceRow,
    TechnologyRow,
)

FILES: dict[str, type[Row]] = {
    "DomainsFile": DomainRow,
    "TechnologiesFile": TechnologyRow,
    "SourcesFile": SourceRow,
    "ListsFile": ListRow,
}
_ABOUT = (
    "The shape of each file of a catalogue. What no shape can say, load_catalog checks besides: "
    "that whatever is referred to exists, that names and keys stand once, that no date lies in "
    "the future, that shares add up, and what each kind of claim must have."
)


class _WithoutTitles(GenerateJsonSchema):
    """A title per field would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def document() -> dict[str, Any]:
    row_types: list[type[Row]] = [*FILES.values(), CompanyRow]
    _names, rows = models_json_schema(
        [(row_type, "validation") for row_type in row_types], schema_generator=_WithoutTitles
    )
    files: dict[str, Any] = {
        name: {"type": "array", "items": {"$ref": f"#/$defs/{row_type.__name__}"}}
        for name, row_type in FILES.items()
    }
    files["CompanyFile"] = {"$ref": "#/$defs/CompanyRow"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Stackfacts catalogue",
        "description": _ABOUT,
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in files],
        "$defs": files | rows["$defs"],
    }


def as_text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
