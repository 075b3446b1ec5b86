"""Writes vocabulary.json anew: `python -m tests.linked_data.renew`. Needs npm and its registry.

The vocabulary of schema.org is taken from the types that Google generates from it for TypeScript,
the npm package schema-dts, since a registry is what can be reached where tests run. Kept are the
types below with what is above them, and properties that are not deprecated.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VERSION = "2.1.0"
FILE = Path(__file__).with_name("vocabulary.json")
# What pages may use. Another type is unknown to the tests until it is named here.
TYPES = [
    "BreadcrumbList",
    "Claim",
    "ClaimReview",
    "ComputerLanguage",
    "CreativeWork",
    "DataCatalog",
    "DataDownload",
    "Dataset",
    "EntryPoint",
    "ListItem",
    "Organization",
    "Person",
    "Project",
    "PropertyValue",
    "PropertyValueSpecification",
    "Quotation",
    "Rating",
    "SearchAction",
    "Thing",
    "WebPage",
    "WebSite",
]

_INTERFACE = r"^(?:export )?interface (\w+){} extends ([^{{]+) {{\n(.*?)^}}"
_PROPERTY = re.compile(r'/\*\*(.*?)\*/\s*"([\w-]+)"\?: SchemaValue<([^,]+),', re.DOTALL)


def vocabulary(text: str) -> dict[str, Any]:
    """By type: the types above it, and for each property of its own the types of its values."""
    bases = {name: (above, body) for name, above, body in _interfaces("Base", text)}
    leaves = {name: above for name, above, _body in _interfaces("Leaf", text)}
    found: dict[str, Any] = {}
    waiting = [*TYPES]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        # A type without properties of its own extends only what is above it.
        above, body = bases.get(name, (leaves[name], ""))
        properties = {
            word: " ".join(sorted({*kinds.replace("|", " ").split()} - {"IdReference"}))
            for about, word, kinds in _PROPERTY.findall(body)
            if "@deprecated" not in about
        }
        found[name] = {"above": " ".join(above), "properties": properties}
        waiting += above
    return dict(sorted(found.items()))


def _interfaces(ending: str, text: str) -> list[tuple[str, list[str], str]]:
    pattern = re.compile(_INTERFACE.format(ending), re.DOTALL | re.MULTILINE)
    return [
        (name, re.findall(r"(\w+)Base", above), body) for name, above, body in pattern.findall(text)
    ]


def _fetched() -> str:
    with tempfile.TemporaryDirectory() as directory:
        command = ["npm", "pack", f"schema-dts@{VERSION}", "--silent"]
        subprocess.run(command, cwd=directory, check=True, capture_output=True)
        with tarfile.open(Path(directory) / f"schema-dts-{VERSION}.tgz") as archive:
            member = archive.extractfile("package/dist/schema.d.ts")
            return member.read().decode() if member else ""


if __name__ == "__main__":
    source = f"schema.org, as in the npm package schema-dts {VERSION}"
    kept = {"source": source, "types": vocabulary(_fetched())}
    FILE.write_text(f"{json.dumps(kept, indent=1)}\n", encoding="utf-8")
