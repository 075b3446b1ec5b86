"""Companies side by side: the page, its addresses and its files. What is compared with what is
tested in tests/comparison/."""

import pytest

from companies.models import ClaimKind, Finding, Status
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    FormerSlugFactory,
    GapFactory,
)
from tests.views.reading import csv_rows, headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/compare/acme-vs-zeta/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme", industry="Music", headquarters="Oslo")


@pytest.fixture
def zeta():
    return CompanyFactory(slug="zeta", name="Zeta", industry="Music", headquarters="Rome")


@pytest.fixture
def members(acme, zeta):
    """A figure of each on the same basis."""
    return [
        ClaimFactory(
            company=company,
            kind=ClaimKind.KEY_FIGURE,
            title="Members",
            basis="memberships",
            scope="backend",
            as_of="2016-05",
            figure_value=value,
            figure_unit="members",
            locator="page 3",
        )
        for company, value in ((acme, 7_000_000), (zeta, 9_000_000))
    ]


def company_cells(response, label):
    """The cells of one row, as entries or kind of empty, column by column."""
    for section in response.context["comparison"].sections:
        for row in section.rows:
            if row.label == label:
                return [[entry.words for entry in cell.entries] or cell.empty for cell in row.cells]
    return None


# ------------------------------------------------------------------------------------- the page


def test_companies_are_columns_and_each_entry_shows_scope_grade_and_age(client, members):
    page = client.get(PATH)
    assert page.status_code == 200
    assert headings(page, 1) == ["Acme vs Zeta"]
    shown = words(page)
    assert "Members: 7 million members backend Primary May 2016 ·" in shown
    assert "Members: 9 million members backend Primary May 2016 ·" in shown
    for claim in members:
        assert claim.get_absolute_url() in links(page)
    assert [company.slug for company in page.context["comparison"].companies] == ["acme", "zeta"]


def test_sections_are_linked_from_the_top(client, members):
    page = client.get(PATH)
    assert {"#glance", "#figures"} <= set(links(page))


def test_a_reason_why_figures_do_not_compare_stands_below_the_row(client, acme, zeta):
    for company, basis in ((acme, "services"), (zeta, "lines of code")):
        ClaimFactory(company=company, kind=ClaimKind.CODEBASE_SHARE, basis=basis, as_of="2013")
    assert (
        "These do not compare: Acme counts “services” for the company as a whole (2013) "
        "Zeta counts “lines of code” for the company as a whole (2013)"
    ) in words(client.get(PATH))


def test_cells_that_do_not_compare_are_marked_and_lead_to_the_reason(client, acme, zeta):
    mint = CompanyFactory(slug="mint")
    for company, basis in ((acme, "services"), (zeta, "lines of code")):
        ClaimFactory(company=company, kind=ClaimKind.CODEBASE_SHARE, basis=basis)
    page = client.get(f"/compare/acme-vs-{mint.slug}-vs-zeta/")
    body = page.content.decode()
    # Two of three: where nothing is stated there is nothing to compare.
    assert body.count('aria-describedby="why-shares-1"') == 2
    assert links(page).count("#why-shares-1") == 2
    assert words(page).count("does not compare") == 2
    assert '<div id="why-shares-1"><p>These do not compare:</p><ul><li>Acme counts ' in body


def test_cells_that_compare_are_described_by_what_they_count_but_not_marked(client, members):
    page = client.get(PATH)
    body = page.content.decode()
    assert body.count('aria-describedby="why-figures-1"') == 2
    assert '<div id="why-figures-1"><p>Same basis and scope: each counts' in body
    assert "does not compare" not in words(page)


def test_an_empty_cell_says_which_kind_of_empty_it_is_and_who_looked(client, acme, zeta):
    ClaimFactory(company=acme, kind=ClaimKind.QUOTE)
    GapFactory(company=zeta, claim_kind=ClaimKind.QUOTE, finding=Finding.UNKNOWN)
    ClaimFactory(company=acme, kind=ClaimKind.WEAKNESS)
    shown = words(client.get(PATH))
    assert "unknown after looking looked on 15 January 2026" in shown
    assert "Founded not recorded not recorded" in shown


def test_differences_only_hides_rows_that_are_the_same_and_says_how_many(client, acme, zeta):
    everything, differing = client.get(PATH), client.get(f"{PATH}?differences=on")
    assert company_cells(everything, "Industry") == [["Music"], ["Music"]]
    assert company_cells(differing, "Industry") is None
    assert company_cells(differing, "Headquarters") == [["Oslo"], ["Rome"]]
    hidden = everything.context["comparison"].row_count - differing.context["comparison"].row_count
    assert hidden > 1
    assert f"{hidden} rows in which all say the same are hidden." in words(differing)
    assert "are hidden" not in words(everything)
    assert '<input type="checkbox" name="differences" checked>' in differing.content.decode()


def test_differences_only_of_companies_that_do_not_differ_offers_all_rows(client):
    for slug in ("acme", "zeta"):
        CompanyFactory(slug=slug)
    page = client.get(f"{PATH}?differences=on")
    assert "No row differs between these companies. Show all rows." in words(page)
    assert PATH in links(page)


def test_links_on_the_page_keep_its_state(client, acme, zeta):
    CompanyFactory(slug="mint", name="Mint")
    page = client.get("/compare/acme-vs-mint-vs-zeta/?differences=on")
    for link in (
        "/compare/acme-vs-zeta/?differences=on#column-zeta",
        "/compare/acme-vs-mint-vs-zeta/?differences=on&format=csv",
        "/compare/acme-vs-mint-vs-zeta/?differences=on&format=json",
    ):
        assert link in links(page)


