import html
from decimal import Decimal

import pytest

from companies.models import CodebaseShare, Status
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    FormerTechnologySlugFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.views.reading import csv_rows, words

pytestmark = pytest.mark.django_db

HOSTILE = "</text><script>x</script>\"'&"


@pytest.fixture
def claim():
    return ClaimFactory(
        key="acme-01",
        company=CompanyFactory(slug="acme", name="Acme"),
        kind="codebase_share",
        title="Languages of the back end",
        basis="lines of code",
        scope="back end",
        as_of="2016-05",
        source=SourceFactory(title="A post", publisher="Acme Blog"),
        shares={"Go": 62.5, "Java": 20},
    )


@pytest.mark.parametrize("path", ["/claims/acme-01/", "/companies/acme/"])
def test_shares_are_drawn_with_their_rest_basis_scope_date_and_source(client, claim, path):
    page = client.get(path)
    assert "Go 62.5% Java 20% not stated 17.5%" in words(page)
    assert "Basis lines of code · Scope back end · May 2016 · Source Acme Blog · CSV" in words(page)
    body = page.content.decode()
    assert '<rect class="part" x="0%" y="15%" width="62.5%" height="70%"/>' in body
    assert '<rect class="rest" x="0%" y="15%" width="17.5%" height="70%"/>' in body
    assert 'href="/claims/acme-01/chart.csv"' in body


def test_a_claim_that_states_no_basis_scope_or_date_says_so_at_its_chart(client):
    ClaimFactory(key="bare", kind="codebase_share", as_of="", source__publisher="P", shares=None)
    shown = words(client.get("/claims/bare/"))
    assert "Basis not stated · Scope as a whole · undated · Source P · CSV" in shown


def test_every_bar_is_a_row_of_the_file_with_its_citation(client, claim):
    rows = csv_rows(client.get("/claims/acme-01/chart.csv"))
    assert [(row["bar"], row["value"], row["unit"], row["qualifier"]) for row in rows] == [
        ("Go", "62.5", "percent", "exactly"),
        ("Java", "20", "percent", "exactly"),
        ("not stated", "17.5", "percent", "exactly"),
    ]
    assert {(row["basis"], row["scope"], row["as_of"]) for row in rows} == {
        ("lines of code", "back end", "2016-05")
    }
    assert {row["source_url"] for row in rows} == {claim.source.url}
    assert {row["url"] for row in rows} == {"http://testserver/claims/acme-01/"}


@pytest.mark.parametrize("number", [1, 20])
def test_a_claim_draws_and_hands_out_as_many_shares_as_it_has(client, number):
    shares = {f"Language {n:02d}": Decimal(100) / number for n in range(number)}
    ClaimFactory(key="many", kind="codebase_share", shares=shares)
    page = client.get("/claims/many/")
    assert page.content.count(b'<rect class="part"') == number
    assert b'class="rest"' not in page.content
    assert len(csv_rows(client.get("/claims/many/chart.csv"))) == number


def test_a_hostile_name_stays_text_in_a_chart(client, claim):
    CodebaseShare.objects.create(
        claim=claim, technology=TechnologyFactory(name=HOSTILE), percentage=Decimal(1)
    )
    for path in ("/claims/acme-01/", "/companies/acme/"):
        page = client.get(path).content.decode()
        assert HOSTILE not in page
        assert html.escape(HOSTILE) in page


def test_a_claim_without_a_chart_or_unknown_or_unpublished_has_no_file(client, claim):
    ClaimFactory(key="plain")
    assert client.get("/claims/plain/chart.csv").status_code == 404
    assert client.get("/claims/nobody/chart.csv").status_code == 404
    assert client.get("/claims/%00/chart.csv").status_code == 404
    assert client.get("/claims/acme-01/chart.exe").status_code == 404
    claim.status = Status.WITHDRAWN
    claim.save()
    assert client.get("/claims/acme-01/chart.csv").status_code == 404


