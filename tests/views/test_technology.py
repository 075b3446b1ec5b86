import pytest

from companies.models import Role, Status, TechnologyKind
from companies.views import technology
from tests.factories import (
    ClaimFactory,
    ClaimTechnologyFactory,
    CompanyFactory,
    FormerTechnologySlugFactory,
    TechnologyFactory,
)
from tests.views.reading import csv_rows, headings, links, listed, words

pytestmark = pytest.mark.django_db

LIST, PATH = "/technologies/", "/technologies/python/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def python():
    return TechnologyFactory(slug="python", name="Python", summary="A language.")


# -------------------------------------------------------------------------------------- the list


@pytest.fixture
def technologies(python):
    """Django is named by two companies, Python and rust by one."""
    django = TechnologyFactory(slug="django", name="Django", kind=TechnologyKind.FRAMEWORK)
    rust = TechnologyFactory(slug="rust", name="rust")
    acme = CompanyFactory()
    for company in (acme, acme, CompanyFactory()):
        ClaimFactory(company=company, technologies=[django])
    ClaimFactory(kind="codebase_share", shares={python: 50, rust: 20})
    TechnologyFactory(slug="unnamed")
    ClaimFactory(status=Status.DRAFT, technologies=["Drafted", python])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["django", "python", "rust"]),
        ({"sort": "name"}, ["django", "python", "rust"]),
        ({"kind": "language"}, ["python", "rust"]),
        ({"kind": "framework"}, ["django"]),
        ({"q": "PYTH"}, ["python"]),
        ({"q": "python", "kind": "framework"}, []),
        ({"kind": "database"}, []),
    ],
    ids=str,
)
def test_filters_and_sorts_give_the_same_rows_on_page_and_in_files(
    client, technologies, query, expected
):
    assert listed(client, LIST, **query) == expected


def test_most_companies_first_unless_sorted_by_name(client):
    for name, count in (("Ada", 1), ("zsh", 2), ("Basic", 1)):
        technology = TechnologyFactory(slug=name.lower(), name=name)
        for _ in range(count):
            ClaimFactory(technologies=[technology])
    assert listed(client, LIST) == ["zsh", "ada", "basic"]
    assert listed(client, LIST, sort="name") == ["ada", "basic", "zsh"]


def test_a_company_counts_once_whatever_it_says_of_a_technology(client, technologies):
    (record, *_) = client.get(LIST, {"format": "json"}).json()
    assert (record["technology"], record["companies"]) == ("django", 2)
    assert "Django Framework 2" in words(client.get(LIST))


def test_companies_that_only_rejected_or_left_a_technology_do_not_count_as_having_it(
    client, python
):
    for role in Role:
        ClaimFactory(technologies={python: role})
    (record,) = client.get(LIST, {"format": "json"}).json()
    assert record["companies"] == 3


def test_an_empty_list_of_technologies_says_so(client):
    assert "No technologies yet." in words(client.get(LIST))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"kind": "sword"}, "Select a valid choice. sword is not one of"),
        ({"sort": "luck"}, "Select a valid choice. luck is not one of"),
        ({"format": "xls"}, "format: Select a valid choice."),
        ({"page": "x"}, "page: Enter a whole number."),
    ],
    ids=str,
)
def test_a_bad_parameter_of_the_list_is_refused_with_a_message(client, query, message):
    page = client.get(LIST, query)
    assert page.status_code == 400
    assert message in words(page)


# -------------------------------------------------------------------------------- one technology


def test_page_shows_what_it_is_and_how_many_companies_have_it_in_each_role(client, python):
    acme = CompanyFactory()
    for company in (acme, acme, CompanyFactory()):
        ClaimFactory(company=company, technologies=[python])
    for role in (Role.CHOSE, Role.REJECTED, Role.MIGRATED_FROM, Role.MIGRATED_TO):
        ClaimFactory(technologies={python: role})
    page = client.get(PATH)
    assert headings(page, 1) == ["Python"]
    assert (
        "A language. 2 use it 1 chose it 1 rejected it 1 moved away from it 1 moved to it"
    ) in words(page)
    assert "?role=migrated_from#claims" in links(page)


def test_a_row_shows_company_role_claim_evidence_and_date(client, python):
    ClaimFactory(
        company__name="Acme",
        title="Servers",
        text="They run Python.",
        source__publisher="Acme Blog",
        as_of="2016",
        technologies={python: Role.CHOSE},
    )
    assert "Acme chose Servers They run Python. Primary Acme Blog 2016 ·" in words(client.get(PATH))


