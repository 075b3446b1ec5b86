"""Files of every kind of badness; what is good in them is checked in test_row_check."""

import datetime
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

from companies.exchange import row_file, table_read
from companies.exchange.row_file import count, format_of, read_entries
from companies.exchange.table_kind import KINDS
from companies.exchange.yaml_document import UnreadableError
from tests.import_files import CLAIM, as_csv, as_xlsx, workbook


def entries(content, format="csv", kind="claims"):
    return list(read_entries(KINDS[kind], format, f"{kind}.{format}", content))


def values(content, format="csv", kind="claims"):
    return [entry.values for entry in entries(content, format, kind)]


def refusal(content, format="csv", kind="claims"):
    with pytest.raises(UnreadableError) as error:
        entries(content, format, kind)
    return (
        f"line {error.value.line}: {error.value.reason}" if error.value.line else str(error.value)
    )


def problems(content, format="csv", kind="claims"):
    return [
        f"{problem.number}: {problem.field}: {problem.reason}"
        for entry in entries(content, format, kind)
        for problem in entry.problems
    ]


NAMES = [("claims.csv", "csv"), ("A.B.XLSX", "xlsx"), ("x.yml", "yaml"), ("x.json", "json")]


@pytest.mark.parametrize(("name", "format"), NAMES)
def test_the_format_is_that_of_the_name(name, format):
    assert format_of(name) == format


@pytest.mark.parametrize("name", ["claims", "claims.xls", "claims.ods", "csv", "claims.csv.exe"])
def test_another_ending_is_refused(name):
    with pytest.raises(UnreadableError, match=r"must end in .csv, .xlsx, .yaml or .json"):
        format_of(name)


# ---------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_columns_it_gives(delimiter):
    row = CLAIM | {"text": "One, two; three\tfour, five, six"}
    assert values(as_csv(row, delimiter=delimiter)) == [row]


def test_a_byte_order_mark_is_no_part_of_the_first_column():
    assert values(b"\xef\xbb\xbf" + as_csv(CLAIM)) == [CLAIM]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(ending):
    content = as_csv(CLAIM).decode().replace("\r\n", ending).encode()
    assert values(content) == [CLAIM]


def test_columns_stand_in_any_order_and_empty_cells_are_left_out():
    assert values(b"title,key,note\nBack end,acme-01,\n") == [
        {"title": "Back end", "key": "acme-01"}
    ]


def test_empty_rows_are_passed_over_but_counted():
    found = entries(b"key,title\n\n,  \nacme-01,Back end\n")
    assert [(entry.number, entry.values["key"]) for entry in found] == [(4, "acme-01")]


def test_a_text_of_several_lines_is_one_row():
    found = entries(as_csv(CLAIM | {"text": "One.\n\nTwo."}, CLAIM | {"key": "acme-02"}))
    assert [entry.number for entry in found] == [2, 3]
    assert found[0].values["text"] == "One.\n\nTwo."


def test_an_apostrophe_before_a_formula_is_taken_away():
    row = CLAIM | {"text": "'=1+1", "note": "'tis"}
    assert values(as_csv(row)) == [row | {"text": "=1+1"}]


WHOLE_FILE = [
    (b"", "is empty"),
    (b" \n ", "is empty"),
    (b"\n,,\n", "must name its columns in the first row, and that row is empty"),
    (b"key,title\n", "has a header, but no rows below it"),
    (b"key,title\n,\n", "has a header, but no rows below it"),
    (b"key,title\na\xe4,x\n", "line 2: is not UTF-8 text: save it as “CSV UTF-8”"),
    (b"key\n" + b"x\n" * 50_000 + b"\xe4\n", "line 50002: is not UTF-8 text"),
    ("key,title\n".encode("utf-16"), "is UTF-16 text: save it as “CSV UTF-8”"),
    (as_xlsx(CLAIM), "is not CSV but looks like XLSX: give it the ending .xlsx"),
    (b"\xd0\xcf\x11\xe0" + b"x" * 99, "is an old Excel file, or one with a password"),
    (b'key,title\nacme-01,"open\n', "is not CSV after row 1"),
    (b'key,title\nacme-01,"a"b\n', "is not CSV after row 1"),
    (b"key,title\nacme-01," + b"x" * 200_000, "is not CSV after row 1"),
    (b"key," + b",".join(b"title" for _ in range(1_001)), "has more than 1,000 columns"),
    (b"x" * (table_read.MAX_BYTES + 1), "is larger than 20 MB: split it, or load it from"),
    (b"key,url,publisher\nx,y,z\n", "holds sources, not claims: import it there"),
    (b"slug,name,kind\npython,Python,language\n", "holds companies, not claims: import it"),
]


