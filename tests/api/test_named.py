import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.api import named
from companies.api.named import Known, look_up, unknown
from companies.evidence import Tier
from companies.models import Domain, FormerTechnologySlug, Status, Technology
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

ALL = {
    "company": "acme",
    "technology": "go",
    "source": "talk",
    "domain": "web",
    "industry": "Music",
}


@pytest.fixture
def claim():
    return ClaimFactory(
        company=CompanyFactory(slug="acme", industry="Music"),
        domain=DomainFactory(slug="web", name="Web"),
        source__key="talk",
        technologies=[TechnologyFactory(slug="go")],
    )


def ids(**wanted):
    return look_up(wanted).ids


def test_all_names_are_looked_up_in_one_query(claim):
    with CaptureQueriesContext(connection) as captured:
        known = look_up(ALL)
    assert len(captured) == 1
    assert known.ids == {
        "company": claim.company.pk,
        "technology": claim.claim_technologies.get().technology_id,
        "source": claim.source_id,
        "domain": claim.domain_id,
        "industry": "Music",
    }
    assert unknown(ALL, known) == []


def test_nothing_named_asks_nothing(claim, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert look_up({}) == Known({}, set(), {})


def test_each_by_itself(claim):
    assert {name: list(ids(**{name: text})) for name, text in ALL.items()} == {
        name: [name] for name in ALL
    }


def test_what_is_not_there_is_left_out_and_said(claim):
    wanted = dict.fromkeys(ALL, "nothing")
    known = look_up(wanted)
    assert known.ids == {}
    assert unknown(wanted, known) == [(name, f"There is no {name} “nothing” here.") for name in ALL]


def test_what_is_not_published_is_not_there(claim):
    claim.company.status = Status.DRAFT
    claim.company.save()
    FormerSlugFactory(company=claim.company, slug="once")
    assert ids(company="acme") == ids(company="once") == {}
    assert ids(technology="go") == ids(source="talk") == ids(industry="Music") == {}


def test_former_names_lead_to_what_has_another_today(claim):
    technology = claim.claim_technologies.get().technology
    FormerSlugFactory(company=claim.company, slug="once")
    FormerSourceKeyFactory(source=claim.source, key="before")
    FormerTechnologySlug.objects.create(technology=technology, slug="golang")
    assert ids(company="once", source="before", technology="golang") == {
        "company": claim.company.pk,
        "source": claim.source_id,
        "technology": technology.pk,
    }


def test_a_name_belongs_to_whoever_has_it_today(claim):
    FormerSlugFactory(company=CompanyFactory(), slug="acme")
    assert ids(company="acme") == {"company": claim.company.pk}


def test_an_industry_that_many_have_is_found_once(claim):
    CompanyFactory.create_batch(3, industry="Music")
    assert ids(industry="Music") == {"industry": "Music"}
    assert ids(industry="music") == {}


def test_what_few_claims_fit_is_told(claim, monkeypatch):
    monkeypatch.setattr(named, "FEW", 2)
    technology = claim.claim_technologies.get().technology
    FormerTechnologySlug.objects.create(technology=technology, slug="golang")
    wanted = ALL | {"technology": "golang"}
    assert look_up(wanted).few == {"technology", "domain"}
    ClaimFactory(domain=claim.domain, technologies=[technology])
    assert look_up(wanted).few == look_up(ALL).few == {"technology", "domain"}
    ClaimFactory(shares={technology: 10})
    ClaimFactory(domain=claim.domain, technologies=[technology])
    assert look_up(wanted).few == look_up(ALL).few == set()
    for _ in range(3):
        ClaimFactory(shares={"Zig": 10})
    zig = Technology.objects.get(name="Zig").slug
    assert look_up({"technology": zig}).few == set()


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("evidence", ["", "measured", "primary", "corroborated", "reported"])
def test_few_or_many_are_the_same_entries(client, claim, monkeypatch, few, evidence):
    monkeypatch.setattr(named, "FEW", few)
    technology = claim.claim_technologies.get().technology
    for number, tier in enumerate((Tier.MEASURED, Tier.SECONDARY, Tier.SECONDARY)):
        company = CompanyFactory(slug=f"c{number}")
        made = ClaimFactory(company=company, domain=claim.domain, source__tier=tier)
        made.claim_technologies.create(technology=technology, role="uses")
        if number:
            CitationFactory(
                claim=made, source__tier=Tier.SECONDARY, source__publisher=f"Other {number}"
            )
    ClaimFactory(company=claim.company, source__tier=Tier.MEASURED)
    ClaimFactory(domain=claim.domain)
    grades = {"acme": "primary", "c0": "measured", "c1": "corroborated", "c2": "corroborated"}
    asked = {"technology": "go", "domain": "web"} | ({"evidence": evidence} if evidence else {})
    expected = {slug for slug, grade in grades.items() if evidence in ("", grade)}
    companies = client.get("/api/v1/companies", asked).json()["items"]
    claims = client.get("/api/v1/claims", asked).json()["items"]
    assert {company["slug"] for company in companies} == expected
    assert {claim["company"]["slug"] for claim in claims} == expected
    assert (len(companies), len(claims)) == (len(expected), len(expected))


def test_all_domains_come_along(claim, django_assert_num_queries):
    other = DomainFactory(slug="data", name="Data")
    with django_assert_num_queries(1):
        known = look_up({"technology": "go"}, with_domains=True)
    assert set(known.ids) == {"technology"}
    assert known.domains == {one.pk: one for one in Domain.objects.all()}
    assert (known.domains[other.pk].slug, known.domains[other.pk].name) == ("data", "Data")