def test_filters_by_role_and_words_narrow_page_and_files_alike(client, python):
    uses = ClaimFactory(key="b-uses", as_of="2016", technologies=[python])
    left = ClaimFactory(
        key="a-left", as_of="2018", title="Off it", technologies={python: Role.MIGRATED_FROM}
    )
    share = ClaimFactory(key="c-share", as_of="", kind="codebase_share", shares={python: 60})
    ClaimFactory(technologies=["Go"])
    assert listed(client, PATH) == [left.key, uses.key, share.key]
    assert listed(client, PATH, role="uses") == [uses.key]
    assert listed(client, PATH, role="migrated_from") == [left.key]
    assert listed(client, PATH, role="rejected") == []
    assert listed(client, PATH, q="off") == [left.key]
    assert listed(client, PATH, q="off", role="uses") == []


def test_shares_are_ranked_within_the_same_basis_only(client, python):
    for name, basis, percentage in (
        ("Acme", "services", 80),
        ("Zeta", "lines of code", 25.5),
        ("Mint", "services", 95),
        ("Nobody", "", 1),
    ):
        ClaimFactory(
            company__name=name,
            kind="codebase_share",
            basis=basis,
            as_of="",
            shares={python: percentage},
        )
    page = client.get(PATH)
    ranked = [
        (basis, [share.claim.company.name for share in shares])
        for basis, shares in page.context["rankings"]
    ]
    assert ranked == [
        ("", ["Nobody"]),
        ("lines of code", ["Zeta"]),
        ("services", ["Mint", "Acme"]),
    ]
    shown = words(page)
    assert "Basis: not stated Nobody 1%" in shown
    assert "Basis: lines of code Zeta 25.5% as a whole undated" in shown
    assert "Mint 95%" in shown


@pytest.mark.parametrize(("longest", "is_cut"), [(1, True), (2, False)])
def test_a_ranking_that_is_too_long_says_where_it_ends(
    client, python, monkeypatch, longest, is_cut
):
    monkeypatch.setattr(technology, "_SHARES", longest)
    for percentage in (80, 70):
        ClaimFactory(kind="codebase_share", basis="services", shares={python: percentage})
    page = client.get(PATH)
    ((_basis, shares),) = page.context["rankings"]
    assert len(shares) == longest
    assert (f"Only the first {longest} are shown." in words(page)) is is_cut


def test_a_technology_nobody_states_a_share_of_has_no_ranking(client, python):
    ClaimFactory(technologies=[python])
    assert headings(client.get(PATH), 2) == ["Who says what about it", "What changed"]


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_a_technology_that_only_unpublished_claims_name_is_not_found(client, python, status):
    ClaimFactory(status=status, technologies=[python])
    ClaimFactory(company__status=status, kind="codebase_share", shares={python: 60})
    page = client.get(PATH)
    assert page.status_code == 404
    assert "There is no technology at the address “python”." in words(page)
    assert listed(client, LIST) == []


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_are_neither_shown_nor_counted(client, python, status):
    ClaimFactory(title="Seen", technologies=[python])
    ClaimFactory(title="Hidden", status=status, technologies=[python])
    ClaimFactory(title="Hidden", company__status=status, technologies=[python])
    ClaimFactory(
        title="Hidden",
        company__name="Hidden",
        company__status=status,
        kind="codebase_share",
        shares={python: 99},
    )
    page = client.get(PATH)
    assert "Hidden" not in page.content.decode()
    assert "1 use it" in words(page)
    assert "1 claim" in words(page)
    for format in ("csv", "json"):
        assert "Hidden" not in client.get(PATH, {"format": format}).content.decode()


def test_an_unknown_technology_is_not_found_in_words(client):
    page = client.get("/technologies/no-such/")
    assert page.status_code == 404
    assert "There is no technology at the address “no-such”." in words(page)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"role": "worships"}, "role: Select a valid choice. worships is not one of"),
        ({"page": "-1"}, "page: Ensure this value is greater than or equal to 1."),
    ],
    ids=str,
)
def test_a_bad_parameter_is_refused_in_words(client, python, query, message):
    ClaimFactory(technologies=[python])
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)
    assert PATH in links(page)


def test_a_page_past_the_last_says_how_many_there_are(client, python):
    ClaimFactory(technologies=[python])
    for path in (LIST, PATH):
        page = client.get(path, {"page": 2})
        assert page.status_code == 404
        assert "This list has 1 page; there is no page 2." in words(page)


def test_a_file_of_claims_names_technologies_with_their_roles(client, python):
    ClaimFactory(technologies={python: Role.CHOSE, "Go": Role.REJECTED})
    (row,) = csv_rows(client.get(PATH, {"format": "csv"}))
    assert row["technologies"] == "Python (chose); Go (rejected)"


