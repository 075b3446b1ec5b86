from __future__ import annotations

import datetime
from typing import Any

import pytest

from companies.comparison import compare
from companies.evidence import Agreement, Tier
from companies.models import ClaimKind, Company, CompanyKind, Finding, Role, Status
from tests.comparison.reading import rows_of, share, words
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def test_columns_keep_the_order_given(meta: Company, spotify: Company) -> None:
    ClaimFactory(company=meta)
    comparison = compare([spotify, meta])
    assert comparison.companies == (spotify, meta)
    for section in comparison.sections:
        for row in section.rows:
            assert [cell.company for cell in row.cells] == [spotify, meta]


def test_versions_tell_technologies_apart(meta: Company, spotify: Company) -> None:
    python = TechnologyFactory(name="Python")
    for company, version in ((meta, "2.7"), (spotify, "3.12")):
        claim = ClaimFactory(company=company)
        claim.claim_technologies.create(technology=python, version=version)
    (row,) = rows_of(compare([meta, spotify]).differences(), "technologies")
    assert words(row) == [["uses 2.7"], ["uses 3.12"]]


def test_the_narrowest_finding_explains_an_empty_cell(meta: Company, spotify: Company) -> None:
    python = TechnologyFactory(name="Python")
    share(meta, 20)
    claim = ClaimFactory(company=meta, kind=ClaimKind.CODEBASE_SHARE, shares={python: 10})
    kind = ClaimKind.CODEBASE_SHARE
    GapFactory(company=spotify, claim_kind=kind, finding=Finding.UNKNOWN)
    GapFactory(
        company=spotify,
        claim_kind=kind,
        technology=claim.shares.get().technology,
        finding=Finding.NONE,
        source=SourceFactory(),
    )
    (row,) = rows_of(compare([meta, spotify]), "shares")
    assert words(row)[1] == "none"


def test_a_technology_two_companies_name_has_its_own_row(meta: Company, spotify: Company) -> None:
    python = TechnologyFactory(name="Python")
    ClaimFactory(company=meta, technologies={python: Role.REJECTED})
    ClaimFactory(company=spotify, technologies={python: Role.USES})
    ClaimFactory(company=spotify, technologies={python: Role.MIGRATED_FROM, "Java": Role.CHOSE})
    shared, alone = rows_of(compare([meta, spotify]), "technologies")
    assert (shared.label, words(shared)) == ("Python", [["rejected"], ["uses", "moved away from"]])
    assert (alone.label, words(alone)) == (
        "Languages that one company here names",
        ["not recorded", ["Java: chose"]],
    )


def test_the_best_evidenced_claim_stands_for_a_role(meta: Company, spotify: Company) -> None:
    python = TechnologyFactory(name="Python")
    secondary, primary = SourceFactory(tier=Tier.SECONDARY), SourceFactory(tier=Tier.PRIMARY)
    ClaimFactory(company=meta, key="a", source=secondary, technologies=[python])
    ClaimFactory(company=meta, key="b", source=primary, technologies=[python])
    ClaimFactory(company=spotify, technologies=[python])
    (row,) = rows_of(compare([meta, spotify]), "technologies")
    assert [entry.claim and entry.claim.key for entry in row.cells[0].entries] == ["b"]


def test_use_cases_stand_by_domain_and_undomained_last(meta: Company, spotify: Company) -> None:
    security = DomainFactory(name="Security")
    ClaimFactory(company=meta, domain=security, title="Scanner", text="It scans.")
    ClaimFactory(company=spotify, title="Radio", text="It plays.")
    first, last = rows_of(compare([meta, spotify]), "use-cases")
    assert (first.label, words(first)) == ("Security", [["Scanner: It scans."], "not recorded"])
    assert (last.label, words(last)) == ("No domain stated", ["not recorded", ["Radio: It plays."]])


@pytest.mark.parametrize(
    ("kind", "section", "label"),
    [
        (ClaimKind.STRENGTH, "why", "Strengths"),
        (ClaimKind.WEAKNESS, "why", "Weaknesses"),
        (ClaimKind.DECISION, "why", "Decisions"),
        (ClaimKind.MIGRATION, "why", "Migrations"),
        (ClaimKind.OPEN_SOURCE, "open-source", "Released or maintained"),
        (ClaimKind.QUOTE, "quotes", "In their words"),
    ],
)
def test_each_kind_of_claim_has_its_row(
    meta: Company, spotify: Company, kind: ClaimKind, section: str, label: str
) -> None:
    claim = ClaimFactory(company=meta, kind=kind)
    (row,) = rows_of(compare([meta, spotify]), section)
    assert row.label == label
    assert [entry.claim for entry in row.cells[0].entries] == [claim]


