"""The list article of the starter catalogue, held against what the companies wrote."""

import pytest

from companies.evidence import Verdict
from companies.fact_check import fact_check
from companies.models import Citation, Claim, Source
from tests.views.reading import csv_rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_catalogue")]

ARTICLE = "/sources/aim-python-users/"
PROFILES = ("instagram", "meta", "netflix", "quora", "spotify")


@pytest.fixture
def article():
    return Source.objects.get(key="aim-python-users")


def test_its_42_statements_beside_claims_and_the_3_that_rest_on_it_are_judged(article):
    checked = fact_check(article)
    assert len([s for s in checked.statements if not s.is_the_claim]) == 42
    assert len([s for s in checked.statements if s.is_the_claim]) == 3
    assert checked.counts == [
        (Verdict.CONFIRMED, 27),
        (Verdict.CORRECTED, 14),
        (Verdict.CONTRADICTED, 1),
        (Verdict.UNVERIFIED, 3),
    ]


def test_its_page_shows_every_statement_with_its_verdict(client, article):
    page = client.get(ARTICLE)
    shown = words(page)
    assert "45 statements of this source" in shown
    for count in ("Confirmed 27", "Corrected 14", "Contradicted 1", "Unverified 3"):
        assert f"{count} of 45" in shown
    for statement in fact_check(article).statements:
        assert f"{statement.as_reported or 'says the same'} " in shown
        assert statement.claim.title in shown


def test_its_files_hold_the_same_45_statements(client):
    rows = csv_rows(client.get(ARTICLE, {"format": "csv"}))
    assert len(rows) == len(client.get(ARTICLE, {"format": "json"}).json()) == 45
    assert sorted({row["company"] for row in rows}) == sorted(PROFILES)


@pytest.mark.parametrize("slug", PROFILES)
def test_a_profile_carries_every_statement_of_the_article_on_it(client, article, slug):
    shown = words(client.get(f"/companies/{slug}/"))
    citations = Citation.objects.filter(source=article, claim__company__slug=slug)
    claims = Claim.objects.filter(source=article, company__slug=slug)
    assert citations or claims
    for citation in citations:
        assert citation.claim.title in shown
        assert citation.as_reported in shown
    for claim in claims:
        assert claim.text in shown


def test_the_five_profiles_carry_all_of_them(article):
    citations = Citation.objects.filter(source=article, claim__company__slug__in=PROFILES)
    claims = Claim.objects.filter(source=article, company__slug__in=PROFILES)
    assert (citations.count(), claims.count()) == (42, 3)


def test_the_former_name_of_meta_leads_to_its_profile(client):
    assert client.get("/companies/facebook/")["Location"] == "/companies/meta/"


def test_its_list_of_five_is_compared_in_one_click(client):
    page = client.get("/compare/instagram-vs-meta-vs-netflix-vs-quora-vs-spotify/")
    assert page.status_code == 200
    assert len(page.context["comparison"].companies) == 5