@pytest.mark.parametrize("kind", ["migration", "key_figure"])
def test_a_figure_with_one_before_is_drawn_as_two_bars_and_handed_out_as_two_rows(client, kind):
    claim = ClaimFactory(
        key="faster",
        kind=kind,
        figure_value=Decimal(14),
        figure_before=Decimal(750),
        figure_unit="milliseconds",
        figure_qualifier="about",
        basis="latency",
        scope="checkout",
    )
    page = client.get("/claims/faster/")
    assert "Figure in milliseconds Before 750 After about 14" in words(page)
    assert (
        "About 54 times less. In milliseconds · Basis latency · Scope checkout · 27 May 2016"
        in words(page)
    )
    body = page.content.decode()
    assert '<rect class="before" x="0%" y="15%" width="100%" height="70%"/>' in body
    assert '<rect class="part" x="0%" y="15%" width="1.867%" height="70%"/>' in body
    rows = csv_rows(client.get("/claims/faster/chart.csv"))
    assert [(row["bar"], row["value"], row["unit"], row["qualifier"]) for row in rows] == [
        ("before", "750", "milliseconds", "exactly"),
        ("after", "14", "milliseconds", "about"),
    ]
    assert {row["source_url"] for row in rows} == {claim.source.url}


def test_a_figure_shown_in_its_sources_wording_is_not_drawn(client):
    ClaimFactory(key="worded", kind="migration", figure_as_worded="a fraction of the")
    assert b'class="bars"' not in client.get("/claims/worded/").content
    assert client.get("/claims/worded/chart.csv").status_code == 404


def test_a_figure_without_one_before_is_not_drawn(client):
    ClaimFactory(key="figure", kind="key_figure")
    assert b'class="bars"' not in client.get("/claims/figure/").content
    assert client.get("/claims/figure/chart.csv").status_code == 404


def test_the_shares_of_a_technology_are_drawn_from_zero_without_a_rest(client, claim):
    address = claim.shares.get(technology__name="Go").technology.get_absolute_url()
    body = client.get(address).content.decode()
    assert '<rect class="part" x="0%" y="15%" width="62.5%" height="70%"/>' in body
    assert 'class="rest"' not in body


def test_the_shares_of_a_technology_are_a_file_with_their_citations(client, claim):
    ClaimFactory(
        key="zeta-01",
        company__slug="zeta",
        kind="codebase_share",
        basis="services",
        shares={"Go": 90},
    )
    ClaimFactory(company__slug="beta", kind="codebase_share", basis="services", shares={"Go": 95})
    technology = claim.shares.get(technology__name="Go").technology
    path = f"{technology.get_absolute_url()}shares.csv"
    rows = csv_rows(client.get(path))
    assert [(row["basis"], row["company"], row["percentage"]) for row in rows] == [
        ("lines of code", "acme", "62.5"),
        ("services", "beta", "95"),
        ("services", "zeta", "90"),
    ]
    assert rows[0] == {
        "technology": technology.slug,
        "company": "acme",
        "company_name": "Acme",
        "key": "acme-01",
        "version": "",
        "percentage": "62.5",
        "qualifier": "exactly",
        "scope": "back end",
        "basis": "lines of code",
        "as_of": "2016-05",
        "grade": claim.grade.value,
        "disputed": "False",
        "source_title": "A post",
        "source_publisher": "Acme Blog",
        "source_published_on": claim.source.published_on,
        "source_url": claim.source.url,
        "locator": claim.locator,
        "url": "http://testserver/claims/acme-01/",
    }
    page = client.get(technology.get_absolute_url())
    assert f'href="{path}"' in page.content.decode()
    assert f"Shares of {technology.name}, ranked within each basis · CSV" in words(page)


def test_a_technology_whose_shares_nobody_states_has_a_file_without_rows(client):
    TechnologyFactory(slug="go")
    ClaimFactory(technologies=["go"])
    ClaimFactory(technologies=[TechnologyFactory(slug="rust")])
    assert csv_rows(client.get("/technologies/rust/shares.csv")) == []
    assert b"shares.csv" not in client.get("/technologies/rust/").content


def test_a_technology_unknown_or_unpublished_has_no_file_and_a_former_one_leads_on(client, claim):
    technology = claim.shares.get(technology__name="Go").technology
    FormerTechnologySlugFactory(technology=technology, slug="golang")
    response = client.get("/technologies/golang/shares.csv")
    assert response.status_code == 301
    assert response["Location"] == f"{technology.get_absolute_url()}shares.csv"
    assert client.get("/technologies/nothing/shares.csv").status_code == 404
    assert client.get("/technologies/%00/shares.csv").status_code == 404
    claim.status = Status.DRAFT
    claim.save()
    assert client.get(f"{technology.get_absolute_url()}shares.csv").status_code == 404
