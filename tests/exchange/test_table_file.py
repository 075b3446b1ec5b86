"""What is written is read back as it was, in every format, and no cell can run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from companies.exchange.flat_rows import columns, lengths
from companies.exchange.row_file import read_entries
from companies.exchange.table_file import (
    as_csv,
    as_json,
    as_yaml,
    columns_for,
    contents,
    write_xlsx,
)
from companies.exchange.table_kind import KINDS
from companies.models import Claim, Company
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CodebaseShareFactory,
    CompanyAliasFactory,
    CompanyFactory,
    GapFactory,
    LogoFactory,
)
from tests.import_files import checked

CLAIMS = KINDS["claims"]
STARTS = ("=", "+", "-", "@", "\t", "\r")


def written(kind, rows, format, header=None):
    rows = list(rows)
    header = header or columns(kind.table_type, lengths(rows))
    if format == "xlsx":
        stream = io.BytesIO()
        write_xlsx(kind, rows, header, stream)
        return stream.getvalue()
    pieces = {
        "csv": lambda: as_csv(kind, rows, header),
        "yaml": lambda: as_yaml(rows),
        "json": lambda: as_json(rows),
    }[format]()
    return "".join(pieces).encode()


def read(content, format, kind=CLAIMS):
    return [entry.values for entry in read_entries(kind, format, f"file.{format}", content)]


# Stripped, as the format keeps texts; without the control characters that it refuses.
letters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n")
texts = st.text(letters, min_size=1, max_size=12).map(str.strip).filter(bool)
formulas = st.tuples(
    st.sampled_from(["=", "'=", "''=", "+", "-", "@", "'", "_x000D_", "#N/A"]), texts
)
prose = texts | formulas.map("".join) | st.sampled_from(["#N/A", "#REF!", "_x005F_", "-5", "2016"])


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
@given(row=st.fixed_dictionaries({"key": prose, "title": prose, "note": prose}))
def test_any_text_comes_back_as_it_was(format, row):
    row = {"company": "acme", "status": "draft", **row}
    (found,) = read(written(CLAIMS, [row], format), format)
    assert found == row


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_csv_file_can_run(start):
    row = {"company": "acme", "key": "a", "title": f"{start}cmd|'/c calc'!A1"}
    (cells,) = csv.DictReader(io.StringIO(written(CLAIMS, [row], "csv").decode(), newline=""))
    assert cells["title"] == f"'{row['title']}"


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_workbook_can_run(start):
    row = {"company": "acme", "key": "a", "title": f"{start}cmd|'/c calc'!A1", "note": "#REF!"}
    sheet = load_workbook(io.BytesIO(written(CLAIMS, [row], "xlsx"))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {
        "s",
        "n",
        "inlineStr",
    }
    titles = [line[3].value for line in sheet.iter_rows()]
    assert titles == ["title", "'" + row["title"].replace("\r", "_x000D_")]


def test_numbers_stay_numbers_and_negative_ones_too():
    row = {"company": "acme", "key": "a", "figure": {"value": -5, "unit": "percent"}}
    assert ",-5," in written(CLAIMS, [row], "csv").decode()
    sheet = load_workbook(io.BytesIO(written(CLAIMS, [row], "xlsx"))).active
    assert -5 in [cell.value for cell in next(sheet.iter_rows(min_row=2))]


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_no_rows_make_an_empty_list(format):
    assert written(CLAIMS, [], format).strip() == b"[]"


def a_catalogue():
    claim = ClaimFactory(
        kind="codebase_share",
        company__slug="acme",
        shares={"Python": 60.5, "Java": 39},
        technologies=["Django"],
        text="=1+1\nSecond line.",
        title="'-quoted",
    )
    CitationFactory(claim=claim, agreement="differs")
    CodebaseShareFactory(claim=ClaimFactory(kind="key_figure", figure_value=-2.5), percentage=1)
    CompanyAliasFactory(company=claim.company, name="@acme")
    GapFactory(company=claim.company)
    CompanyFactory(logo=LogoFactory(), parent=claim.company)


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["csv", "xlsx", "yaml", "json"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_export_that_is_imported_changes_nothing(kind, format):
    a_catalogue()
    models = {"claims": Claim, "companies": Company}
    model = models.get(kind) or Claim._meta.get_field("source").related_model
    if kind == "technologies":
        model = Claim.claim_technologies.rel.related_model.technology.field.related_model
    ids = list(model.objects.values_list("pk", flat=True))
    assert ids
    header = columns_for(KINDS[kind], ids)
    run = checked(written(KINDS[kind], contents(KINDS[kind], ids), format, header), format, kind)
    counts = (run.new_count, run.changed_count, run.error_count, run.unchanged_count)
    assert (run.state, counts) == ("ready", (0, 0, 0, len(ids)))


@pytest.mark.django_db
def test_the_columns_cost_one_query_for_each_list(django_assert_num_queries):
    a_catalogue()
    ids = list(Claim.objects.values_list("pk", flat=True))
    with django_assert_num_queries(3):
        names = [one.name for one in columns_for(CLAIMS, ids)]
    assert "shares.2.percentage" in names
    assert "shares.3.percentage" not in names


def test_a_row_that_has_grown_meanwhile_is_not_cut():
    header = columns(CLAIMS.table_type, {})
    row = {"company": "acme", "technologies": [{"technology": "python", "role": "uses"}]}
    for format in ("csv", "xlsx"):
        with pytest.raises(ValueError, match=r"grown|not in fieldnames"):
            written(CLAIMS, [row], format, header)