def test_a_column_can_be_removed_only_while_two_remain(client, acme, zeta):
    assert "remove" not in words(client.get(PATH))


# ------------------------------------------------------------------------------------ addresses


def test_another_order_redirects_for_good_to_the_alphabetical_one(client, acme, zeta):
    moved = client.get("/compare/zeta-vs-acme/?differences=on&format=csv")
    assert moved.status_code == 301
    assert moved["Location"] == f"{PATH}?differences=on&format=csv"
    assert client.get("/compare/zeta-vs-acme/")["Location"] == PATH


def test_a_former_address_in_it_redirects_to_the_one_of_today(client, acme, zeta):
    FormerSlugFactory(company=zeta, slug="beta")
    moved = client.get("/compare/beta-vs-acme/?differences=on")
    assert (moved.status_code, moved["Location"]) == (301, f"{PATH}?differences=on")


@pytest.mark.parametrize(
    ("slugs", "status", "message"),
    [
        ("acme", 400, "Name at least 2 companies to compare."),
        ("acme-vs-", 400, "Name at least 2 companies to compare."),
        ("a-vs-b-vs-c-vs-d-vs-e-vs-f", 400, "6 companies are named; at most 5 fit side by side."),
        ("acme-vs-acme", 400, "“acme” is named twice. Compare it with another company."),
        ("acme-vs-nobody", 404, "There is no company at the address “nobody”."),
        ("acme-vs-x-vs-y", 404, "There is no company at the addresses “x” and “y”."),
        ("acme-vs-former", 400, "Two of these addresses are the same company today."),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(client, acme, slugs, status, message):
    FormerSlugFactory(company=acme, slug="former")
    page = client.get(f"/compare/{slugs}/")
    assert page.status_code == status
    assert message in words(page)
    assert headings(page, 1) == ["These can't be compared"]


def test_a_comparison_that_cannot_be_made_keeps_what_was_named(client, acme):
    page = client.get("/compare/acme-vs-nobody/")
    assert '<input type="hidden" name="c" value="acme">' in page.content.decode()
    assert "Choose companies, starting from Acme" in words(page)


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_an_unpublished_company_is_as_unknown_as_any_other(client, acme, status):
    hidden = CompanyFactory(slug="zeta", name="Hidden", status=status)
    FormerSlugFactory(company=hidden, slug="omega")
    for path in (PATH, "/compare/acme-vs-omega/"):
        page = client.get(path)
        assert page.status_code == 404
        assert "There is no company at the address" in words(page)
        assert "Hidden" not in page.content.decode()


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_and_parents_are_not_compared(client, acme, zeta, status):
    acme.parent = CompanyFactory(name="Hidden parent", status=status)
    acme.save()
    ClaimFactory(company=zeta, title="Hidden claim", status=status, technologies=["Hidden"])
    for query in ({}, {"format": "csv"}, {"format": "json"}):
        assert "Hidden" not in client.get(PATH, query).content.decode()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"format": "xls"}, "format: Select a valid choice. xls is not one of"),
        ({"folded": "glance,x"}, "folded: There is no section “x”. There are: glance, shares,"),
        ({"folded": "\0"}, "folded: Null characters are not allowed."),
        ({"folded": "x" * 201}, "folded: Ensure this value has at most 200 characters"),
    ],
    ids=str,
)
def test_a_bad_parameter_is_refused_in_words(client, acme, zeta, query, message):
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)


# ---------------------------------------------------------------------------------------- files


def test_files_carry_value_and_citation_of_each_statement(client, members):
    records = client.get(PATH, {"format": "json"}).json()
    rows = csv_rows(client.get(PATH, {"format": "csv"}))
    assert len(rows) == len(records)
    (record,) = [
        record
        for record in records
        if record["section"] == "Key figures" and record["company"] == "acme"
    ]
    claim = members[0]
    assert record["value"] == "Members: 7 million members"
    assert record["key"] == claim.key
    assert record["source_url"] == claim.source.url
    assert record["locator"] == "page 3"
    assert record["as_of"] == "2016-05"
    assert record["grade"] == "primary"
    assert record["url"] == f"http://testserver/claims/{claim.key}/"
    (row,) = [row for row in rows if row["key"] == claim.key and row["section"] == "Key figures"]
    assert row == {name: str(value) for name, value in (dict.fromkeys(row, "") | record).items()}


def test_every_statement_in_a_file_names_claim_and_source_or_our_own_record(client, members):
    for record in client.get(PATH, {"format": "json"}).json():
        if record["value"]:
            assert record["url"].startswith("http://testserver/")
            assert record.get("source_url") or "/companies/" in record["url"]


def test_an_empty_cell_in_a_file_says_why_it_is_empty(client, acme, zeta):
    rows = csv_rows(client.get(PATH, {"format": "csv"}))
    founded = [row for row in rows if row["row"] == "Founded"]
    assert [(row["company"], row["value"], row["empty"]) for row in founded] == [
        ("acme", "", "not recorded"),
        ("zeta", "", "not recorded"),
    ]


def test_a_file_of_differences_holds_only_those(client, acme, zeta):
    query = {"differences": "on", "format": "csv"}
    labels = {row["row"] for row in csv_rows(client.get(PATH, query))}
    assert "Headquarters" in labels
    assert "Industry" not in labels
    disposition = client.get(PATH, query)["Content-Disposition"]
    assert disposition == 'attachment; filename="acme-vs-zeta.csv"'