def test_a_quotation_within_another_kind_is_quoted_too(meta: Company, spotify: Company) -> None:
    ClaimFactory(company=meta, kind=ClaimKind.DECISION, quotation="Yes.", speaker="Ada")
    (row,) = rows_of(compare([meta, spotify]), "quotes")
    assert words(row) == [["“Yes.” — Ada"], "not recorded"]


def test_an_empty_cell_says_which_kind_of_empty_it_is(meta: Company, spotify: Company) -> None:
    python = TechnologyFactory(name="Python")
    looked = datetime.date(2026, 1, 15)
    others = [CompanyFactory(slug=f"other-{number}") for number in range(3)]
    ClaimFactory(company=meta, technologies=[python])
    for company, finding in zip(others, Finding, strict=True):
        GapFactory(
            company=company,
            claim_kind="",
            technology=python,
            finding=finding,
            looked_on=looked,
            source=SourceFactory() if finding == Finding.NONE else None,
        )
    (row,) = rows_of(compare([meta, spotify, *others]), "technologies")
    assert words(row) == [
        ["uses"],
        "not recorded",
        "none",
        "unknown after looking",
        "not applicable",
    ]
    assert row.cells[2].gap is not None
    assert row.cells[2].gap.source is not None


def test_a_gap_about_one_technology_says_nothing_of_another(
    meta: Company, spotify: Company
) -> None:
    python = TechnologyFactory(name="Python")
    GapFactory(company=spotify, claim_kind="", technology=TechnologyFactory(), finding="unknown")
    ClaimFactory(company=meta, technologies=[python])
    rows = rows_of(compare([meta, spotify]), "technologies")
    assert words(rows[0])[1] == "not recorded"


def test_a_project_has_no_headquarters_to_record(meta: Company) -> None:
    kernel = CompanyFactory(slug="kernel", kind=CompanyKind.PROJECT)
    by_label = {row.label: row for row in rows_of(compare([meta, kernel]), "glance")}
    assert words(by_label["Headquarters"]) == ["not recorded", "not applicable"]


def test_an_unpublished_parent_is_not_named(meta: Company, spotify: Company) -> None:
    meta.parent = CompanyFactory(name="Hidden", status=Status.DRAFT)
    by_label = {row.label: row for row in rows_of(compare([meta, spotify]), "glance")}
    assert words(by_label["Part of"]) == ["not recorded", "not recorded"]


def test_unpublished_claims_are_left_out(meta: Company, spotify: Company) -> None:
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
        ClaimFactory(company=meta, status=status, technologies=["Python"])
    assert [section.key for section in compare([meta, spotify]).sections] == ["glance"]


def test_differences_leave_out_only_rows_in_which_all_say_the_same(
    meta: Company, spotify: Company
) -> None:
    python = TechnologyFactory(name="Python")
    for company in (meta, spotify):
        ClaimFactory(company=company, title="Same", text="So.", technologies=[python, "Go"])
    ClaimFactory(company=meta, title="Other", technologies={"Go": Role.CHOSE})
    everything = compare([meta, spotify])
    differences = everything.differences()
    assert [row.label for row in rows_of(everything, "technologies")] == ["Go", "Python"]
    assert [row.label for row in rows_of(differences, "technologies")] == ["Go"]
    assert "Kind" not in [row.label for row in rows_of(differences, "glance")]
    assert everything.row_count - differences.row_count == 8


def test_every_statement_reaches_its_evidence(meta: Company, spotify: Company) -> None:
    for kind in ClaimKind:
        claim = ClaimFactory(company=meta, kind=kind, technologies=["Python"])
        CitationFactory(claim=claim, agreement=Agreement.CONTRADICTS)
    for section in compare([meta, spotify]).sections:
        for row in section.rows:
            for entry in row.cells[0].entries:
                if section.key != "glance":
                    assert entry.claim is not None
                    assert entry.claim.is_disputed


@pytest.mark.parametrize("claims", [1, 3])
def test_compare_takes_five_queries_however_many_claims(
    claims: int, meta: Company, spotify: Company, django_assert_num_queries: Any
) -> None:
    for company in (meta, spotify):
        for _ in range(claims):
            claim = ClaimFactory(
                company=company, kind=ClaimKind.CODEBASE_SHARE, technologies=["Go"]
            )
            CitationFactory(claim=claim)
        GapFactory(company=company)
    companies = list(Company.objects.published().select_related("parent"))
    with django_assert_num_queries(5):
        glance = rows_of(compare(companies), "glance")
        assert words(glance[6]) == [[f"{claims} claim{'s' * (claims > 1)}: {claims} primary"]] * 2
