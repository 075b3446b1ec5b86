from __future__ import annotations

from companies.comparison import measures
from companies.comparison.measures import Measure, Statement


def said(
    company: str,
    basis: str,
    *,
    unit: str = "percent",
    scope: str = "",
    as_of: str = "",
    subject: str = "",
) -> Statement:
    return Statement(
        company_id=hash(company),
        company=company,
        as_of=as_of,
        measure=Measure(basis, unit, scope, subject),
        carries=None,
    )


def test_group_puts_equal_measures_of_two_companies_together() -> None:
    netflix, meta = said("Netflix", "lines of code"), said("Meta", "Lines of Code")
    groups = measures.group([netflix, meta])
    assert groups == ([[netflix, meta]], [], [])


def test_group_keeps_equal_measures_of_one_company_apart() -> None:
    first, second = said("Meta", "lines of code"), said("Meta", "lines of code")
    assert measures.group([first, second]).alone == [first, second]


def test_group_calls_a_different_scope_seeming_and_not_alike() -> None:
    part, whole = said("Meta", "servers", scope="web tier"), said("Uber", "servers")
    assert measures.group([part, whole]) == ([], [[part, whole]], [])


def test_group_does_not_compare_lines_of_one_language_with_lines_of_another() -> None:
    python = said("Dropbox", "lines of code", subject="Python")
    rust = said("Android", "lines of code", subject="Rust")
    groups = measures.group([python, rust])
    assert groups == ([], [[python, rust]], [])
    assert measures.why_not([python]) == (
        "These do not compare: Dropbox counts “lines of code” of Python for the company as a whole."
    )


def test_group_keeps_a_different_unit_of_the_same_basis_alone() -> None:
    count, change = said("Meta", "servers", unit="servers"), said("Uber", "servers")
    assert measures.group([count, change]).alone == [count, change]


def test_group_never_compares_what_states_no_basis() -> None:
    statements = [said("Meta", ""), said("Uber", ""), said("Etsy", "not stated")]
    assert measures.group(statements) == ([], [], statements)


def test_group_leaves_out_nothing_and_repeats_nothing() -> None:
    statements = [
        said("Meta", "servers"),
        said("Uber", "servers"),
        said("Etsy", "servers", scope="search"),
        said("Uber", "jobs"),
        said("Etsy", ""),
    ]
    groups = measures.group(statements)
    placed = [s for members in [*groups.alike, *groups.seeming] for s in members] + groups.alone
    assert sorted(map(id, placed)) == sorted(map(id, statements))


def test_why_not_says_what_each_company_counts_where_and_when() -> None:
    sentence = measures.why_not(
        [
            said("Spotify", "number of services", scope="backend services", as_of="2013-03-20"),
            said("Meta", "codebase", as_of="2016-05"),
            said("Etsy", ""),
        ]
    )
    assert sentence == (
        "These do not compare: Spotify counts “number of services” for “backend services” "
        "(20 March 2013); Meta counts “codebase” for the company as a whole (May 2016); "
        "Etsy states no basis for the company as a whole."
    )


def test_why_not_names_a_company_once_with_all_it_counts() -> None:
    sentence = measures.why_not(
        [said("Spotify", "services"), said("Spotify", "jobs"), said("Spotify", "jobs")]
    )
    assert sentence == (
        "These do not compare: Spotify counts “services” for the company as a whole; "
        "Spotify counts “jobs” for the company as a whole."
    )


def test_years_apart_counts_whole_years_and_passes_over_undated() -> None:
    dated = [said("A", "x", as_of="2013-06"), said("B", "x", as_of="2016-05"), said("C", "x")]
    assert measures.years_apart(dated) == 2
    assert measures.years_apart([said("C", "x")]) == 0


def test_years_apart_needs_the_anniversary() -> None:
    almost = [said("A", "x", as_of="2000-01-02"), said("B", "x", as_of="2020-01-01")]
    assert measures.years_apart(almost) == 19
