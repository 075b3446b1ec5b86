"""What each row of a file would do, in the words of the catalogue's own rules."""

import json

import pytest

from companies.models import Company, FormerSlug, ImportRow, Source
from tests.exchange.snapshots import snapshot
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    FormerSlugFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.import_files import CLAIM, acme, as_csv, as_xlsx, checked, problems_of

pytestmark = pytest.mark.django_db


def outcomes(run):
    return dict(run.rows.order_by("number").values_list("number", "outcome"))


def test_rows_are_new_changed_and_unchanged_and_nothing_is_written():
    company = acme()
    source = Source.objects.get(key="post")
    fields = {"kind": "use_case", "title": "Back end", "text": "The back end is Python."}
    for key in ("acme-01", "acme-02"):
        ClaimFactory(company=company, key=key, source=source, as_of="", **fields)
    before = snapshot()
    run = checked(
        as_csv(CLAIM, CLAIM | {"key": "acme-02", "title": "Other"}, CLAIM | {"key": "acme-03"})
    )
    assert run.state == "ready"
    assert outcomes(run) == {2: "unchanged", 3: "changed", 4: "new"}
    changed = run.rows.get(number=3)
    assert (changed.before["title"], changed.content["title"]) == ("Back end", "Other")
    after = {key: value for key, value in snapshot().items() if not key[0].startswith("Import")}
    assert after == before


BAD = [
    ({"title": ""}, "row 2, title: is missing"),
    ({"kind": "usecase"}, "did you mean “use_case”?"),
    ({"company": ""}, "row 2, company: is missing"),
    ({"company": "acne"}, "row 2, company: there is no company “acne”; did you mean “acme”?"),
    ({"company": "A\0B"}, "row 2, company: there is no company “A"),
    ({"source": "pots"}, "row 2, source: there is no source “pots”; did you mean “post”?"),
    ({"key": "Acme 01"}, "row 2, key: use lower-case letters, digits and single hyphens"),
    ({"key": "a\0b"}, "row 2, key: use lower-case letters"),
    ({"as_of": "2016-13"}, "row 2, as_of: write a real date"),
    ({"as_of": "2999"}, "row 2, as_of: 2999 lies in the future"),
    ({"title": "x" * 121}, "row 2, title: has 121 characters; 120 are allowed"),
    ({"title": "a\x07b"}, "row 2, title: write something, on one line and without control"),
    ({"text": "a\0b"}, "row 2, text: write something, without control characters"),
    ({"status": "live"}, "row 2, status: must be one of draft"),
    ({"figure.value": "5"}, "row 2, figure.unit: is missing"),
    ({"figure.value": "5", "figure.unit": "ms"}, "row 2, figure.qualifier: is missing"),
    ({"kind": "quote"}, "row 2, quotation: is missing"),
    ({"technologies.1.technology": "java"}, "row 2, technologies.1.role: is missing"),
    (
        {"technologies.3.technology": "pyhton", "technologies.3.role": "uses"},
        "row 2, technologies.3.technology: there is no technology “pyhton”; did you mean",
    ),
    (
        {"citations.2.source": "news", "citations.2.agreement": "differs"},
        "row 2, citations.2.as_reported: is missing",
    ),
    (
        {
            "shares.1.technology": "python",
            "shares.1.percentage": "101",
            "shares.1.qualifier": "about",
        },
        "row 2, shares.1.percentage: lies between 0 and 100 percent",
    ),
    ({"checked_on": "2016"}, "row 2, checked_on: is less than a day"),
]


# A workbook can't hold control characters.
IN_CSV = [(as_csv, *bad) for bad in BAD]
IN_XLSX = [(as_xlsx, *bad) for bad in BAD if all(map(str.isprintable, bad[0].values()))]


@pytest.mark.parametrize(("make", "given", "problem"), [*IN_CSV, *IN_XLSX])
def test_a_bad_row_is_told_with_row_and_column(make, given, problem):
    acme()
    run = checked(make(CLAIM | given), make.__name__.removeprefix("as_"))
    assert run.state == "refused"
    found = problems_of(run)
    assert [one for one in found if problem in one], found


def test_every_bad_row_is_told_and_good_ones_beside_them():
    acme()
    run = checked(as_csv(CLAIM, *(CLAIM | {"key": f"acme-{n}", "title": ""} for n in range(600))))
    assert (run.state, run.error_count, run.new_count) == ("refused", 600, 1)
    assert problems_of(run)[-1] == "row 602, title: is missing"


def test_a_key_stands_once_in_the_file_however_far_apart():
    acme()
    rows = [CLAIM | {"key": f"acme-{n}"} for n in range(600)]
    run = checked(as_csv(*rows, CLAIM | {"key": "acme-0"}))
    assert problems_of(run) == ["row 602, key: is in row 2 already"]


def test_a_claim_of_another_company_keeps_its_key():
    acme()
    ClaimFactory(key="acme-01", company__slug="other")
    run = checked(as_csv(CLAIM))
    assert problems_of(run) == ["row 2, key: is the key of a claim of other in the database"]


