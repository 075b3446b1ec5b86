import datetime
from decimal import Decimal

import pytest

from companies import partial_date
from companies.evidence import Agreement, Tier
from companies.models import Role, Status
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CodebaseShareFactory,
    CompanyFactory,
    DomainFactory,
    SourceFactory,
)
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

LAST_YEAR = str(datetime.datetime.now(tz=datetime.UTC).year - 1)


@pytest.fixture
def whole_claim():
    """A claim with every part that one can have."""
    claim = ClaimFactory(
        key="acme-01",
        company=CompanyFactory(slug="acme", name="Acme"),
        title="Servers got faster",
        text="A new runtime cut the time of a request.",
        domain=DomainFactory(slug="web", name="Web back ends"),
        scope="checkout service",
        basis="median request",
        as_of=LAST_YEAR,
        figure_value=Decimal(14),
        figure_before=Decimal(750),
        figure_unit="milliseconds",
        figure_qualifier="about",
        quotation="We could hardly believe it.",
        speaker="Ada Lovelace",
        speaker_role="engineer, Acme",
        source=SourceFactory(
            key="acme-post", title="Our new runtime", publisher="Acme Blog", published_on="2020-05"
        ),
        locator="third paragraph",
        note="Measured by the team itself.",
    )
    ClaimTechnologyFactory(
        claim=claim, technology__name="Rust", role=Role.CHOSE, version="1.70", reason="it is fast"
    )
    ClaimTechnologyFactory(claim=claim, technology__name="Perl", role=Role.MIGRATED_FROM)
    CodebaseShareFactory(
        claim=claim, technology__name="Go", percentage=Decimal("62.5"), qualifier="nearly"
    )
    CitationFactory(
        claim=claim,
        source=SourceFactory(title="Faster servers", publisher="The Daily", tier=Tier.SECONDARY),
        locator="page 2",
    )
    CitationFactory(
        claim=claim,
        source=SourceFactory(title="Not so fast", publisher="The Weekly", tier=Tier.SECONDARY),
        agreement=Agreement.CONTRADICTS,
        as_reported="It stayed at 750 ms.",
        note="The Weekly measured another service.",
    )
    return claim


SHOWN = {
    "text": "A new runtime cut the time of a request.",
    "figure": "750 → about 14 milliseconds",
    "quotation": "We could hardly believe it.",
    "speaker and role": "Ada Lovelace, engineer, Acme",
    "technology with role, version and reason": "chose Rust 1.70 (it is fast)",
    "second technology": "migrated from Perl",
    "share": "Go nearly 62.5%",
    "scope": "Scope checkout service",
    "basis": "Basis median request",
    "date with age": f"As of {LAST_YEAR} · 1 year ago",
    "domain": "Domain Web back ends",
    "note": "Note Measured by the team itself.",
    "grade": "Primary",
    "dispute": "Disputed",
    "source with locator": "Source Our new runtime, Acme Blog, May 2020, third paragraph original",
    "agreeing citation": "Agrees Faster servers, The Daily, page 2 original",
    "other citation": "Contradicts Not so fast, The Weekly original",
    "what it reports": "It stayed at 750 ms.",
    "what differs": "The Weekly measured another service.",
}


@pytest.mark.parametrize(
    "path", ["/claims/acme-01/", "/companies/acme/", "/domains/web/", "/sources/acme-post/"]
)
def test_a_claim_shows_all_its_parts_wherever_it_stands(client, whole_claim, path):
    page = words(client.get(path))
    assert {part: text for part, text in SHOWN.items() if text not in page} == {}


def test_claim_page_links_to_everything_it_rests_on(client, whole_claim):
    page = client.get("/claims/acme-01/")
    cited = [citation.source for citation in whole_claim.citations.all()]
    named = [row.technology for row in whole_claim.claim_technologies.all()]
    for thing in (whole_claim.company, whole_claim.domain, whole_claim.source, *cited, *named):
        assert thing.get_absolute_url() in links(page)
    assert whole_claim.source.url in links(page)


def test_claim_page_is_named_after_company_and_claim(client, whole_claim):
    page = client.get("/claims/acme-01/")
    assert headings(page, 1) == ["Servers got faster"]
    assert "<title>Acme: Servers got faster · Stackfacts</title>" in page.content.decode()


DAY = datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def today():
    return partial_date.in_words(DAY)


def test_claim_page_says_how_to_cite_it_by_its_full_address(client, whole_claim):
    page = words(client.get("/claims/acme-01/"))
    assert (
        f"“Acme: Servers got faster” (as of {LAST_YEAR}). Stackfacts, claim acme-01 "
        f"as it stood on {today()}, http://testserver/claims/acme-01/?as_of={DAY}. "
        "Source: “Our new runtime”, Acme Blog, May 2020, "
        f"third paragraph, {whole_claim.source.url}"
    ) in page


@pytest.mark.parametrize(
    ("checked_on", "shown"),
    [
        (datetime.date(2026, 3, 9), "Held against its source 9 March 2026"),
        (None, "Held against its source no check recorded"),
    ],
)
def test_claim_page_says_when_it_was_held_against_its_source(client, checked_on, shown):
    ClaimFactory(key="x-1", checked_on=checked_on, checked_by="ann" if checked_on else "")
    page = words(client.get("/claims/x-1/"))
    assert shown in page
    assert "ann" not in page.split("Cite it")[0].split("This record")[1]


def test_a_quotation_without_speaker_is_the_authors(client):
    source = SourceFactory(author="Grace Hopper")
    ClaimFactory(key="x-1", kind="quote", speaker="", source=source)
    assert "We use Python. Grace Hopper" in words(client.get("/claims/x-1/"))


def test_a_claim_with_nothing_but_a_text_shows_no_empty_parts(client):
    ClaimFactory(key="x-1", as_of="")
    page = client.get("/claims/x-1/").content.decode()
    for part in ("blockquote", "<table", 'class="figure"', "<dt>Basis", "<dt>Scope", "<dt>Domain"):
        assert part not in page
    assert "As of undated" in words(client.get("/claims/x-1/"))


def test_a_claim_with_a_basis_but_no_scope_speaks_of_the_whole(client):
    ClaimFactory(key="x-1", basis="servers")
    assert "Scope as a whole Basis servers" in words(client.get("/claims/x-1/"))


@pytest.mark.parametrize(
    ("tier", "agreeing", "grade"),
    [
        (Tier.MEASURED, [], "Measured counted from a public repository"),
        (Tier.PRIMARY, [], "Primary said by the company or its own people"),
        (Tier.SECONDARY, [Tier.PRIMARY], "Primary said by the company or its own people"),
        (Tier.SECONDARY, [Tier.SECONDARY], "Corroborated reported by two or more independent"),
        (Tier.SECONDARY, [], "Reported reported by one publisher only"),
    ],
)
def test_claim_page_gives_the_grade_with_its_meaning(client, tier, agreeing, grade):
    claim = ClaimFactory(key="x-1", source__tier=tier)
    for other in agreeing:
        CitationFactory(claim=claim, source__tier=other)
    assert grade in words(client.get("/claims/x-1/"))


def test_an_unknown_claim_is_not_found_in_words(client):
    page = client.get("/claims/no-such/")
    assert page.status_code == 404
    assert "There is no published claim at the address “no-such”." in words(page)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_a_claim_is_not_found_while_it_or_its_company_is_unpublished(client, status):
    ClaimFactory(key="x-1", status=status)
    ClaimFactory(key="x-2", company__status=status)
    assert client.get("/claims/x-1/").status_code == 404
    assert client.get("/claims/x-2/").status_code == 404
