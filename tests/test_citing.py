"""Citations as a reader pastes them, and as a program for bibliographies parses them."""

import datetime
import json

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from companies.citing import Document, Reference, as_bibtex, as_csl_json, as_text

DAY = datetime.date(2026, 11, 24)
ADDRESS = "https://facts.example/claims/acme-01/"
# What stands for each sign in TeX.
SPELT = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    '{"}': '"',
    "{}": "",
    **{f"\\{sign}": sign for sign in "$&#%_"},
}


def reference(**given):
    defaults = {
        "site": "Stackfacts",
        "key": "acme-01",
        "title": "Acme: Servers",
        "address": ADDRESS,
        "day": DAY,
        "kind": "claim acme-01",
    }
    return Reference(**(defaults | given))


def source(**given):
    defaults = {
        "title": "Our servers",
        "publisher": "Acme Blog",
        "author": "",
        "published_on": "",
        "url": "https://acme.example/post",
        "locator": "",
    }
    return Document(**(defaults | given))


def value_at(text, start):
    """The value in braces that starts there, and where it ends: by counting, as BibTeX does."""
    assert text[start] == "{"
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise AssertionError("a brace is not closed")


def parsed(bibtex):
    """The key and the fields of an entry; fails on whatever is not the grammar of one."""
    kind, _, body = bibtex.partition("{")
    assert kind == "@misc"
    inside, end = value_at(f"{{{body}", 0)
    assert end == len(body) + 1
    key, _, rest = inside.partition(",\n")
    fields, place = {}, 0
    while rest[place:].strip():
        equals = rest.index("=", place)
        name = rest[place:equals].strip()
        assert name.isalpha()
        assert name not in fields
        fields[name], place = value_at(rest, rest.index("{", equals))
        assert rest[place : place + 2] == ",\n"
        place += 2
    return key, fields


# What TeX sets as one sign: dashes, quotation marks, inverted marks.
JOINED = ("--", "``", "''", ",,", "?`", "!`", "<<", ">>")


def read(tex):
    """What TeX sets; fails on any sign that means something to it and is not spelt out."""
    assert not any(pair in tex for pair in JOINED), tex
    words, place = "", 0
    while place < len(tex):
        spelling = next((one for one in SPELT if tex.startswith(one, place)), None)
        sign = SPELT[spelling] if spelling else tex[place]
        assert spelling or sign not in '\\{}$&#%_~^<>|"', (tex, place)
        words += sign
        place += len(spelling or sign)
    return words


def unwrapped(value):
    inside, end = value_at(value, 0)
    assert end == len(value)
    return inside


def test_a_profile_is_cited_with_site_address_and_day():
    profile = reference(key="acme", title="Acme", kind="company profile", address="https://x.io/a/")
    assert as_text(profile) == (
        "“Acme”. Stackfacts, company profile as it stood on 24 November 2026, https://x.io/a/."
    )
    assert (
        as_bibtex(profile)
        == r"""@misc{stackfacts-acme,
  author = {{Stackfacts}},
  title = {{Acme}},
  year = {2026},
  howpublished = {\url{https://x.io/a/}},
  url = {https://x.io/a/},
  urldate = {2026-11-24},
  note = {Company profile as it stood on 24 November 2026},
}"""
    )


def test_a_claim_is_cited_with_its_date_and_with_what_it_rests_on():
    claim = reference(
        as_of="2020-05",
        source=source(author="Ada Lovelace", published_on="2020-05-27", locator="page 3"),
    )
    cited = "Ada Lovelace, “Our servers”, Acme Blog, 27 May 2020, page 3, https://acme.example/post"
    assert as_text(claim) == (
        "“Acme: Servers” (as of May 2020). Stackfacts, claim acme-01 "
        f"as it stood on 24 November 2026, {ADDRESS}. Source: {cited}"
    )
    note = parsed(as_bibtex(claim))[1]["note"]
    assert read(note) == (
        f"Claim acme-01 as it stood on 24 November 2026. As of May 2020. Source: {cited}"
    )


