import datetime
import re

import pytest

from companies.evidence import Agreement, Tier
from companies.exchange.revisions import record_missing
from companies.models import Revision, Status
from tests.factories import CitationFactory, ClaimFactory, CompanyFactory, CompanyListFactory
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


def test_the_first_page_says_how_much_is_published(client):
    company = CompanyFactory()
    ClaimFactory(company=company)
    ClaimFactory(company=company)
    ClaimFactory(source__tier=Tier.SECONDARY)
    shown = words(client.get("/"))
    assert "Companies and projects 2 Claims 3 Sources 3 First-hand claims 66%" in shown


def test_the_first_page_says_how_much_was_checked_and_not_borne_out(client):
    for agreement in (Agreement.AGREES, Agreement.DIFFERS, Agreement.CONTRADICTS):
        CitationFactory(agreement=agreement, source__tier=Tier.SECONDARY, as_reported="So.")
    page = client.get("/")
    assert "Statements checked 3 2 of them corrected or contradicted" in words(page)
    assert "/sources/?tier=secondary" in links(page)


def test_the_first_page_says_when_something_changed_last(client):
    assert "Newest change" not in words(client.get("/"))
    ClaimFactory()
    record_missing()
    Revision.objects.update(made_at=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC))
    page = client.get("/")
    assert "Newest change 4 March 2026" in words(page)
    assert "/changes/" in links(page)


def test_the_first_page_searches_everything_in_one_box(client):
    ClaimFactory()
    body = client.get("/").content.decode()
    assert re.findall(r'<form class="search-box" method="get" action="([^"]*)"', body) == [
        "/search/"
    ]
    assert re.findall(r'<input type="search" id="([^"]*)" name="q"', body) == ["q"]


def test_a_statement_that_is_not_borne_out_is_the_example(client):
    claim = ClaimFactory(
        company__name="Acme",
        text="It did.",
        source__publisher="Acme Blog",
        source__published_on="2016",
        source__tier=Tier.PRIMARY,
    )
    citation = CitationFactory(
        claim=claim,
        agreement=Agreement.CONTRADICTS,
        as_reported="It never did.",
        source__publisher="The Daily",
        source__tier=Tier.SECONDARY,
    )
    page = client.get("/")
    assert (
        "One example: what is said of Acme The Daily says It never did. "
        "Contradicted a primary or measured source says the opposite "
        "Acme Blog says 2016 It did. See the evidence The whole fact-check"
    ) in words(page)
    assert claim.get_absolute_url() in links(page)
    assert f"{citation.source.get_absolute_url()}#fact-check" in links(page)


def test_without_such_a_statement_the_newest_claim_is_the_example(client):
    claim = ClaimFactory(company__name="Acme", text="It did.", source__title="The post")
    shown = words(client.get("/"))
    assert "One claim, as it stands here Acme It did. Primary said by the company" in shown
    assert f"The post, {claim.source.publisher}" in shown


def test_companies_of_one_industry_are_offered_side_by_side(client):
    for name in ("Zeta", "Acme"):
        ClaimFactory(company__name=name, company__slug=name.lower(), company__industry="Travel")
    page = client.get("/")
    assert "Travel Acme vs Zeta Choose companies to compare" in words(page)
    assert "/compare/acme-vs-zeta/" in links(page)
    assert client.get("/compare/acme-vs-zeta/").status_code == 200


def test_one_company_alone_is_not_compared(client):
    ClaimFactory()
    assert "Compare side by side" not in headings(client.get("/"), 2)


def test_newest_claims_come_first_and_undated_ones_last(client):
    for date in ("", "2015", "2020-05", "2019"):
        ClaimFactory(title=f"Of {date}", as_of=date)
    titles = [title for title in headings(client.get("/"), 3) if title.startswith("Of")]
    assert titles == ["Of 2020-05", "Of 2019", "Of 2015", "Of"]


def test_a_newest_claim_shows_its_grade_date_and_publisher(client):
    claim = ClaimFactory(text="It did.", as_of="2016", source__publisher="Acme Blog")
    CitationFactory(claim=claim, agreement=Agreement.CONTRADICTS, as_reported="No.")
    assert "It did. Primary Disputed · 2016 ·" in words(client.get("/"))
    assert "ago · Acme Blog" in words(client.get("/"))


def test_the_most_used_technologies_are_counted_by_company(client):
    for technologies in (["Go", "Python"], ["Python"]):
        ClaimFactory(technologies=technologies)
    assert "how many companies use it. Python 2 Go 1 All technologies" in words(client.get("/"))


def test_lists_show_their_companies_in_order(client):
    companies = [CompanyFactory(name=name) for name in ("Zeta", "Acme", "Mint")]
    best = CompanyListFactory(title="The best", summary="Three.", companies=companies)
    page = client.get("/")
    assert "The best Three. Zeta Acme Mint" in words(page)
    assert best.get_absolute_url() in links(page)


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_nothing_unpublished_is_shown_or_counted(client, status):
    ClaimFactory(company__name="Seen")
    for hidden in (
        ClaimFactory(title="Hidden", status=status, technologies=["Hidden"]),
        ClaimFactory(
            title="Hidden",
            company__name="Hidden",
            company__industry="Hidden",
            company__status=status,
            technologies=["Hidden"],
        ),
    ):
        CitationFactory(
            claim=hidden,
            agreement=Agreement.CONTRADICTS,
            as_reported="Hidden",
            source__tier=Tier.SECONDARY,
        )
    CompanyListFactory(title="Hidden", status=status)
    CompanyListFactory(title="Seen", companies=[CompanyFactory(name="Hidden", status=status)])
    page = client.get("/")
    assert "Hidden" not in page.content.decode()
    assert "Companies and projects 1 Claims 1 Sources 1" in words(page)
    assert "Statements checked 0" in words(page)


def test_an_empty_site_says_what_to_do(client):
    page = client.get("/")
    shown = words(page)
    assert (
        "Nothing is published yet Editors add companies, sources and claims in the admin" in shown
    )
    assert "manage.py load_catalog" in shown
    assert "/admin/" in links(page)
    for absent in (
        "Search companies",
        "Claims 0",
        "Newest claims",
        "Compare side by side",
        "Lists",
    ):
        assert absent not in shown
