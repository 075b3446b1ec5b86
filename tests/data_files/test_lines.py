"""Files piece by piece, and files that break off."""

import csv
import io
import itertools
import json

import pytest

from companies.data_files.lines import lines

COLUMNS = ["a", "b"]


def written(format, records):
    return b"".join(lines(format, records, COLUMNS)).decode()


def test_a_csv_has_all_columns_whatever_the_records_have():
    assert written("csv", [{"b": 1}]) == "a,b\r\n,1\r\n"
    assert written("csv", []) == "a,b\r\n"


def test_a_record_with_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="dict contains fields not in fieldnames: 'c'"):
        written("csv", [{"c": 1}])


def test_json_is_one_list():
    records = [{"a": "=1", "b": None}, {"a": "→ </script>\n", "b": -0.5}]
    assert json.loads(written("json", records)) == records
    assert json.loads(written("json", [])) == []


def test_ndjson_is_a_record_per_line():
    records = [{"a": "two\nlines", "b": True}, {"a": "\u2028", "b": 1}]
    text = written("ndjson", records)
    assert text.endswith("\n")
    assert [json.loads(line) for line in text.split("\n")[:-1]] == records
    assert written("ndjson", []) == ""


@pytest.mark.parametrize("format", ["csv", "json", "ndjson"])
def test_records_are_read_no_further_than_the_file_is_taken(format):
    read = itertools.count()
    records = ({"a": next(read), "b": "x" * 90} for _ in range(10**9))
    pieces = lines(format, records, COLUMNS)
    assert len(next(pieces)) < 40_000
    assert next(read) < 400
    next(pieces)
    assert next(read) < 800


def broken(format):
    """What arrives of a file whose third record can't be had."""

    def records():
        yield {"a": 1, "b": "x"}
        yield {"a": 2, "b": "y"}
        raise OSError("The disk is gone.")

    arrived = []
    with pytest.raises(OSError, match=r"The disk is gone\."):
        arrived.extend(lines(format, records(), COLUMNS))
    return b"".join(arrived).decode()


def test_a_csv_that_broke_off_is_not_valid_and_says_why():
    arrived = broken("csv")
    assert "This file is not whole" in arrived
    with pytest.raises(csv.Error, match="unexpected end of data"):
        list(csv.reader(io.StringIO(arrived, newline=""), strict=True))


def test_json_that_broke_off_is_not_valid():
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken("json"))


def test_the_last_line_of_ndjson_that_broke_off_is_not_valid():
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken("ndjson").splitlines()[-1])
