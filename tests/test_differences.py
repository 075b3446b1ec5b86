import random
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from companies.differences import Difference, Piece, companies_named, differences, public, without
from companies.exchange import schema
from tests.exchange.small_catalogue import CLAIMS, SMALL

ACME = SMALL["companies/acme.yaml"]
WITHOUT_CLAIMS = {name: value for name, value in ACME.items() if name != "claims"}
LISTS = ("domains", "technologies", "sources", "lists")
SHAPES = [
    *CLAIMS,
    WITHOUT_CLAIMS,
    SMALL["companies/bolt.yaml"],
    *(row for name in LISTS for row in SMALL[f"{name}.yaml"]),
]


def only(before, after):
    (difference,) = differences(before, after)
    return difference


def shuffled(value):
    """As PostgreSQL gives it back: every object's fields in another order, lists as they are."""
    if isinstance(value, list):
        return [shuffled(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: shuffled(value[name]) for name in sorted(value, key=lambda name: (len(name), name))
    }


def test_a_number_is_written_as_the_language_does():
    before, after = {"figure": {"value": 1234.5}}, {"figure": {"value": 1_500_000}}
    assert only(before, after).removed == ["1,234.5"]
    assert only(before, after).added == ["1,500,000"]
    with override("de"):
        assert only(before, after).label == "Zahl: Wert"
        assert only(before, after).removed == ["1.234,5"]


def test_a_row_is_told_in_the_language_of_the_page():
    row = {"technology": "python", "role": "migrated_to", "version": "3.11"}
    (english,) = only({}, {"technologies": [row]}).added
    assert english == "python, migrated to, version 3.11"
    with override("de"):
        (german,) = only({}, {"technologies": [row]}).added
        assert german == "python, umgestiegen auf, Version 3.11"


@pytest.mark.parametrize(
    "content", SHAPES, ids=lambda content: content.get("key", content.get("slug"))
)
def test_the_order_in_which_a_database_keeps_the_fields_is_no_difference(content):
    assert shuffled(content) == content
    assert differences(content, shuffled(content)) == []
    assert differences(shuffled(content), content) == []


def test_every_field_that_there_is_has_its_place_and_rows_read_in_the_order_of_the_shape():
    rows = [
        row
        for row in vars(schema).values()
        if isinstance(row, type) and issubclass(row, schema.Row)
    ]
    shaped = {row.__name__: list(row.model_fields) for row in rows if row is not schema.Row}
    # A line of a list is a part, whose fields stand in one line, so that their order matters.
    for name in (
        "ClaimTechnologyRow",
        "ShareRow",
        "CitationRow",
        "GapRow",
        "EntryRow",
        "FigureRow",
    ):
        content = {"gaps": [dict.fromkeys(reversed(shaped[name]), "x")]}
        words = only({}, content).after[0].split(", ")
        silent = ("role", "agreement", "finding", "technology", "domain", "qualifier")
        expected = [
            "x" if number == 0 or field in silent else f"{field.replace('_', ' ')} x"
            for number, field in enumerate(shaped[name])
        ]
        assert words == expected, name
    everything = {field for fields in shaped.values() for field in fields} - {"claims"}
    fields = [
        one.field for one in differences({}, dict.fromkeys(["zzz", *everything, "logo"], "x"))
    ]
    assert fields[-1] == "zzz"
    assert fields.index("title") < fields.index("text") < fields.index("citations")


@pytest.mark.parametrize(
    ("before", "after", "label", "removed", "added"),
    [
        ({"text": "A"}, {"text": "B"}, "Text", ["A"], ["B"]),
        ({}, {"scope": "back end"}, "Scope", [], ["back end"]),
        ({"scope": "back end"}, {}, "Scope", ["back end"], []),
        ({"as_of": "2016"}, {"as_of": "2016-05"}, "As of", ["2016"], ["2016-05"]),
        ({"url": "http://a"}, {"url": "http://b"}, "URL", ["http://a"], ["http://b"]),
        ({"accessed_on": "2016-05-27"}, {}, "Read on", ["2016-05-27"], []),
        ({"kind": "use_case"}, {"kind": "key_figure"}, "Kind", ["use case"], ["key figure"]),
        ({"title": "a_b"}, {"title": "c_d"}, "Title", ["a_b"], ["c_d"]),
        ({"slug": "a"}, {"slug": "b"}, "Address", ["a"], ["b"]),
        ({}, {"logo": "0a"}, "Logo", [], ["0a"]),
        ({"aliases": ["A", "B"]}, {"aliases": ["B", "C"]}, "Other names", ["A"], ["C"]),
        ({"aliases": ["A"]}, {}, "Other names", ["A"], []),
        ({"aliases": []}, {"aliases": ["A"]}, "Other names", [], ["A"]),
        ({"status": "in_review"}, {}, "Status", ["in review"], ["published"]),
        ({}, {"status": "withdrawn"}, "Status", ["published"], ["withdrawn"]),
    ],
)  # fmt: skip
def test_one_field_is_one_difference(before, after, label, removed, added):
    difference = only(before, after)
    assert (difference.label, difference.removed, difference.added) == (label, removed, added)


def test_a_status_that_is_not_written_is_the_written_one():
    assert differences({"title": "A"}, {"title": "A", "status": "published"}) == []


def test_the_parts_of_a_figure_are_fields_of_their_own():
    before = {"figure": {"value": 2.5, "before": 750, "unit": "ms", "qualifier": "more_than"}}
    after = {"figure": {"value": 1_234_567, "unit": "ms", "qualifier": "about"}}
    found = [(one.label, one.removed, one.added) for one in differences(before, after)]
    assert found == [
        ("Figure: value", ["2.5"], ["1,234,567"]),
        ("Figure: before", ["750"], []),
        ("Figure: qualifier", ["more than"], ["about"]),
    ]
    assert [one.label for one in differences(before, {})] == [
        "Figure: value", "Figure: before", "Figure: unit", "Figure: qualifier",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.000001, "0.000001"),
        (Decimal("0.000001"), "0.000001"),
        (99999999999999.9, "99,999,999,999,999.9"),
        (123_456_789_012_345_000, "123,456,789,012,345,000"),
        (-0.5, "-0.5"),
    ],
)
def test_a_number_is_written_with_all_its_digits(value, words):
    assert only({}, {"figure": {"value": value}}).added == [words]