@pytest.mark.parametrize(
    "title",
    [
        "{}",
        "}{",
        "{" * 9,
        "a } b",
        "\\",
        "\\}",
        "\\end{document}",
        "100 % & more",
        "C# $5 _x_ ~ ^ <b> |",
        "He said \"no\" and 'yes'",
        "@misc{x, title = {y}}",
        "Ärger 東京 \U0001f600 → é",
        "a, b = c",
        "run --help --- ---- now",
        "``so'' ,,so'' ''' ?` !` <<so>>",
    ],
)
def test_any_title_comes_back_out_of_bibtex_as_it_was(title):
    _, fields = parsed(as_bibtex(reference(title=title, source=source(title=title))))
    assert read(unwrapped(fields["title"])) == title
    assert f"“{title}”" in read(fields["note"])


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\t", "\n\n", "\u2028", "\x00", "\x1b", "  "])
def test_what_would_break_a_line_is_a_space(gap):
    hostile = reference(title=f"a{gap}b")
    assert read(unwrapped(parsed(as_bibtex(hostile))[1]["title"])) == "a b"
    assert as_text(hostile).startswith("“a b”. ")


def test_a_text_cant_turn_the_direction_of_what_follows():
    assert as_text(reference(title="a\u202eb")).startswith("“a b”. ")


@pytest.mark.parametrize(
    ("site", "key"),
    [
        ("Stackfacts", "stackfacts-acme-01"),
        ("Who, {says} so\\?", "who-says-so-acme-01"),
        ("東京", "acme-01"),
    ],
)
def test_a_key_is_one_that_bibtex_can_read(site, key):
    found, fields = parsed(as_bibtex(reference(site=site)))
    assert found == key
    assert read(unwrapped(fields["author"])) == site


def test_an_address_stays_one_in_tex():
    hostile = "https://x.io/a%20b_c/?d=e&f#g"
    assert parsed(as_bibtex(reference(address=hostile)))[1]["url"] == hostile
    broken = 'https://x.io/{a}\\b "c'
    fields = parsed(as_bibtex(reference(address=broken)))[1]
    assert fields["url"] == "https://x.io/%7Ba%7D%5Cb%20%22c"
    assert fields["howpublished"] == rf"\url{{{fields['url']}}}"


def test_a_citation_is_the_same_on_a_page_in_another_language():
    claim = reference(as_of="2020-05", source=source(published_on="2020-05"))
    before = as_text(claim), as_bibtex(claim), as_csl_json(claim)
    with translation.override("de"):
        assert (as_text(claim), as_bibtex(claim), as_csl_json(claim)) == before


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text(max_size=20))
def test_no_text_breaks_the_entry(title, locator):
    entry = as_bibtex(reference(title=title, source=source(title=title, locator=locator)))
    _, fields = parsed(entry)
    assert "\n" not in "".join(fields.values())
    read(unwrapped(fields["title"]))
    read(fields["note"])


# What csl-data.json of the CSL project (1.0) allows of what we write: each name with its type.
# It requires `type` and `id`, and allows no other names than its own.
CSL_TYPES = {
    "type": str,
    "id": str,
    "title": str,
    "container-title": str,
    "author": list,
    "issued": dict,
    "accessed": dict,
    "URL": str,
    "language": str,
    "note": str,
}


def test_csl_json_has_what_the_schema_requires_and_nothing_that_it_forbids():
    claim = reference(as_of="2020-05", source=source(author="Ada Lovelace"))
    (item,) = json.loads(as_csl_json(claim))
    assert {"type", "id"} <= set(item)
    assert {name: type(value) for name, value in item.items()} == CSL_TYPES
    assert item["type"] == "webpage"
    assert item["id"] == "stackfacts-acme-01"
    assert item["author"] == [{"literal": "Stackfacts"}]
    assert item["issued"] == item["accessed"] == {"date-parts": [[2026, 11, 24]]}
    assert item["URL"] == ADDRESS
    assert item["note"] == parsed_note(claim)


def parsed_note(claim):
    return read(parsed(as_bibtex(claim))[1]["note"])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_title_comes_back_out_of_csl_json_on_one_line(title):
    (item,) = json.loads(as_csl_json(reference(title=title)))
    assert "\n" not in item["title"]
    assert f"“{item['title']}”. " in as_text(reference(title=title))
