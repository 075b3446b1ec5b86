"""How each page may be cited: as reference managers read what it offers."""

import html
import json
import re

import bibtexparser
import jsonschema
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from companies.reading_day import today
from tests.archive.at_days import day, on
from tests.exchange.changing import save
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

HOSTILE = "{}} %&#_\\~^\"$ <b>|' C# `` '' -- ,, @misc{x, é\u202e\x01東京 \U0001f600"
# On one line, and without what may not be shown.
HARMLESS = HOSTILE.replace("\u202e\x01", " ")
# Those of LaTeX itself that pylatexenc leaves out, or takes for an accent.
MACROS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
}
_TEXT = {"type": "string"}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": "integer", "minimum": 1},
            },
        },
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
_NAME = {
    "type": "object",
    "properties": {"family": _TEXT, "given": _TEXT, "literal": _TEXT},
    "minProperties": 1,
    "additionalProperties": False,
}
# What the input schema of CSL 1.0 says of the members that we use, and no more than it allows.
CSL = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["webpage", "entry", "dataset", "document"]},
            "author": {"type": "array", "items": _NAME},
            "issued": _DATE,
            "accessed": _DATE,
            **dict.fromkeys(("title", "container-title", "URL", "language", "note"), _TEXT),
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}


@pytest.fixture
def site():
    with on(1):
        return small_site(companies=5)


def pages(site):
    """Every kind of page that is cited, with what its citation is called."""
    two, five = site.comparison(2), site.comparison(5)
    names = sorted([site.company, *site.others], key=lambda company: company.slug)
    pair = sorted([site.company, site.others[0]], key=lambda company: company.slug)
    return {
        site.claim.get_absolute_url(): f"{site.company.name}: {site.claim.title}",
        site.shares_claim.get_absolute_url(): f"{site.company.name}: {site.shares_claim.title}",
        site.company.get_absolute_url(): site.company.name,
        two: " vs ".join(company.name for company in pair),
        five: " vs ".join(company.name for company in names),
    }


def offered(response):
    """What the fields of “Cite it” hold, by their id."""
    body = response.content.decode()
    areas = re.findall(r'<textarea id="cite-(\w+)"[^>]*>\n?(.*?)</textarea>', body, re.DOTALL)
    inputs = re.findall(r'<input id="cite-(\w+)" value="([^"]*)"', body)
    return {name: html.unescape(value) for name, value in (*areas, *inputs)}


def latex_decoder():
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in MACROS.items()]
    context.add_context_category("text", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", keep_comments=True)


def parsed(bibtex):
    """The one entry as bibtexparser has it, its texts as LaTeX sets them."""
    library = bibtexparser.parse_string(
        bibtex, append_middleware=[LatexDecodingMiddleware(decoder=latex_decoder())]
    )
    assert library.failed_blocks == []
    (entry,) = library.blocks
    assert entry.entry_type == "misc"
    return entry


def check(response, title, address):
    """That all three forms are there, are valid, and name the page and this address."""
    cited = offered(response)
    assert set(cited) == {"text", "bibtex", "csl", "dated", "link"}
    assert cited["dated"] == address
    assert title in cited["text"]
    assert address in cited["text"]
    assert "\n" not in cited["text"]
    entry = parsed(cited["bibtex"])
    assert bare(entry["title"]) == bare(title)
    assert entry["url"] == address
    assert entry["howpublished"] in (address, f"<{address}>")
    assert entry["urldate"] == address.partition("?as_of=")[2]
    item = json.loads(cited["csl"])
    jsonschema.validate(item, CSL)
    assert item[0]["title"] == title
    assert item[0]["URL"] == address
    assert item[0]["id"] == entry.key
    return entry


def bare(text):
    """Without the braces that only hold together, which a decoder of LaTeX leaves in."""
    return re.sub(r"\s+", " ", text).strip()


def test_every_kind_of_page_is_cited_at_its_dated_address(client, site):
    for path, title in pages(site).items():
        address = f"http://testserver{path}?as_of={today().isoformat()}"
        page = client.get(path)
        check(page, title, address)
        assert offered(page)["link"] == f"http://testserver{path}"
        led = client.get(address)
        assert (led.status_code, led["Location"]) == (302, path)


def test_an_archived_page_is_cited_at_the_address_it_has(client, site):
    for path, title in pages(site).items():
        address = f"http://testserver{path}?as_of={day(1)}"
        check(client.get(address), title, address)


@pytest.mark.parametrize("column", ["title", "locator"])
def test_any_text_of_a_claim_stays_valid_in_all_forms(client, site, column):
    save(site.claim, **{column: HOSTILE})
    title = f"{site.company.name}: {HARMLESS if column == 'title' else site.claim.title}"
    path = site.claim.get_absolute_url()
    address = f"http://testserver{path}?as_of={today().isoformat()}"
    entry = check(client.get(path), title, address)
    if column == "locator":
        assert bare(HARMLESS) in bare(entry["note"])


def test_any_name_of_a_company_and_source_stays_valid_in_all_forms(client, site):
    save(site.company, name=HOSTILE)
    save(site.source, title=HOSTILE, publisher=HOSTILE, author=HOSTILE)
    site.company.name = HARMLESS
    for path, title in pages(site).items():
        check(client.get(path), title, f"http://testserver{path}?as_of={today().isoformat()}")


def test_a_form_that_is_not_valid_would_be_noticed():
    for wrong in ("@misc{x, title = {a}} }", "@misc{x, title = {a}", "@misc{x, a = {b}, a = {b}}"):
        with pytest.raises((AssertionError, ValueError)):
            parsed(wrong)
    for wrong in ([{"id": "x"}], [{"id": "x", "type": "webpage", "url": "x"}], []):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, CSL)