def test_a_number_is_the_same_before_and_after_it_was_stored():
    fresh, stored = {"figure": {"value": Decimal("2.50")}}, {"figure": {"value": 2.5}}
    assert differences(fresh, stored) == []


def test_rows_are_lines_that_a_reader_understands():
    shares, gap = CLAIMS[1]["shares"], ACME["gaps"][0]
    assert only({}, {"shares": shares}).added == [
        "python, version 3, percentage 60.5, about",
        "java, percentage 39.5, exactly",
    ]
    assert only({}, {"technologies": CLAIMS[0]["technologies"]}).added == [
        "python, uses, version 3.5, reason the team knew it"
    ]
    assert only({}, {"citations": CLAIMS[0]["citations"]}).added == [
        "news, differs, as reported Everything is Python., locator page 2, "
        "note Said of the back end only."
    ]
    assert only({}, {"gaps": [gap]}).added == [
        "use case, java, web-backend, none, source acme-post, looked on 2026-01-15, "
        "note Says so itself."
    ]
    moved = [{"technology": "python", "role": "migrated_from"}]
    assert only({}, {"technologies": moved}).added == ["python, migrated from"]
    assert only({}, {"entries": [{"company": "bolt", "note": "First."}]}).label == "Companies"


def test_of_rows_only_those_that_changed_are_told():
    first, second = CLAIMS[1]["shares"]
    difference = only(
        {"shares": [first, second]}, {"shares": [first, {**second, "percentage": 30}]}
    )
    assert difference.removed == ["java, percentage 39.5, exactly"]
    assert difference.added == ["java, percentage 30, exactly"]
    assert not difference.is_reordered


