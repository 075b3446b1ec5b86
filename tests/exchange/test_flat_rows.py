import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.exchange.flat_rows import CellError, column, columns, flatten, lengths, nest
from companies.exchange.schema import CompanyRow
from companies.exchange.table_kind import KINDS, ClaimTableRow
from tests.exchange.small_catalogue import CLAIMS, SMALL


def back(row_type, row):
    """The row as a table has it, and as it is read from there."""
    cells = flatten(row_type, row)
    return nest((column(row_type, name), cell) for name, cell in cells.items()).values


def test_columns_are_paths_and_lists_are_numbered_from_one():
    found = [one.name for one in columns(ClaimTableRow, {"technologies": 2})]
    assert found[:8] == [
        "company",
        "key",
        "kind",
        "title",
        "text",
        "status",
        "technologies.1.technology",
        "technologies.1.role",
    ]
    assert "technologies.2.reason" in found
    assert "figure.value" in found
    assert not [name for name in found if name.startswith(("technologies.3", "shares", "citat"))]


def test_a_company_has_no_column_of_claims():
    names = {one.name for one in columns(CompanyRow, {"aliases": 1, "gaps": 1, "claims": 3})}
    assert {"aliases.1", "gaps.1.looked_on"} <= names
    assert not [name for name in names if name.startswith("claims")]


def test_numbers_stand_exactly_where_the_schema_says():
    found = columns(ClaimTableRow, {"shares": 1, "technologies": 1, "citations": 1})
    numbers = [one.name for one in found if one.is_number]
    assert numbers == ["shares.1.percentage", "figure.value", "figure.before"]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["key"])
def test_a_claim_comes_back_as_it_was(claim):
    row = {"company": "acme", "status": "published", **claim}
    assert back(ClaimTableRow, row) == row


def test_companies_sources_and_technologies_come_back_as_they_were():
    company = next(value for name, value in SMALL.items() if name.startswith("companies/acme"))
    company = {name: value for name, value in company.items() if name != "claims"}
    assert back(CompanyRow, company) == {"status": "published", **company}
    for kind in ("sources", "technologies"):
        for row in SMALL[f"{kind}.yaml"]:
            assert back(KINDS[kind].table_type, row) == row


texts = st.text(min_size=1, max_size=5)
numbers = st.decimals(0, 100, places=2)
parts = st.fixed_dictionaries({"technology": texts, "role": texts}, optional={"version": texts})
shares = st.fixed_dictionaries({"technology": texts, "percentage": numbers})
claims = st.fixed_dictionaries(
    {"company": texts, "status": texts},
    optional={
        "title": texts,
        "technologies": st.lists(parts, min_size=1, max_size=12),
        "shares": st.lists(shares, min_size=1, max_size=3),
        "figure": st.fixed_dictionaries({"unit": texts}, optional={"value": numbers}),
    },
)


@given(claims)
def test_any_claim_comes_back_as_it_was(claim):
    assert back(ClaimTableRow, claim) == claim


@given(st.lists(claims, max_size=4))
def test_the_columns_of_several_rows_hold_all_their_cells(rows):
    names = {one.name for one in columns(ClaimTableRow, lengths(rows))}
    for row in rows:
        assert flatten(ClaimTableRow, row).keys() <= names


def test_a_hole_in_a_list_closes_and_the_columns_are_still_known():
    cells = {"technologies.1.technology": "python", "technologies.4.technology": "java"}
    nested = nest((column(ClaimTableRow, name), cell) for name, cell in cells.items())
    assert nested.values == {"technologies": [{"technology": "python"}, {"technology": "java"}]}
    assert nested.positions == {"technologies": [0, 3]}


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("titel", "there is no such column; did you mean “title”?"),
        ("Title", "there is no such column; did you mean “title”?"),
        ("technologies.2.rol", "did you mean “technologies.2.role”?"),
        ("technologies.role", "is a list: number its columns, technologies.1.technology"),
        ("technologies.0.role", "is a list: number its columns, technologies.1.technology"),
        ("technologies.01.role", "is a list: number its columns, technologies.1.technology"),
        ("technologies.1", "is a group of fields: technologies.1.technology and so on"),
        ("technologies.101.role", "lists may have 100 entries"),
        (f"technologies.{'9' * 5000}.role", "lists may have 100 entries"),
        ("figure", "is a group of fields: figure.value and so on"),
        ("figure.value.x", "there is no such column"),
        ("key.1", "there is no such column"),
        ("claims", "there is no such column"),
        ("", "there is no such column"),
        ("\0", "there is no such column"),
    ],
)
def test_a_column_that_the_format_lacks_is_refused_with_advice(name, advice):
    with pytest.raises(CellError) as error:
        column(ClaimTableRow, name)
    assert advice in str(error.value)


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5), ("-5", -5), ("2.50", Decimal("2.5")), (" 7 ", 7), ("007", 7)]
)
def test_a_plain_number_is_taken(text, number):
    assert column(ClaimTableRow, "figure.value").value(text) == number


@pytest.mark.parametrize(
    "text", ["1,000", "1.000,5", "1e5", "5 %", "+5", "$5", "½", "٣", "0x10", "NaN", "inf", "9" * 60]
)
def test_any_other_number_is_refused_with_advice(text):
    with pytest.raises(CellError, match="write it plainly, as 148000000"):
        column(ClaimTableRow, "figure.value").value(text)


def test_a_text_that_looks_like_a_number_stays_text():
    assert column(ClaimTableRow, "as_of").value("2016") == "2016"
    assert json.dumps(back(ClaimTableRow, {"status": "draft", "title": "2016"})) == (
        '{"title": "2016", "status": "draft"}'
    )