def test_a_former_address_redirects_for_good_and_keeps_the_filter(client, python):
    ClaimFactory(technologies=[python])
    FormerTechnologySlugFactory(technology=python, slug="cpython")
    page = client.get("/technologies/cpython/?role=uses&q=%C3%A4")
    assert (page.status_code, page["Location"]) == (301, f"{PATH}?role=uses&q=%C3%A4")


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_a_former_address_of_what_visitors_can_not_see_is_not_found(client, python, status):
    ClaimFactory(technologies=[python], status=status)
    FormerTechnologySlugFactory(technology=python, slug="cpython")
    assert client.get("/technologies/cpython/").status_code == 404


@pytest.mark.parametrize("path", ["/companies/", "/quotes/"])
def test_a_filter_by_a_former_slug_finds_the_same_and_shows_what_it_asked_for(client, python, path):
    claim = ClaimFactory(kind="quote", technologies=[python])
    ClaimFactory(kind="quote", technologies=["Go"])
    FormerTechnologySlugFactory(technology=python, slug="cpython")
    page = client.get(path, {"technology": "cpython"})
    (row,) = client.get(path, {"technology": "cpython", "format": "json"}).json()
    assert row["company"] == claim.company.slug
    assert '<option value="python" selected>' in page.content.decode()
    # What one visitor asked for stays with that page.
    assert " selected>Python" not in client.get(path).content.decode()


@pytest.mark.parametrize("value", ["former", "\0", "cpython\0"])
def test_a_filter_by_no_slug_that_anything_published_ever_had_is_refused(client, python, value):
    FormerTechnologySlugFactory(technology=python, slug="former")
    assert client.get("/companies/", {"technology": value}).status_code == 400


def moves(client, **query):
    page = client.get("/technologies/", query)
    return [
        (move["technology__name"], move["to_name"], move["company_count"], bar.length)
        for move, bar in page.context.get("moves", [])
    ]


def migration(left, to, **given):
    technologies = {left: Role.MIGRATED_FROM, to: Role.MIGRATED_TO, "Redis": Role.USES}
    return ClaimFactory(kind="migration", technologies=technologies, **given)


def test_moves_are_counted_by_company_and_the_most_made_comes_first(client):
    first = migration("Ruby", "Go", title="Left it")
    migration("Ruby", "Go", company=first.company)
    migration("Ruby", "Go")
    migration("Java", "Kotlin")
    migration("Perl", "Python", status=Status.DRAFT)
    assert moves(client) == [("Ruby", "Go", 2, "100%"), ("Java", "Kotlin", 1, "50%")]
    assert f"{first.company.name}: Left it" in words(client.get("/technologies/"))
    rows = csv_rows(client.get("/technologies/moves.csv"))
    assert sorted((row["from"], row["to"]) for row in rows) == [
        ("Java", "Kotlin"),
        *[("Ruby", "Go")] * 3,
    ]
    assert all(row["source_url"] for row in rows)


def test_a_step_to_another_version_is_no_move(client):
    java = TechnologyFactory(name="Java")
    claim = ClaimFactory(kind="migration")
    for role, version in ((Role.MIGRATED_FROM, "8"), (Role.MIGRATED_TO, "17")):
        ClaimTechnologyFactory(claim=claim, technology=java, role=role, version=version)
    assert moves(client) == []
    assert csv_rows(client.get("/technologies/moves.csv")) == []


def test_a_claim_that_names_several_counts_for_each_pair(client):
    claim = migration("Ruby", "Go")
    for name, role in (("Perl", Role.MIGRATED_FROM), ("Rust", Role.MIGRATED_TO)):
        ClaimTechnologyFactory(claim=claim, technology__name=name, role=role)
    assert [move[:2] for move in moves(client)] == [
        ("Perl", "Go"),
        ("Perl", "Rust"),
        ("Ruby", "Go"),
        ("Ruby", "Rust"),
    ]


def test_moves_are_left_out_of_a_filtered_list(client):
    migration("Ruby", "Go")
    assert moves(client, q="Ruby") == []
    assert moves(client, page="1") == []


@pytest.mark.parametrize(("most", "shown"), [(2, 2), (1, 1)])
def test_a_long_list_of_moves_is_cut_and_says_so(client, monkeypatch, most, shown):
    migration("Ruby", "Go")
    migration("Java", "Kotlin")
    monkeypatch.setattr(technology, "_MOVES", most)
    assert len(moves(client)) == shown
    said = "Only the first 1 pair is shown here." in words(client.get("/technologies/"))
    assert said is (most < 2)
    assert len(csv_rows(client.get("/technologies/moves.csv"))) == 2
