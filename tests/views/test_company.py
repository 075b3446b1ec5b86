"""The list of companies: what it shows, filters and sorts."""

import pytest

from companies.evidence import Agreement, Tier
from companies.models import Role, Status, Technology
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyAliasFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.views.reading import csv_rows, links, listed, words

pytestmark = pytest.mark.django_db

PATH = "/companies/"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def companies():
    """Three companies that differ in everything a visitor can filter or sort by."""
    web, data = DomainFactory(slug="web"), DomainFactory(slug="data")
    zeta = CompanyFactory(
        slug="zeta", name="zeta", industry="Banking", founded="1999", summary="Lends money."
    )
    acme = CompanyFactory(
        slug="acme", name="Acme", industry="Music", founded="2006-05", kind="organisation"
    )
    mint = CompanyFactory(slug="mint", name="Mint", industry="Banking", kind="project")
    CompanyAliasFactory(company=acme, name="Road Runner Supplies")
    measured, secondary = SourceFactory(tier=Tier.MEASURED), SourceFactory(tier=Tier.SECONDARY)
    TechnologyFactory(slug="cobol", name="COBOL")
    ClaimFactory(company=zeta, as_of="2015", domain=web, source=measured, technologies=["COBOL"])
    ClaimFactory(company=zeta, as_of="2016", domain=data, technologies={"Rust": Role.REJECTED})
    ClaimFactory(company=zeta, as_of="2017")
    ClaimFactory(company=acme, as_of="2021-03", domain=data, source=secondary)
    ClaimFactory(company=acme, as_of="")
    ClaimFactory(company=mint, as_of="2018-11-02", technologies=["COBOL"], kind="weakness")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["acme", "mint", "zeta"]),
        ({"sort": "claims"}, ["zeta", "acme", "mint"]),
        ({"sort": "newest"}, ["acme", "mint", "zeta"]),
        ({"sort": "founded"}, ["zeta", "acme", "mint"]),
        ({"q": "ACM"}, ["acme"]),
        ({"q": "road runner"}, ["acme"]),
        ({"q": "lends"}, ["zeta"]),
        ({"q": " mint "}, ["mint"]),
        ({"q": "nobody"}, []),
        ({"q": "%"}, []),
        ({"technology": "cobol"}, ["mint", "zeta"]),
        ({"technology": "cobol", "sort": "claims"}, ["zeta", "mint"]),
        ({"domain": "data"}, ["acme", "zeta"]),
        ({"industry": "Banking"}, ["mint", "zeta"]),
        ({"kind": "organisation"}, ["acme"]),
        ({"kind": "company"}, ["zeta"]),
        ({"evidence": "measured"}, ["zeta"]),
        ({"evidence": "primary"}, ["acme", "mint", "zeta"]),
        ({"evidence": "reported"}, ["acme"]),
        ({"evidence": "corroborated"}, []),
        ({"industry": "Banking", "domain": "data"}, ["zeta"]),
        ({"industry": "Banking", "technology": "cobol", "evidence": "measured"}, ["zeta"]),
        ({"q": "mint", "industry": "Music"}, []),
    ],
    ids=str,
)
def test_filters_and_sorts_give_the_same_rows_on_page_and_in_files(
    client, companies, query, expected
):
    assert listed(client, PATH, **query) == expected


def test_filter_by_technology_finds_a_company_that_only_states_its_share(client):
    claim = ClaimFactory(kind="codebase_share", shares={"Hack": 80})
    hack = Technology.objects.get(name="Hack")
    assert listed(client, PATH, technology=hack.slug) == [claim.company.slug]


def test_evidence_filter_finds_corroborated_claims(client):
    claim = ClaimFactory(source__tier=Tier.SECONDARY)
    CitationFactory(claim=claim, source__tier=Tier.SECONDARY, agreement=Agreement.AGREES)
    assert listed(client, PATH, evidence="corroborated") == [claim.company.slug]


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_unpublished_claims_answer_no_filter_and_count_nowhere(client, status):
    domain = DomainFactory(slug="web")
    company = CompanyFactory(slug="acme")
    shown = {"company": company, "as_of": "2016", "technologies": ["Go"]}
    ClaimFactory(**shown)
    ClaimFactory(status=status, domain=domain, source__tier=Tier.MEASURED, **shown)
    CompanyFactory(slug="hidden", status=status)
    assert listed(client, PATH) == ["acme"]
    assert listed(client, PATH, domain="web") == []
    assert listed(client, PATH, evidence="measured") == []
    assert client.get(PATH, {"format": "json"}).json()[0]["claims"] == 1
    assert "not recorded Technology" not in words(client.get(PATH))


