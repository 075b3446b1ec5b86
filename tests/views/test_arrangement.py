"""The state of a comparison and the address that carries it: folded sections, order of columns."""

import pytest

from companies.models import ClaimKind
from companies.views.arrangement import Arrangement
from tests.factories import ClaimFactory, CompanyFactory, FormerSlugFactory
from tests.views.reading import csv_rows, headings, links, words

PATH = "/compare/acme-vs-zeta/"
THREE = Arrangement(("acme", "mint", "zeta"))


@pytest.mark.parametrize(
    ("arrangement", "address"),
    [
        (THREE, "/compare/acme-vs-mint-vs-zeta/"),
        (
            Arrangement(("acme", "mint"), differences=True),
            "/compare/acme-vs-mint/?differences=on",
        ),
        (
            Arrangement(("acme", "mint"), True, ("glance", "why")),
            "/compare/acme-vs-mint/?differences=on&folded=glance,why",
        ),
        (Arrangement(("zeta", "acme")), "/compare/acme-vs-zeta/?order=zeta,acme"),
    ],
)
def test_the_path_names_the_set_and_the_rest_follows_only_where_it_is_not_plain(
    arrangement, address
):
    assert arrangement.address == address


def test_a_file_is_the_same_state_with_a_format():
    assert THREE.address_with(format="csv") == "/compare/acme-vs-mint-vs-zeta/?format=csv"


def test_removing_and_moving_keep_the_order_of_the_others():
    moved = THREE.moved("zeta", -1)
    assert moved.slugs == ("acme", "zeta", "mint")
    assert moved.without("acme").slugs == ("zeta", "mint")
    assert moved.moved("zeta", 1) == THREE


@pytest.mark.parametrize(("slug", "places"), [("acme", -1), ("zeta", 1)])
def test_a_column_cannot_move_past_either_end(slug, places):
    assert THREE.moved(slug, places) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # In the order of the alphabet before, so it still is, and the address stays plain.
        (("acme", "zeta"), ("acme", "mint", "zeta")),
        (("zeta", "acme"), ("zeta", "acme", "mint")),
    ],
)
def test_a_further_company_comes_last_only_where_somebody_chose_an_order(before, after):
    assert Arrangement(before).along_with("mint").slugs == after


def test_a_section_is_folded_and_opened_again():
    folded = THREE.folding(["why"]).toggled("glance")
    assert folded.folded == ("glance", "why")
    assert folded.toggled("why").folded == ("glance",)


# --------------------------------------------------------------------------------- on the page


@pytest.fixture
def acme(db):
    return CompanyFactory(slug="acme", name="Acme", headquarters="Oslo")


@pytest.fixture
def mint(db):
    return CompanyFactory(slug="mint", name="Mint")


@pytest.fixture
def zeta(db):
    return CompanyFactory(slug="zeta", name="Zeta")


@pytest.fixture
def members(acme, zeta):
    """A figure of each on the same basis, so that there are two sections."""
    return [
        ClaimFactory(
            company=company,
            kind=ClaimKind.KEY_FIGURE,
            title="Members",
            basis="memberships",
            figure_value=value,
            figure_unit="members",
        )
        for company, value in ((acme, 7_000_000), (zeta, 9_000_000))
    ]


def test_each_section_is_folded_and_opened_by_a_link_that_keeps_the_rest_of_the_state(
    client, members
):
    opened = client.get(f"{PATH}?differences=on")
    assert f"{PATH}?differences=on&folded=figures#figures" in links(opened)
    folded = client.get(f"{PATH}?differences=on&folded=figures")
    assert f"{PATH}?differences=on#figures" in links(folded)
    assert f"{PATH}?differences=on&folded=glance,figures#glance" in links(folded)
    assert '<input type="hidden" name="folded" value="figures">' in folded.content.decode()
    count = '<span class="count"{}>1 row</span>'
    assert count.format("") in folded.content.decode()
    assert count.format(" hidden") in opened.content.decode()


