from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from companies.exchange import yaml_document
from companies.exchange.yaml_document import Document, Misread, read

LOADERS: list[type] = [yaml.SafeLoader]
if hasattr(yaml, "CSafeLoader"):
    LOADERS.append(yaml.CSafeLoader)


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def _loader(request, monkeypatch):
    """Both, because the fast one isn't everywhere."""
    monkeypatch.setattr(yaml_document, "_LOADER", request.param)


@pytest.fixture
def document(tmp_path: Path):
    def of(content: str | bytes) -> Document:
        path = tmp_path / "a.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, "a.yaml")

    return of


def only_problem(document: Document) -> str:
    assert document.is_unreadable
    assert document.value is None
    (problem,) = document.problems
    return str(problem)


def test_mappings_lists_text_and_numbers_are_taken(document):
    text = "a: [1, -2.50, 'x']\nb:\n  c: two words\n  d:\n"
    expected = {"a": [1, Decimal("-2.50"), "x"], "b": {"c": "two words", "d": None}}
    assert document(text).value == expected


def test_every_value_knows_its_line(document):
    found = document("a: 1\nb:\n- c: 2\n  d: 3\n")
    assert found.line(("b", 0, "d")) == 4
    assert found.line(("b", 0, "absent")) == 3
    assert document("").line(("absent",)) == 0


@pytest.mark.parametrize("content", ["", "# a comment\n", "---\n", "~"])
def test_a_file_without_content_holds_nothing(document, content):
    assert document(content).value is None


def test_a_byte_order_mark_is_no_part_of_the_text(document):
    assert document("\ufeffa: b".encode()).value == {"a": "b"}


@pytest.mark.parametrize(
    ("written", "taken_for"),
    [
        ("2019-04-29", "a date"),
        ("2019-13-45", "a date"),
        ("2019-04-29 10:00:00", "a date"),
        ("no", "yes or no"),
        ("true", "yes or no"),
        ("017", "a number that isn't written plainly"),
        ("10:30", "a number that isn't written plainly"),
        ("1_000", "a number that isn't written plainly"),
        (".inf", "a number that isn't written plainly"),
        ("0x1F", "a number that isn't written plainly"),
        ("9" * 5000, "a number that isn't written plainly"),
    ],
)
def test_what_yaml_takes_for_something_else_is_not_guessed_at(document, written, taken_for):
    assert document(f"a: {written}").value == {"a": Misread(written, taken_for)}


def test_the_advice_on_a_misread_value_is_to_quote_it():
    advice = Misread("2019-04-29", "a date").advice
    assert advice == "YAML takes 2019-04-29 for a date: put it in quotes, '2019-04-29'"


@pytest.mark.parametrize("text", ["'2019-04-29'", '"2019-04-29"', "2019-04x"])
def test_text_that_can_not_be_misread_is_taken(document, text):
    assert document(f"a: {text}").value == {"a": text.strip("'\"")}


@pytest.mark.parametrize("content", ["a: [1", "a: b: c", "\ta: b", "a: 'b", "- a\nb: c", "]"])
def test_what_is_not_yaml_is_refused_with_the_line(document, content):
    problem = only_problem(document(content))
    assert problem.startswith("a.yaml:")
    assert ": is not YAML: " in problem


@pytest.mark.parametrize("content", [b"a: \x00", b"a: \x1b[2J", b"\x00\x01\x02"])
def test_control_characters_are_refused(document, content):
    assert "is not YAML" in only_problem(document(content))


@pytest.mark.parametrize("content", [b"a: b\nc: \xff\xfe", "a: é".encode("latin-1")])
def test_a_file_in_another_encoding_is_refused(document, content):
    assert "is not UTF-8 text: save it in that encoding" in only_problem(document(content))


def test_the_line_of_the_first_bad_byte_is_told(document):
    assert only_problem(document(b"a: b\nc: \xff")).startswith("a.yaml:2:")


def test_a_yaml_bomb_is_refused_at_its_first_anchor(document):
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + previous] * 9)}]\n"
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert only_problem(document(bomb)).startswith("a.yaml:1: uses an anchor or alias")


@pytest.mark.parametrize("content", ["a: *b", "&a b: c", "- &x\n- *x", "a: &x {}"])
def test_anchors_and_aliases_are_refused_wherever_they_stand(document, content):
    # An alias to nothing is refused by one of the two parsers before it is handed over.
    assert only_problem(document(content))


@pytest.mark.parametrize("content", ["[" * 100_000, "{a: " * 5_000, "- " * 5_000, "? " * 5_000])
def test_any_depth_of_nesting_ends_in_a_sentence(document, content):
    # The depth, or the mapping that stands where a name should.
    assert only_problem(document(content)).startswith("a.yaml:1: ")


def test_as_deep_as_allowed_is_taken(document):
    depth = yaml_document.MAX_DEPTH
    assert not document("[" * depth + "]" * depth).problems
    assert document("[" * (depth + 1) + "]" * (depth + 1)).is_unreadable


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!binary", "!", "!!str"])
def test_tags_are_refused(document, tag):
    assert "uses the tag" in only_problem(document(f"a: {tag} x"))


def test_a_second_document_is_refused(document):
    assert "second document" in only_problem(document("a: b\n---\nc: d\n"))


def test_a_mapping_as_the_name_of_a_field_is_refused(document):
    assert "name of a field" in only_problem(document("? {a: b}\n: c\n"))


def test_a_field_that_stands_twice_is_reported_with_the_second_line(document):
    found = document("a:\n- b: 1\n  b: 2\n")
    assert [str(problem) for problem in found.problems] == ["a.yaml:3: a[1].b: stands here twice"]


def test_more_values_than_a_file_may_have_are_refused(document, monkeypatch):
    monkeypatch.setattr(yaml_document, "MAX_VALUES", 10)
    assert "more than 10 values" in only_problem(document("- a\n" * 20))


def test_a_file_of_60_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    (problem,) = read(path, "large.yaml").problems
    assert str(problem) == "large.yaml: is larger than 5 MB, the most a file may have"


def test_a_directory_in_place_of_a_file_is_refused(tmp_path):
    assert "is not a file" in only_problem(read(tmp_path, "a.yaml"))


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "real").write_text("a: b")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real")
    assert read(tmp_path / "link.yaml", "link.yaml").value == {"a": "b"}


def test_a_link_to_nothing_is_refused(tmp_path):
    (tmp_path / "link.yaml").symlink_to(tmp_path / "absent")
    assert "is not a file" in only_problem(read(tmp_path / "link.yaml", "link.yaml"))
