"""Technologies that a claim names."""

from __future__ import annotations

from companies.linked_data.block import Absolute, Data
from companies.models import Technology, TechnologyKind

# There is no word for a framework, library, protocol, database or platform that fits them all: a
# SoftwareApplication is something to install and use, so these stay things with a name.
_TYPES = {TechnologyKind.LANGUAGE.value: "ComputerLanguage"}
_TYPE = "Thing"


def technology(found: Technology, absolute: Absolute) -> Data:
    page = found.get_absolute_url()
    return {
        "@type": _TYPES.get(found.kind, _TYPE),
        "@id": absolute(f"{page}#technology"),
        "name": found.name,
        "mainEntityOfPage": absolute(page),
    }