@pytest.mark.parametrize(("content", "reason"), WHOLE_FILE)
def test_a_file_that_cannot_be_taken_at_all_says_why(content, reason):
    assert reason in refusal(content)


HEADERS = [
    (b"key,titel\nx,y\n", "1: titel: there is no such column; did you mean “title”?"),
    (b"key,title,title\nx,y,z\n", "1: title: is the name of two columns"),
    (b"title,text\nx,y\n", "1: key: is missing: it says which entry a row is"),
    (b"key,figure\nx,1\n", "1: figure: is a group of fields: figure.value and so on"),
    (b"key,ti\x00tle\nx,1\n", "1: ti\x00tle: there is no such column; did you mean “title”?"),
]


@pytest.mark.parametrize(("content", "problem"), HEADERS)
def test_a_wrong_header_is_told_instead_of_the_rows(content, problem):
    assert problems(content) == [problem]


def test_every_wrong_column_is_told():
    assert len(problems(b"key,a,b,c\nx,1,2,3\n")) == 3


CELLS = [
    ({"figure.value": "1,000"}, "2: figure.value: “1,000” is not a number: write it plainly"),
    ({"text": "x" * 10_001}, "2: text: has 10,001 characters; a cell may have 10,000"),
]


@pytest.mark.parametrize(("given", "problem"), CELLS)
def test_a_bad_cell_is_told_with_row_and_column(given, problem):
    (found,) = problems(as_csv(CLAIM | given))
    assert found.startswith(problem)


def test_a_cell_beyond_the_header_is_told():
    assert problems(b"key,title\nacme-01,Back end,,more\n") == [
        "2: : “more” stands in a column without a name"
    ]


def test_a_row_more_than_allowed_is_refused_before_any_is_checked(monkeypatch):
    monkeypatch.setattr(row_file, "MAX_ROWS", 2)
    content = as_csv(*(CLAIM | {"key": f"acme-{n}"} for n in range(3)))
    with pytest.raises(UnreadableError, match="has more than 2 rows: split it, or load it from"):
        next(read_entries(KINDS["claims"], "csv", "claims.csv", content))


def test_as_many_rows_as_allowed_are_taken(monkeypatch):
    monkeypatch.setattr(row_file, "MAX_ROWS", 2)
    content = as_csv(*(CLAIM | {"key": f"acme-{n}"} for n in range(2)))
    assert len(entries(content + b"\n\n\n,,,\n")) == 2


# --------------------------------------------------------------------------------------- XLSX


def test_what_excel_took_for_numbers_and_dates_comes_back_as_typed():
    day = datetime.datetime(2016, 5, 27)  # noqa: DTZ001 - a cell has no time zone
    row = {"key": "acme-01", "as_of": 2016, "scope": 2.5, "checked_on": day, "basis": True}
    assert values(as_xlsx(row), "xlsx") == [
        {
            "key": "acme-01",
            "as_of": "2016",
            "scope": "2.5",
            "checked_on": "2016-05-27",
            "basis": "true",
        }
    ]


def test_a_number_has_the_digits_that_excel_keeps():
    row = {"key": "acme-01", "figure.value": 0.1 + 0.2, "figure.before": 148000000.0}
    (found,) = values(as_xlsx(row), "xlsx")
    assert [str(found["figure"][name]) for name in ("value", "before")] == ["0.3", "148000000"]