def test_rows_in_another_order_are_neither_added_nor_removed():
    difference = only({"aliases": ["A", "B"]}, {"aliases": ["B", "A"]})
    assert difference.is_reordered
    assert (difference.removed, difference.added) == ([], [])


def test_a_line_that_is_there_once_less_is_removed_and_not_reordered():
    difference = only({"aliases": ["A", "A"]}, {"aliases": ["A"]})
    assert (difference.removed, difference.added, difference.is_reordered) == (["A"], [], False)


def test_a_text_that_was_rewritten_in_part_is_told_word_by_word():
    pieces = only(
        {"text": "It ran on Python 2 for years."}, {"text": "It runs on Python 3 for years."}
    ).pieces
    assert pieces == [
        Piece("same", "It"),
        Piece("removed", " ran"),
        Piece("added", " runs"),
        Piece("same", " on Python"),
        Piece("removed", " 2"),
        Piece("added", " 3"),
        Piece("same", " for years."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"text": "It runs on Python."}, {"text": "Nobody knows what happened"}),
        ({"text": "A"}, {}),
        ({"aliases": ["A B C", "D"]}, {"aliases": ["A B D", "D"]}),
        ({"text": "word " * 1500}, {"text": "word " * 1501}),
    ],
)
def test_what_is_no_rewritten_text_has_no_pieces(before, after):
    assert only(before, after).pieces == []


def test_two_huge_texts_are_told_one_after_the_other():
    texts = [" ".join(random.Random(seed).choices("abc", k=40_000)) for seed in (1, 2)]  # noqa: S311
    difference = only({"text": texts[0]}, {"text": texts[1]})
    assert difference.pieces == []
    assert (difference.removed, difference.added) == ([texts[0]], [texts[1]])


def test_visitors_see_neither_who_checked_nor_when_nor_the_status():
    content = {"key": "a", "text": "T", "status": "draft", "checked_on": "x", "checked_by": "y"}
    assert public(content) == {"key": "a", "text": "T"}


def test_a_hidden_company_is_neither_a_parent_nor_on_a_list():
    content = {"parent": "a", "entries": [{"company": "a", "note": "N"}, {"company": "b"}]}
    assert companies_named(content) == {"a", "b"}
    assert companies_named({"company": "c"}) == set()
    assert public(content, {"a"}) == {"entries": [{"company": "b"}]}
    assert public(content, {"a", "b"}) == {}
    assert public(content) == content
    assert without(content, {"b"}) == {"parent": "a", "entries": content["entries"][:1]}


texts = st.text(st.sampled_from("ab _\n\t"), max_size=12)
rows = st.lists(
    st.one_of(texts, st.fixed_dictionaries({"technology": texts, "role": texts})), max_size=3
)
contents = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "kind": texts,
        "status": st.sampled_from(["draft", "published"]),
        "aliases": rows,
        "figure": st.dictionaries(
            st.sampled_from(["value", "before"]), st.integers(-(10**17), 10**17) | st.floats(-9, 9)
        ),
        "unheard_of": texts,
    },
)


@given(contents)
def test_nothing_differs_from_itself(content):
    assert differences(content, content) == []
    assert differences(content, shuffled(content)) == []


@given(contents, contents)
def test_a_difference_read_backwards_is_the_difference_backwards(before, after):
    there, back = differences(before, after), differences(after, before)
    assert back == [Difference(one.field, one.label, one.after, one.before) for one in there]
    assert all(one.before != one.after for one in there)
    assert len({one.field for one in there}) == len(there)


@given(texts, texts)
def test_the_pieces_put_together_are_the_texts(before, after):
    for one in differences({"title": before}, {"title": after}):
        if one.pieces:
            for side, kind in ((before, "removed"), (after, "added")):
                kept = [piece.text for piece in one.pieces if piece.kind in ("same", kind)]
                assert "".join(kept) == side
