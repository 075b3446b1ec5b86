from __future__ import annotations

from decimal import Decimal

import pytest

from companies.comparison import compare
from companies.models import ClaimKind, Company
from tests.comparison.reading import rows_of, share, words
from tests.factories import (
    ClaimFactory,
)

pytestmark = pytest.mark.django_db


def test_shares_with_equal_basis_and_scope_stand_in_one_row(
    meta: Company, spotify: Company
) -> None:
    share(meta, 21, basis="lines of code", as_of="2016")
    share(spotify, 80, basis="lines of code", as_of="2010")
    (row,) = rows_of(compare([meta, spotify]), "shares")
    assert words(row) == [["21%"], ["80%"]]
    assert row.note == (
        "Same basis and scope, 6 years apart: "
        "each counts “lines of code” for the company as a whole."
    )


def test_shares_with_another_basis_come_with_the_reason_they_do_not_compare(
    meta: Company, spotify: Company
) -> None:
    share(meta, 21, basis="codebase", as_of="2016-05-27", scope="Facebook Infrastructure")
    share(spotify, 80, basis="number of services", as_of="2013")
    (row,) = rows_of(compare([meta, spotify]), "shares")
    assert words(row) == [["21%"], ["80%"]]
    assert row.note == (
        "These do not compare: Meta counts “codebase” for “Facebook Infrastructure” "
        "(27 May 2016); Spotify counts “number of services” for the company as a whole (2013)."
    )


def test_conflicting_shares_of_one_company_stand_together(meta: Company, spotify: Company) -> None:
    share(meta, 21, basis="codebase", key="a")
    share(meta, 55, basis="codebase", key="b")
    share(spotify, 80, basis="codebase")
    (row,) = rows_of(compare([meta, spotify]), "shares")
    assert words(row) == [["21%", "55%"], ["80%"]]


def test_a_share_of_one_company_alone_needs_no_reason(meta: Company, spotify: Company) -> None:
    share(meta, 21, basis="codebase")
    (row,) = rows_of(compare([meta, spotify]), "shares")
    assert words(row) == [["21%"], "not recorded"]
    assert row.note == ""


def test_figures_are_grouped_by_basis_unit_and_scope(meta: Company, spotify: Company) -> None:
    for company, value, scope, basis in (
        (meta, 10, "", "servers"),
        (spotify, 20, "", "servers"),
        (meta, 1, "web", "engineers"),
        (spotify, 2, "data", "engineers"),
        (spotify, 3, "", "jobs"),
    ):
        ClaimFactory(
            company=company,
            kind=ClaimKind.KEY_FIGURE,
            title=basis,
            basis=basis,
            scope=scope,
            figure_value=Decimal(value),
            figure_unit=basis,
        )
    servers, engineers, other = rows_of(compare([meta, spotify]), "figures")
    assert (servers.label, words(servers)) == (
        "Servers",
        [["servers: 10 servers"], ["servers: 20 servers"]],
    )
    assert servers.note.startswith("Same basis and scope:")
    assert (engineers.label, engineers.note.startswith("These do not compare: Meta")) == (
        "Engineers",
        True,
    )
    assert (other.label, words(other)) == ("Other figures", ["not recorded", ["jobs: 3 jobs"]])


def test_figures_of_different_languages_come_with_the_reason(
    meta: Company, spotify: Company
) -> None:
    for company, language in ((meta, "Rust"), (spotify, "Python")):
        ClaimFactory(
            company=company,
            kind=ClaimKind.KEY_FIGURE,
            basis="lines of code",
            figure_unit="lines of code",
            technologies=[language],
        )
    (row,) = rows_of(compare([meta, spotify]), "figures")
    assert row.note.startswith("These do not compare: Meta counts “lines of code” of Rust")


def test_figures_of_one_company_alone_need_no_reason(meta: Company, spotify: Company) -> None:
    ClaimFactory(company=meta, kind=ClaimKind.KEY_FIGURE, basis="servers")
    (row,) = rows_of(compare([meta, spotify]), "figures")
    assert (row.label, row.note) == ("Other figures", "")


def test_equal_numbers_of_unlike_things_are_a_difference(meta: Company, spotify: Company) -> None:
    share(meta, 20, basis="services")
    share(spotify, 20, basis="lines of code")
    (row,) = rows_of(compare([meta, spotify]).differences(), "shares")
    assert words(row) == [["20%"], ["20%"]]
