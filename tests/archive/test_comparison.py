"""A comparison at a dated address: every column as it stood."""

import datetime

import pytest

from companies.exchange.revisions import Cause, record_missing
from companies.merging import merge, plan
from companies.models import ClaimKind, Status
from companies.reading_day import read_on
from tests.archive.at_days import banner, day, main, on
from tests.exchange.changing import save
from tests.factories import ClaimFactory, CompanyFactory, GapFactory
from tests.views.reading import csv_rows, links, words

pytestmark = pytest.mark.django_db

PATH = "/compare/acme-vs-zeta/"


@pytest.fixture
def companies():
    with on(1):
        acme = CompanyFactory(slug="acme", name="Acme", industry="Anvils")
        zeta = CompanyFactory(slug="zeta", name="Zeta", parent=CompanyFactory(name="The Group"))
        for company in (acme, zeta):
            for kind in (ClaimKind.KEY_FIGURE, ClaimKind.CODEBASE_SHARE, ClaimKind.USE_CASE):
                ClaimFactory(
                    company=company,
                    key=f"{company.slug}-{kind.replace('_', '-')}",
                    kind=kind,
                    text=f"Said of {company.name}.",
                    technologies={"Rust": "chose"},
                )
        GapFactory(company=acme, claim_kind=ClaimKind.QUOTE)
        record_missing()
    return acme, zeta


def then(client, number, path=PATH, **query):
    return client.get(path, {"as_of": day(number), **query})


def change_value(acme, zeta):
    save(acme.claims.get(kind=ClaimKind.KEY_FIGURE), figure_value=99)


def rename_technology(acme, zeta):
    technology = acme.claims.first().claim_technologies.get(technology__name="Rust").technology
    save(technology, name="Rust language")


def rename_company(acme, zeta):
    save(acme, name="Acme & Sons", slug="acme-and-sons")


def withdraw(acme, zeta):
    save(zeta.claims.get(kind=ClaimKind.USE_CASE), status=Status.WITHDRAWN)


def merge_company(acme, zeta):
    survivor = CompanyFactory(slug="group", name="Group")
    record_missing()
    merge(plan(survivor, [zeta]), Cause(name="Ann"))


EDITS = [change_value, rename_technology, rename_company, withdraw, merge_company]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_leaves_every_byte_of_what_was_cited_before(client, companies, edit):
    cited = main(then(client, 2))
    file = then(client, 2, format="csv").content
    assert b"Said of Acme." in cited
    with on(3):
        edit(*companies)
    assert main(then(client, 2)) == cited
    assert then(client, 2, format="csv").content == file
    after = then(client, 3, follow=True) if edit is not rename_company else client.get(PATH)
    assert after.status_code in (301, 404) or main(after) != cited


def test_it_says_what_the_live_page_says(client, companies):
    def cells(page):
        return words(page).split("Newest claim")[1].split("Link to this view")[0]

    with read_on(datetime.date.fromisoformat(day(2))):
        live = cells(client.get(PATH))
    assert cells(then(client, 2)) == live


def test_its_arrangement_stays_in_the_archive(client, companies):
    page = then(client, 2, order="zeta,acme", folded="figures")
    assert page.status_code == 200
    arranged = [link for link in links(page) if link.startswith(f"{PATH}?")]
    ours = [link for link in arranged if "order=" in link or "folded=" in link]
    assert ours
    assert all(f"as_of={day(2)}" in link for link in ours)
    assert [row["company"] for row in csv_rows(then(client, 2, format="csv"))][:2] == [
        "acme",
        "zeta",
    ]


def test_it_is_an_archive_with_a_citation_and_ways_around(client, companies):
    with on(4):
        change_value(*companies)
    page = then(client, 3)
    assert f'href="{PATH}?as_of={day(4)}"' in banner(page)
    assert f'href="{PATH}"' in banner(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert (
        "“Acme vs Zeta”. Stackfacts, comparison as it stood on 4 March 2026, "
        f"http://testserver{PATH}?as_of={day(3)}."
    ) in words(page)


def test_each_state_has_one_address(client, companies):
    with on(4):
        rename_company(*companies)
    for number, path, at in (
        (2, "/compare/acme-and-sons-vs-zeta/", PATH),
        (5, PATH, "/compare/acme-and-sons-vs-zeta/"),
        (2, "/compare/zeta-vs-acme/", PATH),
    ):
        led = then(client, number, path)
        assert (led.status_code, led["Location"]) == (301, f"{at}?as_of={day(number)}")


def test_what_cannot_be_compared_is_said_in_words(client, companies):
    for path, status, told in (
        ("/compare/acme/", 400, "Name at least 2 companies to compare."),
        ("/compare/acme-vs-no-such/", 404, "There is no page at the address “no-such”"),
    ):
        page = then(client, 2, path)
        assert page.status_code == status
        assert told in words(page)
    assert then(client, 0).status_code == 404
    assert then(client, 2, folded="no-such").status_code == 400
    assert then(client, 2, order="acme").status_code == 400


def test_a_company_that_is_hidden_now_takes_the_comparison_with_it(client, companies):
    with on(4):
        save(companies[0], status=Status.DRAFT)
    assert then(client, 2).status_code == 404
