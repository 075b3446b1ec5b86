"""What surrounds the claims on a profile: key data, contents, marks, neighbours, citing, doors."""

import datetime
import html
import json
import re

import pytest

from companies.evidence import Agreement, Tier
from companies.models import ClaimKind, Role, Status
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    FormerSlugFactory,
    GapFactory,
    SourceFactory,
)
from tests.views.reading import headings, links, words

pytestmark = pytest.mark.django_db

PATH = "/companies/acme/"


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme", industry="Music")


def part(page, pattern):
    """The words of one element, given by its start tag's pattern and its name's end."""
    found = re.search(pattern, page.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", found[0]) if found else ""
    return " ".join(html.unescape(text).split())


def contents(page):
    return part(page, r'<nav class="contents".*?</nav>')


def key_data(page):
    return part(page, r'<dl class="key-data".*?</dl>')


def marks(page):
    return part(page, r'<details class="marks".*?</details>')


def test_key_data_tell_how_much_is_known_and_how_well(client, acme):
    year = datetime.datetime.now(tz=datetime.UTC).year
    for tier, technology, as_of in (
        (Tier.PRIMARY, "Go", "2016"),
        (Tier.SECONDARY, "Rust", str(year - 1)),
        (Tier.SECONDARY, "Go", ""),
    ):
        claim = ClaimFactory(
            company=acme, source__tier=tier, technologies=[technology], as_of=as_of
        )
    CitationFactory(claim=claim, agreement=Agreement.CONTRADICTS, as_reported="No.")
    assert key_data(client.get(PATH)) == (
        "Claims 3 Sources 4 Technologies in use 2 First-hand evidence 33% 1 of 3 claims "
        "Best evidence Primary said by the company or its own people "
        f"Newest claim {year - 1} 1 year ago "
        "Disputed claims 1 another source contradicts them"
    )


def test_nothing_is_said_of_disputes_where_there_are_none(client, acme):
    ClaimFactory(company=acme, as_of="")
    shown = key_data(client.get(PATH))
    assert "Disputed" not in shown
    assert "1 of 1 claim Best" in shown
    assert "Newest claim undated" in shown


def test_without_claims_the_profile_says_so_and_leads_on(client):
    CompanyFactory(slug="acme", parent=CompanyFactory(name="Holding", slug="holding"))
    page = client.get(PATH)
    assert key_data(page) == marks(page) == ""
    assert "There may be some about Holding, which it is part of." in words(page)
    assert contents(page) == "Cite it Take the data"


def test_contents_count_what_is_in_each_group(client, acme):
    ClaimFactory.create_batch(2, company=acme, kind=ClaimKind.USE_CASE)
    ClaimFactory(company=acme, kind=ClaimKind.QUOTE, as_of="2013")
    GapFactory(company=acme, claim_kind=ClaimKind.MIGRATION)
    page = client.get(PATH)
    assert contents(page) == (
        "What it is used for 2 Quotes 1 Timeline What is not there 1 Cite it Take the data"
    )
    targets = re.findall(r'<nav class="contents".*?</nav>', page.content.decode(), re.DOTALL)
    for anchor in re.findall(r'href="#([^"]+)"', targets[0]):
        assert page.content.decode().count(f'id="{anchor}"') == 1


def test_forty_claims_are_all_there(client, acme):
    ClaimFactory.create_batch(40, company=acme)
    page = client.get(PATH)
    assert page.content.decode().count("<article ") == 40
    assert contents(page).startswith("What it is used for 40 ")


def test_the_marks_are_explained_on_the_profile_with_their_numbers(client, acme):
    ClaimFactory(company=acme, source__tier=Tier.MEASURED)
    ClaimFactory(company=acme, source__tier=Tier.MEASURED)
    assert marks(client.get(PATH)) == (
        "What the marks mean Evidence Measured counted from a public repository (2) "
        "Primary said by the company or its own people "
        "Corroborated reported by two or more independent publishers "
        "Reported reported by one publisher only Disputed another source contradicts it "
        "Age Recent true less than three years ago Ageing true three to six years ago "
        "Old true seven or more years ago, and may have changed since"
    )


@pytest.mark.parametrize(("years", "age"), [(0, "recent"), (3, "ageing"), (7, "old")])
def test_a_date_is_marked_by_its_age(client, acme, years, age):
    year = datetime.datetime.now(tz=datetime.UTC).year - years
    ClaimFactory(company=acme, as_of=str(year))
    body = client.get(PATH).content.decode()
    assert f'<time class="dated-mark age-{age}" datetime="{year}">{year}</time>' in body


def test_a_quotation_names_speaker_role_document_and_date(client, acme):
    source = SourceFactory(title="Our stack", published_on="2020-05", url="https://a.example/x")
    ClaimFactory(
        company=acme,
        kind=ClaimKind.QUOTE,
        quotation="We love it.",
        speaker="Ada Lovelace",
        speaker_role="engineer",
        source=source,
    )
    body = client.get(PATH).content.decode()
    (figure,) = re.findall(r'<figure class="quotation">.*?</figure>', body, re.DOTALL)
    assert '<blockquote cite="https://a.example/x"><p>We love it.</p></blockquote>' in figure
    said = " ".join(re.sub(r"<[^>]*>", " ", figure.partition("<figcaption>")[2]).split())
    assert said == "Ada Lovelace , engineer Our stack , May 2020"
    assert f'<cite><a href="{source.get_absolute_url()}">Our stack</a></cite>' in figure


def test_companies_to_compare_with_are_suggested_with_the_reason(client, acme):
    ClaimFactory(company=acme, technologies=["Go", "Java"])
    for slug, industry, technologies in (
        ("beta", "Music", ["Go"]),
        ("zeta", "Banking", {"Go": Role.USES, "Java": Role.CHOSE}),
    ):
        company = CompanyFactory(name=slug.title(), slug=slug, industry=industry)
        ClaimFactory(company=company, technologies=technologies)
    page = client.get(PATH)
    assert part(page, r'<ul class="suggestions".*?</ul>') == (
        "Compare Acme with Beta same industry: Music also uses Go "
        "Compare Acme with Zeta also uses Go, Java"
    )
    for address in ("/compare/acme-vs-beta/", "/compare/acme-vs-zeta/"):
        assert address in links(page)
        assert client.get(address).status_code == 200


def test_without_anybody_to_compare_with_there_is_no_empty_list(client, acme):
    assert 'class="suggestions"' not in client.get(PATH).content.decode()


def test_siblings_are_named_under_the_parent(client):
    parent = CompanyFactory(name="Holding")
    CompanyFactory(slug="acme", parent=parent)
    twin = CompanyFactory(name="Twin", parent=parent)
    page = client.get(PATH)
    assert "Part of Holding Also of Holding Twin" in words(page)
    assert twin.get_absolute_url() in links(page)


def fields(page):
    """What a visitor can select and copy, by the field's id."""
    body = page.content.decode()
    areas = re.findall(r'<textarea id="([^"]+)"[^>]* readonly>\n?(.*?)</textarea>', body, re.DOTALL)
    inputs = re.findall(r'<input id="(cite-[^"]+)" value="([^"]*)" readonly>', body)
    return {name: html.unescape(value) for name, value in (*areas, *inputs)}


def test_a_profile_can_be_cited_as_text_bibtex_and_link(client, acme):
    cite = fields(client.get(PATH))
    assert cite["cite-link"] == "http://testserver/companies/acme/"
    dated = cite["cite-dated"]
    assert re.fullmatch(
        r"http://testserver/companies/acme/\?as_of=[0-9]{4}-[0-9]{2}-[0-9]{2}", dated
    )
    assert cite["cite-text"].startswith("“Acme”. Stackfacts, company profile as it stood on ")
    assert cite["cite-text"].endswith(f", {dated}.")
    (item,) = json.loads(cite["cite-csl"])
    assert (item["id"], item["URL"]) == ("stackfacts-acme", dated)
    assert cite["cite-bibtex"].startswith("@misc{stackfacts-acme,\n  author = {{Stackfacts}},\n")


def test_a_claim_can_be_cited_as_text_bibtex_and_link(client, acme):
    claim = ClaimFactory(company=acme, key="acme-01", title="100% {Go}", as_of="2016-05")
    cite = fields(client.get(claim.get_absolute_url()))
    assert cite["cite-link"] == "http://testserver/claims/acme-01/"
    assert cite["cite-text"].startswith(
        "“Acme: 100% {Go}” (as of May 2016). Stackfacts, claim acme-01 as it stood on "
    )
    title = r"title = {{Acme: 100\% \textbraceleft{}Go\textbraceright{}}}"
    assert title in cite["cite-bibtex"]


def test_every_field_to_copy_has_a_label(client, acme):
    body = client.get(PATH).content.decode()
    for name in ("text", "link", "bibtex"):
        assert f'<label for="cite-{name}">' in body


def test_a_profile_offers_files_feed_and_history(client, acme):
    ClaimFactory(company=acme)
    page = client.get(PATH)
    doors = part(page, r'<ul class="doors".*?</ul>')
    assert re.findall("CSV|JSON|Feed|History", doors) == ["CSV", "JSON", "Feed", "History"]
    for door in ("?format=csv", "?format=json", f"{PATH}changes.atom", "/changes/?company=acme"):
        assert door in links(page)
        address = f"{PATH}{door}" if door.startswith("?") else door
        assert client.get(address).status_code == 200


def test_machines_find_feed_and_json_in_the_head(client, acme):
    head = client.get(PATH).content.decode().partition("</head>")[0]
    assert (
        '<link rel="alternate" type="application/atom+xml" title="What changed about Acme" '
        f'href="{PATH}changes.atom">'
    ) in head
    assert f'<link rel="alternate" type="application/json" href="{PATH}?format=json">' in head


def test_the_history_of_a_profile_is_found_under_a_former_address(client, acme):
    FormerSlugFactory(company=acme, slug="acme-inc")
    page = client.get("/changes/", {"company": "acme-inc"})
    assert page.status_code == 200
    assert "Only what is about Acme." in words(page)


def test_an_unpublished_claim_is_in_no_number(client, acme):
    ClaimFactory(company=acme, technologies=["Go"])
    before = client.get(PATH).content
    ClaimFactory(company=acme, status=Status.DRAFT, technologies=["Rust"], as_of="2024")
    assert client.get(PATH).content == before


def test_sections_are_in_the_order_of_the_contents(client, acme):
    for kind in ClaimKind:
        ClaimFactory(company=acme, kind=kind, as_of="2015")
        ClaimFactory(company=acme, kind=kind, as_of="2016")
    page = client.get(PATH)
    assert re.sub(r" \d+\b", "", contents(page)) == " ".join(headings(page, 2))