def test_a_column_that_the_file_lacks_leaves_its_field_as_it_is():
    company = acme()
    ClaimFactory(company=company, key="acme-01", note="Kept.", technologies=["Python"])
    run = checked(b"key,title,scope\nacme-01,Another,\n")
    assert outcomes(run) == {2: "changed"}
    row = ImportRow.objects.get(run=run)
    assert row.content == row.before | {"title": "Another"}


def test_an_empty_cell_empties_its_field_and_a_shorter_list_is_shorter():
    company = acme()
    ClaimFactory(company=company, key="acme-01", note="Gone.", technologies=["Python", "Java"])
    first = TechnologyFactory._meta.model.objects.get(name="Python").slug
    run = checked(
        f"key,note,technologies.1.technology,technologies.1.role\nacme-01,,{first},uses\n".encode()
    )
    row = ImportRow.objects.get(run=run)
    assert "note" not in row.content
    assert [one["technology"] for one in row.content["technologies"]] == [first]


def test_in_json_what_is_left_out_is_empty_as_in_the_catalogues_files():
    company = acme()
    ClaimFactory(company=company, key="acme-01", note="Gone.")
    run = checked(json.dumps([CLAIM]).encode(), "json")
    assert "note" not in ImportRow.objects.get(run=run).content


def test_problems_of_a_list_name_entry_field_and_line():
    acme()
    run = checked(
        b"- {company: acme, key: acme-01, kind: use_case, title: A, text: B, source: post}\n"
        b"- company: acme\n  key: acme-02\n  kind: use_case\n  title: A\n  text: B\n"
        b"  source: post\n  technologies:\n    - {technology: python, role: use}\n- nonsense\n",
        "yaml",
    )
    rows = {row.number: row.problems for row in run.rows.all()}
    assert rows[1] == []
    (problem,) = rows[2]
    assert problem["column"] == "technologies[1].role"
    assert problem["line"] == 9
    assert "must be one of uses" in problem["reason"]
    assert rows[3][0]["reason"] == "must be a group of fields, not text"


def test_a_company_may_rename_itself_by_its_former_slug():
    company = CompanyFactory(slug="facebook", name="Meta", summary="Kept.")
    run = checked(b"slug,name,former_slugs.1\nmeta,Meta,facebook\n", kind="companies")
    assert outcomes(run) == {2: "changed"}
    row = ImportRow.objects.get(run=run)
    assert (row.before["slug"], row.content["slug"]) == ("facebook", "meta")
    assert row.content["summary"] == "Kept."
    assert Company.objects.get().pk == company.pk


def test_a_former_slug_of_another_company_is_refused():
    FormerSlugFactory(slug="facebook", company__slug="meta")
    run = checked(b"slug,name,kind\nfacebook,Facebook,company\n", kind="companies")
    assert problems_of(run) == [
        "row 2, slug: is a former slug of meta in the database, and leads there"
    ]
    assert FormerSlug.objects.count() == 1


def test_a_company_may_name_a_parent_from_a_later_row_but_not_itself_in_a_ring():
    rows = [
        {"slug": "a", "name": "A", "kind": "company", "parent": "b"},
        {"slug": "b", "name": "B", "kind": "company", "parent": ""},
    ]
    assert checked(as_csv(*rows), kind="companies").state == "ready"
    rows[1]["parent"] = "a"
    run = checked(as_csv(*rows), kind="companies")
    assert problems_of(run)[0] == "row 2, parent: makes the company its own ancestor"


def test_findings_of_a_company_are_checked_with_their_columns():
    row = {"slug": "a", "name": "A", "kind": "company", "gaps.2.finding": "none"}
    run = checked(as_csv(row), kind="companies")
    assert "row 2, gaps.2.looked_on: is missing" in problems_of(run)


def test_claims_are_no_part_of_a_company_here():
    row = {"slug": "a", "name": "A", "kind": "company", "claims": []}
    run = checked(json.dumps([row]).encode(), "json", "companies")
    assert problems_of(run) == [
        "row 1, claims: claims are imported by themselves; leave them out of a company"
    ]


def test_sources_that_trade_addresses_are_fine_and_one_that_takes_anothers_is_not():
    for key in ("one", "two"):
        SourceFactory(key=key, url=f"https://example.org/{key}")
    content = b"key,url\none,https://example.org/two\ntwo,https://example.org/one\n"
    assert outcomes(checked(content, kind="sources")) == {2: "changed", 3: "changed"}
    run = checked(b"key,url\none,https://example.org/two\n", kind="sources")
    assert problems_of(run) == ["row 2, url: two in the database has the same"]


def test_technologies_stand_once_by_name_whatever_its_case():
    TechnologyFactory(slug="python", name="Python")
    run = checked(b"slug,name,kind\npy,PYTHON,language\n", kind="technologies")
    assert problems_of(run) == ["row 2, name: python in the database has the same"]
