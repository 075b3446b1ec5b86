"""What an editor is told about a field of the wrong shape."""

import re

import pytest

from companies.exchange.catalogue import read_catalogue

ROLES = "uses, chose, rejected, migrated_from, migrated_to"


@pytest.fixture
def reason(files):
    """The one problem of the catalogue, without the place."""

    def of() -> str:
        (problem,) = read_catalogue(files.write()).problems
        found = re.fullmatch(r"[a-z./]+:\d+: (.*)", str(problem))
        assert found, problem
        return found[1]

    return of


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", 5, "is a number to YAML: put it in quotes, '5'"),
        ("title", 2.5, "is a number to YAML: put it in quotes, '2.5'"),
        ("title", None, "is empty: write something, or leave the field out"),
        ("title", "", "is empty: write something, or leave the field out"),
        ("title", " \n", "is empty: write something, or leave the field out"),
        ("title", ["a"], "must be text, not a list"),
        ("title", {"a": "b"}, "must be text, not a group of fields"),
        ("title", True, "YAML takes true for yes or no: put it in quotes, 'true'"),
        ("title", "x" * 121, "has 121 characters; 120 are allowed"),
        ("title", "two\nlines", "write something, on one line and without control characters"),
        ("text", "a\0b", "write something, without control characters"),
        ("note", "a\x1bb", "control characters can't be shown"),
        ("locator", "two\nlines", "write it on one line, without control characters"),
        ("key", "Acme 1", "use lower-case letters, digits and single hyphens"),
        ("key", "x" * 101, "has 101 characters; 100 are allowed"),
        ("as_of", 2016, "is a number to YAML: put it in quotes, '2016'"),
        ("as_of", "2016-02-30", "write a real date as '2016', '2016-05' or '2016-05-27'"),
        ("as_of", "27 May 2016", "has 11 characters; 10 are allowed"),
        ("as_of", "May 2016", "write a real date as '2016', '2016-05' or '2016-05-27'"),
        ("checked_on", "2026-01", "is less than a day: write it as '2016-05-27'"),
        ("kind", "usecase", "did you mean “use_case”?"),
        ("kind", 5, "must be one of use_case, codebase_share, key_figure"),
        ("status", "deleted", "must be one of draft, in_review, published, withdrawn"),
        ("technologies", "python", "must be a list, not text"),
        ("figure", 5, "must be a group of fields, not a number"),
        ("citations", {}, "must be a list, not a group of fields"),
        ("titel", "x", "is not a field here; did you mean “title”?"),
        ("zzz", None, "is not a field here"),
    ],
)
def test_a_field_of_the_wrong_shape_is_named_with_the_reason(files, reason, field, value, said):
    files.claim(1)[field] = value
    said_of = files.claim(1)["key"] if isinstance(files.claim(1)["key"], str) else "claims[1]"
    assert reason().startswith(f"{said_of}: {field}: ")
    assert said in reason()


def test_a_date_without_quotes_is_to_be_quoted(files, reason):
    path = files.write() / "companies" / "acme.yaml"
    path.write_text(path.read_text().replace("'2016-05-27'", "2016-05-27"))
    files["companies/acme.yaml"] = path.read_text()
    assert reason() == (
        "acme-03: as_of: YAML takes 2016-05-27 for a date: put it in quotes, '2016-05-27'"
    )


@pytest.mark.parametrize("field", ["key", "kind", "title", "text", "source"])
def test_a_required_field_that_is_missing_is_named(files, reason, field):
    del files.claim(1)[field]
    name = "claims[1]" if field == "key" else "acme-01"
    assert reason() == f"{name}: {field}: is missing"


def test_a_field_deep_inside_is_named_by_its_path_counted_from_one(files, reason):
    files.claim(1)["technologies"].append({"technology": "java", "role": "use"})
    said = f"must be one of {ROLES}; did you mean “uses”?"
    assert reason() == f"acme-01: technologies[2].role: {said}"


def test_the_fields_of_the_group_it_stands_in_are_suggested(files, reason):
    files.claim(1)["citations"][0]["as_report"] = "x"
    said = "is not a field here; did you mean “as_reported”?"
    assert reason() == f"acme-01: citations[1].as_report: {said}"


def test_the_line_of_the_field_is_told(files):
    files.claim(1)["kind"] = "other"
    directory = files.write()
    lines = (directory / "companies/acme.yaml").read_text().splitlines()
    (problem,) = read_catalogue(directory).problems
    assert problem.line == lines.index("  kind: other") + 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("750", "must be a number"),
        ([], "must be a number"),
        (10**18, "has more digits than can be kept: 15 are"),
        (-(10**18), "has more digits than can be kept: 15 are"),
        (1234567890123456, "has more digits than can be kept: 15 are"),
        (0.0000001, "written plainly"),
        ("0.1234567", None),
    ],
)
def test_a_figure_that_can_not_be_kept_is_refused(files, reason, value, said):
    files.claim(3)["figure"]["value"] = value
    if said is None:
        path = files.write() / "companies" / "acme.yaml"
        files["companies/acme.yaml"] = path.read_text().replace(f"'{value}'", str(value))
        said = "has more than 6 digits after the point"
    assert reason().startswith("acme-03: figure.value: ")
    assert said in reason()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1, "lies between 0 and 100 percent"),
        (100.001, "lies between 0 and 100 percent"),
        (33.3333, "has more than 3 digits after the point"),
    ],
)
def test_a_share_that_is_no_percentage_is_refused(files, reason, value, said):
    files.claim(2)["shares"] = [{"technology": "java", "percentage": value, "qualifier": "about"}]
    assert reason() == f"acme-02: shares[1].percentage: {said}"


@pytest.mark.parametrize("value", [0, 100, 33.333, 1])
def test_any_percentage_is_taken(files, value):
    files.claim(2)["shares"] = [{"technology": "java", "percentage": value, "qualifier": "about"}]
    assert not read_catalogue(files.write()).problems


@pytest.mark.parametrize("value", [0, -5, 999_999_999_999_999, 10**17, 0.000001, 1.5])
def test_any_figure_of_15_digits_is_taken(files, value):
    files.claim(3)["figure"]["value"] = value
    path = files.write() / "companies" / "acme.yaml"
    files["companies/acme.yaml"] = path.read_text().replace("1.0e-06", "0.000001")
    assert not read_catalogue(files.write()).problems


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "acme.example", "https://", "https://a b.example", "javascript:x"]
)
def test_an_address_that_is_not_on_the_web_is_refused(files, reason, url):
    files["sources.yaml"][1]["url"] = url
    assert reason() == "news: url: write a full address that starts with http:// or https://"


def test_text_around_which_are_blanks_is_taken_without_them(files):
    files.claim(1)["text"] = "\n The back end is Python. \n"
    catalogue = read_catalogue(files.write())
    assert catalogue.claims.rows["acme-01"].row.text == "The back end is Python."
