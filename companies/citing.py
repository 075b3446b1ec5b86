"""How to cite a page of ours, as plain text, for BibTeX and as CSL-JSON: pure functions.

Citations are in the language of the catalogue, as the words they quote are; a German page offers
the same ones.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from companies import partial_date


@dataclass(frozen=True)
class Document:
    """What a claim rests on. `published_on` may be a year, a month, a day or empty."""

    title: str
    publisher: str
    author: str
    published_on: str
    url: str
    locator: str


@dataclass(frozen=True)
class Reference:
    """A page of ours as it stood at the end of `day`.

    `address` is the full permanent address of that state, `key` unique within the site.
    """

    site: str
    key: str
    title: str
    address: str
    day: datetime.date
    # As in “claim netflix-01” or “company profile”.
    kind: str
    as_of: str = ""
    source: Document | None = None


def as_text(reference: Reference) -> str:
    """`“Netflix”. Stackfacts, company profile as it stood on 24 November 2026, https://….`"""
    as_of = f" (as of {_date(reference.as_of)})" if reference.as_of else ""
    parts = [
        f"“{_line(reference.title)}”{as_of}. {_line(reference.site)}, {reference.kind} "
        f"{_as_it_stood(reference)}, {reference.address}."
    ]
    if reference.source:
        parts.append(f"Source: {_source(reference.source)}")
    return " ".join(parts)


def as_bibtex(reference: Reference) -> str:
    """An entry of the kind that every style knows. Read by BibTeX and Biber alike.

    Text is left in UTF-8, as TeX reads it today. Braces are spelt out rather than escaped, because
    BibTeX counts them even behind a backslash.
    """
    notes = _notes(reference)
    fields = {
        # In braces of their own, or else a style changes capitals and takes a site for a person.
        "author": f"{{{_tex(reference.site)}}}",
        "title": f"{{{_tex(reference.title)}}}",
        "year": str(reference.day.year),
        "howpublished": rf"\url{{{_tex_address(reference.address)}}}",
        "url": _tex_address(reference.address),
        "urldate": reference.day.isoformat(),
        "note": ". ".join(_tex(note) for note in notes),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{_key(reference)},", *lines, "}"])


def as_csl_json(reference: Reference) -> str:
    """A list of one item, as the input schema of CSL 1.0 has it and citation managers import it."""
    day = {"date-parts": [[reference.day.year, reference.day.month, reference.day.day]]}
    item: dict[str, Any] = {
        "id": _key(reference),
        "type": "webpage",
        "title": _line(reference.title),
        "container-title": _line(reference.site),
        "author": [{"literal": _line(reference.site)}],
        "issued": day,
        "accessed": day,
        "URL": reference.address,
        "language": settings.CATALOG_LANGUAGE,
        "note": ". ".join(_line(note) for note in _notes(reference)),
    }
    # A line for each, because a date indented as deep as it goes takes seven.
    lines = [
        f"  {json.dumps(name)}: {json.dumps(it, ensure_ascii=False)}" for name, it in item.items()
    ]
    return "[{\n" + ",\n".join(lines) + "\n}]"


def _notes(reference: Reference) -> list[str]:
    notes = [f"{_capital(reference.kind)} {_as_it_stood(reference)}"]
    if reference.as_of:
        notes.append(f"As of {_date(reference.as_of)}")
    if reference.source:
        notes.append(f"Source: {_source(reference.source)}")
    return notes


def _as_it_stood(reference: Reference) -> str:
    return f"as it stood on {_date(reference.day.isoformat())}"


_TEX: dict[str, str | int | None] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': '{"}',
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
# Neither a line nor a field may be broken by what somebody typed, nor shown in another direction.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


# Signs that TeX joins into one, as `--` into a dash: the braces after the first keep them apart.
_JOINED = re.compile(r"-(?=-)|`(?=`)|'(?=')|,(?=,)|[?!](?=`)")


def _tex(text: str) -> str:
    return _JOINED.sub(r"\g<0>{}", _line(text).translate(str.maketrans(_TEX)))


def _tex_address(address: str) -> str:
    r"""Within `\url{}` all but braces and a backslash stand for themselves."""
    return re.sub(r'[\\{}"\s]', lambda sign: f"%{ord(sign[0]):02X}", address)


def _key(reference: Reference) -> str:
    # What BibTeX ends a key at, or takes for something else, is left out of the site's name.
    site = re.sub(r"[^a-z0-9]+", "-", reference.site.lower()).strip("-")
    return f"{site}-{reference.key}" if site else reference.key


def _source(source: Document) -> str:
    parts = [
        source.author,
        f"“{source.title}”",
        source.publisher,
        _date(source.published_on),
        source.locator,
        source.url,
    ]
    return ", ".join(_line(part) for part in parts if part)


def _line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _date(text: str) -> str:
    with translation.override(settings.CATALOG_LANGUAGE):
        return str(partial_date.in_words(text))
