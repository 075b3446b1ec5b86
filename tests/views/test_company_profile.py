"""The profile of one company."""

import datetime
import re

import pytest

from companies.models import ClaimKind, Finding, Role, Status
from tests.factories import (
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    FormerSlugFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.views.reading import csv_rows, headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/companies/acme/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme")


def test_a_profile_opens_with_what_the_company_is(client):
    acme = CompanyFactory(
        slug="acme",
        name="Acme",
        kind="organisation",
        parent=CompanyFactory(name="Holding"),
        founded="1997-05",
        headquarters="Oslo, Norway",
        industry="Music",
        website="https://acme.example/",
        wikidata="Q42",
        summary="Makes records.",
    )
    CompanyFactory(name="Daughter", parent=acme)
    for name in ("Acme Ltd", "The Acme"):
        CompanyAliasFactory(company=acme, name=name)
    page = client.get(PATH)
    assert headings(page, 1) == ["Acme"]
    shown = words(page)
    for text in (
        "Acme Makes records. Kind Organisation Industry Music Founded May 1997",
        "Headquarters Oslo, Norway",
        "Part of Holding",
        "Owns Daughter",
        "Also known as Acme Ltd; The Acme",
    ):
        assert text in shown
    for link in (
        "https://acme.example/",
        "https://www.wikidata.org/wiki/Q42",
        "/companies/?industry=Music",
        acme.parent.get_absolute_url(),
    ):
        assert link in links(page)


def test_what_a_profile_lacks_is_said_in_words(client, acme):
    shown = words(client.get(PATH))
    assert "Industry not recorded Founded not recorded Headquarters not recorded" in shown
    assert "No claim about Acme is published yet." in shown


def test_a_project_has_no_headquarters_to_look_for(client):
    CompanyFactory(slug="acme", kind="project")
    assert "Headquarters not applicable" in words(client.get(PATH))


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_parents_and_subsidiaries_are_not_named(client, status):
    acme = CompanyFactory(slug="acme", parent=CompanyFactory(name="Hidden parent", status=status))
    CompanyFactory(name="Hidden child", parent=acme, status=status)
    assert "Hidden" not in client.get(PATH).content.decode()


def test_claims_stand_in_groups_in_the_order_of_a_story_newest_first(client, acme):
    for kind in ClaimKind:
        ClaimFactory(company=acme, kind=kind, title=f"Old {kind.label}", as_of="2015")
        ClaimFactory(company=acme, kind=kind, title=f"New {kind.label}", as_of="2020")
        ClaimFactory(company=acme, kind=kind, title=f"Undated {kind.label}", as_of="")
    page = client.get(PATH)
    assert headings(page, 2) == [
        "Codebase shares",
        "What it is used for",
        "Key figures",
        "Decisions and migrations",
        "Strengths and weaknesses",
        "Open source",
        "Quotes",
        "Timeline",
        "Cite it",
        "Take the data",
    ]
    *titles, last = headings(page, 3)
    assert last == "Undated"
    assert titles[:3] == ["New Codebase share", "Old Codebase share", "Undated Codebase share"]
    assert len(titles) == 3 * len(ClaimKind)
    assert {f"#{key}" for key in ("shares", "use-cases", "quotes")} <= set(links(page))


def test_a_group_of_several_kinds_names_the_kind_of_each_claim(client, acme):
    ClaimFactory(company=acme, kind=ClaimKind.WEAKNESS, title="Slow tests")
    assert "Weakness Slow tests" in words(client.get(PATH))


def test_technologies_that_most_claims_say_it_uses_are_named_on_top(client, acme):
    ClaimFactory(company=acme, technologies={"Go": Role.USES, "Perl": Role.MIGRATED_FROM})
    ClaimFactory(company=acme, technologies={"Python": Role.USES, "Perl": Role.MIGRATED_FROM})
    ClaimFactory(company=acme, technologies={"Python": Role.CHOSE, "PHP": Role.REJECTED})
    assert "Named most Python, Go (Language) " in words(client.get(PATH))


def test_a_finding_that_there_is_nothing_says_who_looked_where_and_when(client, acme):
    GapFactory(
        company=acme,
        claim_kind=ClaimKind.CODEBASE_SHARE,
        technology=TechnologyFactory(name="COBOL"),
        domain=DomainFactory(name="Web"),
        finding=Finding.NONE,
        source=SourceFactory(title="Acme says no"),
        looked_on=datetime.date(2026, 1, 15),
        note="Asked them.",
    )
    shown = words(client.get(PATH))
    assert (
        "What is not there Codebase share, COBOL, Web: none: known not to. Asked them. "
        "looked on 15 January 2026 — Acme says no"
    ) in shown


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_are_on_no_form_of_the_profile(client, acme, status):
    ClaimFactory(company=acme, title="Seen")
    ClaimFactory(company=acme, title="Hidden", status=status, technologies=["Hidden too"])
    for query in ({}, {"format": "csv"}, {"format": "json"}):
        body = client.get(PATH, query).content.decode()
        assert "Seen" in body
        assert "Hidden" not in body


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_an_unpublished_company_is_not_found_under_any_address(client, acme, status):
    FormerSlugFactory(company=acme, slug="acme-inc")
    acme.status = status
    acme.save()
    for path in (PATH, "/companies/acme-inc/", f"{PATH}?format=json"):
        page = client.get(path)
        assert page.status_code == 404
        assert "There is no company profile at the address “acme" in words(page)


def test_an_unknown_company_is_not_found_and_another_can_be_searched_for(client):
    page = client.get("/companies/no-such/")
    assert page.status_code == 404
    assert "There is no company profile at the address “no-such”." in words(page)
    assert 'action="/search/"' in page.content.decode()


def test_a_former_address_redirects_for_good_and_keeps_the_query(client, acme):
    FormerSlugFactory(company=acme, slug="acme-inc")
    moved = client.get("/companies/acme-inc/")
    assert (moved.status_code, moved["Location"]) == (301, PATH)
    moved = client.get("/companies/acme-inc/?format=csv")
    assert (moved.status_code, moved["Location"]) == (301, f"{PATH}?format=csv")


def test_files_hold_the_claims_each_with_its_citation(client, acme):
    claim = ClaimFactory(company=acme, kind=ClaimKind.KEY_FIGURE, locator="page 3")
    (record,) = client.get(PATH, {"format": "json"}).json()
    assert record["key"] == claim.key
    assert record["figure_value"] == 14
    assert record["source_url"] == claim.source.url
    assert record["locator"] == "page 3"
    assert record["grade"] == "primary"
    assert record["url"] == f"http://testserver/claims/{claim.key}/"
    (row,) = csv_rows(client.get(PATH, {"format": "csv"}))
    assert row["source_url"] == claim.source.url


def test_a_file_is_named_after_the_company(client, acme):
    for format in ("csv", "json"):
        page = client.get(PATH, {"format": format})
        assert page["Content-Disposition"] == f'attachment; filename="acme.{format}"'


def test_an_unknown_format_is_refused_in_words(client, acme):
    page = client.get(PATH, {"format": "xls"})
    assert page.status_code == 400
    assert "format: Select a valid choice. xls is not one of the available choices." in words(page)


def test_the_profile_leads_to_a_comparison_with_it(client, acme):
    body = client.get(PATH).content.decode()
    assert '<form class="beside" action="/compare/"' in body
    assert '<input type="hidden" name="c" value="acme">' in body


def timeline_of(page):
    found = re.search(r'<ol class="dated">.*?</section>', page.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""


def test_a_timeline_lists_dated_claims_oldest_first_and_undated_ones_beneath(client):
    acme = CompanyFactory(slug="acme")
    for title, as_of, kind in (
        ("Third", "2020-05-27", "migration"),
        ("Fourth", "2020-05-27", "quote"),
        ("First", "2013", "use_case"),
        ("Second", "2016-05", "use_case"),
        ("None", "", "use_case"),
    ):
        ClaimFactory(company=acme, title=title, as_of=as_of, kind=kind, source__publisher="P")
    page = client.get("/companies/acme/")
    assert timeline_of(page) == (
        "2013 First Use case · P May 2016 Second Use case · P "
        "27 May 2020 Third Migration · P Fourth Quote · P "
        "Undated None Use case · P"
    )
    body = page.content.decode()
    assert body.count("<circle") == 2
    assert '<a href="#timeline">' in body
    assert body.count('class="lane"') == 3


def test_a_single_date_makes_no_timeline(client):
    claim = ClaimFactory(as_of="2016")
    ClaimFactory(company=claim.company, as_of="")
    page = client.get(claim.company.get_absolute_url())
    assert timeline_of(page) == ""
    assert b"#timeline" not in page.content
