import base64
import hashlib
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from companies.models import CodebaseShare, FormerSlug, Status
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
PATH = "/companies/acme/codebase.svg"
HOSTILE = "</text><script>x</script>\"'&"


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme")


@pytest.fixture
def claim(acme):
    return ClaimFactory(
        key="acme-01",
        company=acme,
        kind="codebase_share",
        title="Languages",
        basis="lines of code",
        scope="back end",
        as_of="2016-05",
        source=SourceFactory(title="A post", publisher="Acme Blog", published_on="2016"),
        shares={"Go": 62.5, "Java": 20},
    )


def parsed(response):
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own answer


def texts(response):
    assert response.status_code == 200
    root = parsed(response)
    return [element.text for element in root.iter(f"{SVG}text")]


def test_a_picture_draws_the_shares_and_says_where_they_are_from(client, claim, settings):
    response = client.get(PATH)
    assert response["Content-Type"] == "image/svg+xml"
    assert texts(response) == [
        "Acme: Languages",
        *("0", "50", "100%"),
        *("Go", "62.5%", "Java", "20%", "not stated", "17.5%"),
        "Basis: lines of code · scope: back end · May 2016.",
        "Source: Acme Blog, “A post”, 2016.",
        f"{settings.SITE_NAME}: http://testserver/claims/acme-01/",
    ]
    root = parsed(response)
    lengths = [r.get("width") for r in root.iter(f"{SVG}rect") if r.get("class") != "paper"]
    assert lengths == ["206.25", "66", "57.75"]
    assert root.find(f"{SVG}desc").text.startswith("Go: 62.5%; Java: 20%; not stated: 17.5%.")


def test_the_policy_allows_the_style_of_the_picture_and_nothing_else(client, claim):
    response = client.get(PATH)
    style = parsed(response).find(f"{SVG}style").text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert response["Content-Security-Policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    )
    assert "prefers-color-scheme: dark" in style
    assert b"<script" not in response.content


def test_other_sites_may_show_and_keep_the_picture(client, claim):
    response = client.get(PATH)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"


def test_the_newest_claim_with_shares_is_drawn_unless_another_is_asked_for(client, acme, claim):
    ClaimFactory(
        key="acme-02", company=acme, kind="codebase_share", title="Later", as_of="2020", shares=None
    )
    ClaimFactory(key="acme-03", company=acme, as_of="2021")
    assert texts(client.get(PATH))[0] == "Acme: Later"
    assert texts(client.get(PATH, {"claim": "acme-01"}))[0] == "Acme: Languages"
    assert client.get(PATH, {"claim": "acme-03"}).status_code == 404


def test_hostile_names_stay_text_and_the_picture_stays_well_formed(client, acme):
    hostile = ClaimFactory(
        company=acme,
        kind="codebase_share",
        title=HOSTILE,
        basis=HOSTILE,
        scope=HOSTILE,
        source=SourceFactory(title=HOSTILE, publisher=HOSTILE),
        shares={},
    )
    CodebaseShare.objects.create(
        claim=hostile, technology=TechnologyFactory(name=HOSTILE), percentage=Decimal(5)
    )
    response = client.get(PATH)
    assert b"<script" not in response.content
    assert any("<script>" in text for text in texts(response))


def test_shares_that_add_up_to_more_than_the_whole_say_why(client, acme):
    ClaimFactory(company=acme, kind="codebase_share", shares={"C": 98.7, "Rust": 1.6})
    remark = "The shares add up to 100.3%, because the source rounds them."
    assert remark in texts(client.get(PATH))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_nothing_unpublished_is_drawn(client, acme, claim, status):
    claim.status = status
    claim.save()
    assert client.get(PATH).status_code == 404
    claim.status, acme.status = Status.PUBLISHED, status
    claim.save()
    acme.save()
    assert client.get(PATH).status_code == 404


def test_there_is_no_picture_without_shares_or_without_the_company(client, acme):
    ClaimFactory(company=acme)
    assert client.get(PATH).status_code == 404
    assert client.get("/companies/nobody/codebase.svg").status_code == 404


@pytest.mark.parametrize("asked", ["\0", "a b", "x" * 101, "<script>"])
def test_a_bad_key_gets_a_message(client, claim, asked):
    response = client.get(PATH, {"claim": asked})
    assert response.status_code == 400
    assert b"<script>" not in response.content


def test_a_former_address_leads_to_the_picture_of_today(client, acme, claim):
    FormerSlug.objects.create(company=acme, slug="acme-inc")
    response = client.get("/companies/acme-inc/codebase.svg", {"claim": "acme-01"})
    assert response.status_code == 301
    assert response["Location"] == f"{PATH}?claim=acme-01"


def test_a_profile_gives_the_code_that_embeds_each_of_its_charts(client, claim):
    body = client.get("/companies/acme/").content.decode()
    assert "Embed this chart" in body
    assert (
        "&lt;a href=&quot;http://testserver/claims/acme-01/&quot;&gt;&lt;img "
        "src=&quot;http://testserver/companies/acme/codebase.svg?claim=acme-01&quot; "
        "width=&quot;640&quot; alt=&quot;Acme: Languages&quot;&gt;&lt;/a&gt;"
    ) in body
    assert 'href="/companies/acme/codebase.svg?claim=acme-01"' in body


def test_a_profile_without_shares_offers_nothing_to_embed(client, acme):
    ClaimFactory(company=acme)
    assert b"Embed" not in client.get("/companies/acme/").content