def test_a_folded_section_says_so_to_screen_readers_and_keeps_its_rows_for_print(client, members):
    body = client.get(f"{PATH}?folded=figures").content.decode()
    section = body.partition('<tbody class="folded">')[2].partition("</tbody>")[0]
    assert 'aria-expanded="false" rel="nofollow">Key figures</a>' in section
    assert "7 million members" in section
    assert body.count('<tbody class="folded">') == 1
    assert 'aria-expanded="true" rel="nofollow">At a glance</a>' in body


def test_all_sections_are_folded_and_opened_at_once(client, members):
    all_folded = f"{PATH}?folded=glance,figures"
    assert all_folded in links(client.get(PATH))
    page = client.get(all_folded)
    assert page.content.decode().count('<tbody class="folded">') == 2
    assert "Open all" in words(page)
    assert PATH in links(page)


def test_a_file_holds_folded_rows_too(client, members):
    assert csv_rows(client.get(f"{PATH}?folded=figures&format=csv")) == csv_rows(
        client.get(f"{PATH}?format=csv")
    )


def test_columns_stand_in_the_order_asked_for_on_the_page_and_in_files(client, members):
    page = client.get(f"{PATH}?order=zeta,acme")
    assert page.status_code == 200
    assert headings(page, 1) == ["Zeta vs Acme"]
    records = client.get(f"{PATH}?order=zeta,acme&format=json").json()
    assert [record["company"] for record in records[:2]] == ["zeta", "acme"]
    assert f"{PATH}?order=zeta,acme&format=csv" in links(page)
    assert f"{PATH}?folded=glance&order=zeta,acme#glance" in links(page)


def test_a_column_moves_by_one_and_back_to_the_plain_address(client, acme, zeta, mint):
    page = client.get("/compare/acme-vs-mint-vs-zeta/")
    # Mint comes to the left end, from where it can go right only; the keyboard goes on there.
    assert "/compare/acme-vs-mint-vs-zeta/?order=mint,acme,zeta#right-mint" in links(page)
    assert "/compare/acme-vs-mint-vs-zeta/?order=mint,acme,zeta#right-acme" in links(page)
    assert "/compare/acme-vs-mint-vs-zeta/?order=acme,zeta,mint#left-zeta" in links(page)
    shown = words(page)
    assert "Move Acme right" in shown
    assert "Move Acme left" not in shown
    assert "Move Zeta right" not in shown
    moved = client.get("/compare/acme-vs-mint-vs-zeta/?order=mint,acme,zeta")
    assert "/compare/acme-vs-mint-vs-zeta/#right-acme" in links(moved)
    assert "/compare/acme-vs-zeta/#column-acme" in links(moved)
    assert "/compare/acme-vs-mint/?order=mint,acme#column-acme" in links(moved)


@pytest.mark.parametrize("order", ["acme", "acme,acme", "acme,nobody", "acme,zeta,zeta", "x" * 501])
def test_an_order_of_other_companies_is_refused_in_words(client, acme, zeta, order):
    page = client.get(PATH, {"order": order})
    assert page.status_code == 400
    assert "order: " in words(page)
    if len(order) < 500:
        assert "order: Name each company once: acme,zeta." in words(page)


def test_an_order_follows_a_company_to_its_address_of_today(client, acme, zeta):
    FormerSlugFactory(company=zeta, slug="beta")
    moved = client.get("/compare/beta-vs-acme/?order=beta,acme&differences=on")
    assert moved.status_code == 301
    assert moved["Location"] == f"{PATH}?order=zeta,acme&differences=on"
    assert client.get(moved["Location"]).status_code == 200


def test_every_state_of_a_set_names_one_canonical_address(client, acme, zeta):
    canonical = f'<link rel="canonical" href="http://testserver{PATH}">'
    assert canonical in client.get(f"{PATH}?order=zeta,acme&differences=on").content.decode()
    assert canonical in client.get(PATH).content.decode()