def test_a_row_shows_summary_industry_languages_and_number_of_claims(client):
    acme = CompanyFactory(name="Acme", industry="Music", summary="Makes records.")
    TechnologyFactory(name="Django", kind="framework")
    for technologies in (
        {"Python": Role.USES, "Go": Role.CHOSE},
        {"Python": Role.USES, "Perl": Role.MIGRATED_FROM, "Django": Role.USES},
    ):
        ClaimFactory(company=acme, technologies=technologies)
    page = client.get(PATH)
    assert "Acme Makes records. Music Python, Go 2" in words(page)
    assert 'aria-label="Compare Acme"' in page.content.decode()


def test_a_row_of_a_company_without_claims_says_what_is_not_recorded(client):
    CompanyFactory(name="Acme")
    assert "Acme not recorded not recorded 0" in words(client.get(PATH))


def test_the_number_of_profiles_found_is_said(client):
    CompanyFactory(name="Acme")
    assert "1 profile" in words(client.get(PATH))
    CompanyFactory(name="Acme Two")
    assert "2 profiles" in words(client.get(PATH))
    page = client.get(PATH, {"q": "nothing"})
    assert "No profiles match. Show all." in words(page)
    assert PATH in links(page)


def test_filters_stay_filled_in(client, companies):
    page = client.get(PATH, {"q": "mi", "industry": "Banking", "technology": "cobol"})
    body = page.content.decode()
    assert 'value="mi"' in body
    for chosen in ("Banking", "cobol"):
        assert f'<option value="{chosen}" selected>' in body


def test_filter_choices_offer_only_what_is_published(client, companies):
    ClaimFactory(status=Status.DRAFT, technologies=["Hidden technology"])
    CompanyFactory(status=Status.DRAFT, industry="Hidden industry")
    body = client.get(PATH).content.decode()
    assert "COBOL" in body
    assert "Hidden" not in body


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"technology": "no-such"}, "Select a valid choice."),
        ({"technology": "\0"}, "Null characters are not allowed."),
        ({"domain": "no-such"}, "Select a valid choice."),
        ({"industry": "Alchemy"}, "Select a valid choice. Alchemy is not one of"),
        ({"kind": "guild"}, "Select a valid choice. guild is not one of"),
        ({"evidence": "hearsay"}, "Select a valid choice. hearsay is not one of"),
        ({"sort": "luck"}, "Select a valid choice. luck is not one of"),
        ({"format": "xls"}, "format: Select a valid choice. xls is not one of"),
        ({"page": "0"}, "page: Ensure this value is greater than or equal to 1."),
        ({"page": "last"}, "page: Enter a whole number."),
        ({"page": "99999999999999999999"}, "page: Ensure this value is less than or equal to"),
        ({"q": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"q": "a\0b"}, "Null characters are not allowed."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_bad_parameter_is_refused_with_a_message_at_its_field(client, query, message):
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)
    (name,) = query
    if name not in ("format", "page"):
        assert f'aria-describedby="id_{name}_error"' in page.content.decode().replace(
            "id_evidence_helptext ", ""
        )


def test_a_page_past_the_last_says_how_many_there_are(client):
    CompanyFactory()
    page = client.get(PATH, {"page": 7})
    assert page.status_code == 404
    assert "This list has 1 page; there is no page 7." in words(page)


def test_pages_are_linked_both_ways_and_keep_the_filter(client):
    for _ in range(51):
        CompanyFactory(industry="Music")
    first = client.get(PATH, {"industry": "Music"})
    assert "Page 1 of 2" in words(first)
    assert "?industry=Music&page=2" in links(first)
    second = client.get(PATH, {"industry": "Music", "page": 2})
    assert "?industry=Music&page=1" in links(second)
    assert len(second.context["page"]) == 1
    # The files hold every page.
    assert "?industry=Music&format=csv" in links(second)
    assert len(csv_rows(client.get(PATH, {"format": "csv"}))) == 51
