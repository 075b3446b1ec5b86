import pytest

from companies.evidence import Agreement, Tier
from companies.models import ClaimKind, Role
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    DomainFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def keys(client, **query):
    answer = client.get("/api/v1/claims", query)
    assert answer.status_code == 200, answer.json()
    return [claim["key"] for claim in answer.json()["items"]]


def test_a_claim_comes_with_all_its_evidence(client):
    source = SourceFactory(publisher="Acme blog", tier=Tier.SECONDARY, author="Ann")
    other = SourceFactory(publisher="Daily", tier=Tier.SECONDARY)
    claim = ClaimFactory(
        key="acme-01",
        kind=ClaimKind.MIGRATION,
        scope="backend",
        basis="requests",
        source=source,
        locator="p. 3",
        technologies={TechnologyFactory(slug="go", name="Go"): Role.MIGRATED_TO},
    )
    CitationFactory(claim=claim, source=other, agreement=Agreement.CONTRADICTS, as_reported="No.")
    found = client.get("/api/v1/claims/acme-01").json()
    assert (found["key"], found["grade"], found["disputed"]) == ("acme-01", "reported", True)
    assert (found["as_of"], found["basis"], found["scope"]) == ("2016-05-27", "requests", "backend")
    assert (found["source"]["url"], found["source"]["publisher"]) == (source.url, "Acme blog")
    assert (found["source"]["tier"], found["locator"]) == ("secondary", "p. 3")
    assert found["citations"][0]["agreement"] == "contradicts"
    assert found["citations"][0]["source"]["key"] == other.key
    assert found["figure"] == {
        "value": 14,
        "before": 750,
        "unit": "milliseconds",
        "qualifier": "exactly",
        "as_worded": None,
        "in_words": "750 → 14 milliseconds",
    }
    assert found["technologies"][0]["technology"] == {"slug": "go", "name": "Go"}
    assert found["technologies"][0]["role"] == "migrated_to"
    assert found["url"] == "http://testserver/claims/acme-01/"
    assert (found["quotation"], found["shares"], found["domain"]) == (None, [], None)


def test_shares_are_numbers(client):
    claim = ClaimFactory(kind=ClaimKind.CODEBASE_SHARE, shares={"Go": 60, "C": 12.5})
    shares = client.get(f"/api/v1/claims/{claim.key}").json()["shares"]
    assert [share["percentage"] for share in shares] == [60, 12.5]


def test_the_newest_stand_first_and_undated_ones_last(client):
    for key, as_of in (("a", ""), ("b", "2016"), ("c", "2020-01"), ("d", "2016")):
        ClaimFactory(key=key, as_of=as_of)
    assert keys(client) == ["c", "b", "d", "a"]


class TestFilters:
    def test_by_company_also_under_its_former_slug(self, client):
        claim = ClaimFactory()
        ClaimFactory()
        FormerSlugFactory(company=claim.company, slug="once")
        assert keys(client, company=claim.company.slug) == [claim.key]
        assert keys(client, company="once") == [claim.key]

    def test_by_source_that_it_rests_on_or_is_held_against_also_under_a_former_key(self, client):
        claim, other = ClaimFactory(key="a"), ClaimFactory(key="b")
        ClaimFactory()
        CitationFactory(claim=other, source=claim.source)
        FormerSourceKeyFactory(source=claim.source, key="once")
        assert keys(client, source=claim.source.key) == ["a", "b"]
        assert keys(client, source="once") == ["a", "b"]

    def test_by_technology_and_its_role(self, client):
        python = TechnologyFactory(slug="python")
        ClaimFactory(key="a", technologies={python: Role.USES})
        ClaimFactory(key="b", technologies={python: Role.REJECTED})
        ClaimFactory(key="c", kind=ClaimKind.CODEBASE_SHARE, shares={python: 5})
        ClaimFactory()
        assert keys(client, technology="python") == ["a", "b", "c"]
        assert keys(client, technology="python", role="rejected") == ["b"]

    def test_by_domain_kind_words_and_grade(self, client):
        domain = DomainFactory(slug="web")
        ClaimFactory(key="a", domain=domain, title="Fast pages")
        ClaimFactory(key="b", kind=ClaimKind.QUOTE, source__tier=Tier.SECONDARY)
        ClaimFactory(key="c", kind=ClaimKind.STRENGTH, source__tier=Tier.MEASURED)
        assert keys(client, domain="web") == ["a"]
        assert keys(client, q="FAST") == ["a"]
        assert keys(client, kind="quote") == ["b"]
        assert keys(client, evidence="reported") == ["b"]
        assert keys(client, evidence="measured") == ["c"]
        assert keys(client, evidence="measured", kind="quote") == []


def test_quotes_are_claims_with_words_whatever_their_kind(client):
    ClaimFactory(key="a", quotation="We did.", speaker="Ann", technologies=["Go"])
    ClaimFactory(key="b", kind=ClaimKind.QUOTE)
    ClaimFactory(key="c")
    found = client.get("/api/v1/quotes").json()["items"]
    assert [claim["key"] for claim in found] == ["a", "b"]
    assert found[0]["quotation"] == {"words": "We did.", "speaker": "Ann", "speaker_role": None}
    assert len(client.get("/api/v1/quotes?q=did").json()["items"]) == 1


def test_markup_stays_what_it_is(client):
    ClaimFactory(key="a", title="<b>&", company=CompanyFactory(name="Ä & <i>"))
    answer = client.get("/api/v1/claims/a")
    assert (answer.json()["title"], answer.json()["company"]["name"]) == ("<b>&", "Ä & <i>")
    assert answer["X-Content-Type-Options"] == "nosniff"