def test_a_formula_counts_as_the_value_that_was_computed():
    content = workbook(["key", "title"], ["acme-01", "=1+1"])
    computed = rewritten(content, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    computed = rewritten(computed, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert values(computed, "xlsx") == [{"key": "acme-01", "title": "2"}]


def test_a_formula_that_failed_is_told():
    content = workbook(["key", "title"], ["acme-01", "#REF!"])
    assert problems(content, "xlsx") == ["2: title: holds #REF!: the formula in this cell failed"]


def test_only_one_sheet_may_hold_anything():
    assert "has 2 sheets with content" in refusal(two_sheets("second"), "xlsx")
    assert len(entries(two_sheets(None), "xlsx")) == 1


def two_sheets(second):

    book = load_workbook(io.BytesIO(as_xlsx(CLAIM)))
    book.create_sheet("Second").append([second])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(content, old, new, part="xl/worksheets/sheet1.xml"):
    """The workbook with something else in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old, new) if name == part else text)
    return stream.getvalue()


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    content = rewritten(as_xlsx(CLAIM), b'ref="A1:F2"', b'ref="A1:A1"')
    assert values(content, "xlsx") == [CLAIM]


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


BAD_XLSX = [
    (b"key,title\nx,y\n", "is not an XLSX file; save it as one, or as CSV"),
    (b"PK\x03\x04 and no more", "can't be read as XLSX"),
    (zipped(readme="hello"), "can't be read as XLSX"),
    (as_xlsx(CLAIM)[:2000], "can't be read as XLSX"),
    (workbook([]), "must name its columns in the first row, and that row is empty"),
    (workbook(["key", "title"]), "has a header, but no rows below it"),
    (zipped(xl__styles=b" " * 6_000_000), "holds 'xl/styles' of 6 MB, more than can be taken"),
    (zipped(**{f"part{n}": b"" for n in range(501)}), "holds more than a table"),
    (
        rewritten(
            as_xlsx(CLAIM),
            b"<worksheet",
            b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet',
        ),
        "can't be read as XLSX",
    ),
]


@pytest.mark.parametrize(("content", "reason"), BAD_XLSX)
def test_a_workbook_that_cannot_be_taken_at_all_says_why(content, reason):
    assert reason in refusal(content, "xlsx")


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_unopened():
    content = zipped(xl__worksheets__sheet1=b" " * 160_000_000)
    assert len(content) < 1_000_000
    assert "of 160 MB, more than can be taken: split it" in refusal(content, "xlsx")


# ------------------------------------------------------------------------------ YAML and JSON


def test_yaml_and_json_are_lists_in_the_shape_of_the_catalogues_files():
    row = {"company": "acme", "kind": "use_case", "technologies": [{"technology": "python"}]}
    assert values(json.dumps([row]).encode(), "json") == [row]
    assert values(json.dumps([row]).encode(), "yaml") == [row]


BAD_LISTS = [
    ("json", b"{}", "must be a list of claims"),
    ("json", b"[]", "is an empty list"),
    ("json", b"[{]", "line 1: is not JSON"),
    ("json", b"[\xe4]", "is not UTF-8 text"),
    ("json", b'[{"key": "a", "key": "b"}]', "key stands twice in one entry"),
    ("json", b'[{"key": NaN}]', "NaN is no number here"),
    ("json", b"[" * 100_000, "is nested too deeply"),
    ("json", b"[" + b"9" * 10_000 + b"]", "is not JSON"),
    ("json", b'[{"url": "x"}]', "is a list, but not one of claims"),
    ("json", b" " * 10_000_001 + b"[]", "is larger than 10 MB, the most for JSON"),
    ("yaml", b"key: x\n", "must be a list of claims"),
    ("yaml", b"- key: [\n", "is not YAML"),
    ("yaml", b"- key: a\n  key: b\n", "line 2: [1].key: stands here twice"),
    ("yaml", b"- &a {key: x}\n- *a\n", "uses an anchor or alias"),
    ("yaml", b"\xe4", "is not UTF-8 text"),
    ("yaml", b"- key: a\n---\n- key: b\n", "holds a second document"),
]


@pytest.mark.parametrize(("format", "content", "reason"), BAD_LISTS)
def test_a_list_that_cannot_be_taken_at_all_says_why(format, content, reason):
    assert reason in refusal(content, format)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_a_list_has_no_more_entries_than_a_table_rows(format, monkeypatch):
    monkeypatch.setattr(row_file, "MAX_ROWS", 2)
    content = json.dumps([CLAIM | {"key": f"acme-{n}"} for n in range(3)]).encode()
    assert "has more than 2 rows" in refusal(content, format)


def test_the_rows_are_counted_before_they_are_read():
    rows = [CLAIM | {"key": f"acme-{n}"} for n in range(30)]
    assert count(as_csv(*rows), "csv") == 31
    assert count(as_xlsx(*rows), "xlsx") == 31
    assert count(b"PK\x03\x04 and no more", "xlsx") == 0
    assert count(b"[]", "json") == 0
