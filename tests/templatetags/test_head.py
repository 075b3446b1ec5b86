import html
import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from companies.models import Status
from tests.factories import ClaimFactory, CompanyFactory, TechnologyFactory
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

TAGS = {
    "og:title",
    "og:description",
    "og:type",
    "og:url",
    "og:site_name",
    "og:image",
    "og:image:width",
    "og:image:height",
    "og:image:alt",
    "twitter:card",
}


def head(response):
    """The contents of the head's tags by their name; the title and the canonical address too."""
    text = response.content.decode().partition("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)">', text)
    tags = {name: html.unescape(content) for name, content in found}
    assert len(tags) == len(found), "a tag stands twice"
    for name, pattern in (("title", "<title>(.*?)</title>"), ("link", 'canonical" href="(.*?)"')):
        values = re.findall(pattern, text, re.DOTALL)
        assert len(values) <= 1
        tags |= dict.fromkeys([name] * len(values), html.unescape("".join(values)))
    return tags


def test_every_page_says_what_it_is_where_it_is_and_how_it_looks(client):
    site = small_site()
    pages = {n: p for n, p in site.pages.items() if n != "companies:comparison_embed"}
    for path in pages.values():
        tags = head(client.get(path))
        assert set(tags) >= TAGS, path
        assert tags["title"].startswith(tags["og:title"])
        assert tags["og:description"] == tags["description"] != ""
        assert tags["og:url"] == tags["link"]
        # What is searched for selects the content; what is ticked for a comparison does not.
        own = path if path.startswith("/search/") else path.partition("?")[0]
        assert tags["link"] == f"http://testserver{own}"
        assert client.get(tags["og:image"])["Content-Type"] == "image/png"


def test_a_company_its_claims_and_a_comparison_have_cards_of_their_own(client):
    acme = CompanyFactory(slug="acme", name="Acme", summary="Makes rockets.")
    CompanyFactory(slug="zeta")
    claim = ClaimFactory(company=acme)
    cards = {
        "/companies/acme/": "/companies/acme/card.png",
        claim.get_absolute_url(): "/companies/acme/card.png",
        "/compare/acme-vs-zeta/": "/compare/acme-vs-zeta/card.png",
        "/companies/": "/card.png",
    }
    shown = {path: head(client.get(path))["og:image"] for path in cards}
    assert shown == {path: f"http://testserver{card}" for path, card in cards.items()}
    tags = head(client.get("/companies/acme/"))
    assert tags["og:title"] == "Acme"
    assert tags["og:description"] == "Makes rockets."
    assert tags["og:image:alt"] == "Acme. Makes rockets."


def test_a_company_without_a_summary_is_described_by_what_the_site_is(client):
    CompanyFactory(slug="acme", summary="")
    assert head(client.get("/companies/acme/"))["description"].startswith("Who runs on what")


def test_quotation_marks_in_a_name_do_not_end_an_attribute(client):
    CompanyFactory(slug="acme", name='The "A" & <b>', summary='A "summary"\nin two lines.')
    tags = head(client.get("/companies/acme/"))
    assert tags["og:title"] == 'The "A" & <b>'
    assert tags["description"] == 'A "summary" in two lines.'
    assert tags["title"].startswith('The "A" & <b> · ')


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?language=xx&theme=dark&utm_source=x", ""),
        ("?language=de&q=a", "?q=a&language=de"),
        ("?page=1", ""),
        ("?q=&kind=", ""),
        ("?q=a%20%26%20b&theme=dark&kind=company", "?q=a+%26+b&kind=company"),
        ("?sort=claims", "?sort=claims"),
        ("?technology=go", "?technology=go"),
    ],
)
def test_the_canonical_address_keeps_only_what_selects_the_content(client, query, kept):
    ClaimFactory(technologies=[TechnologyFactory(slug="go")])
    tags = head(client.get(f"/companies/{query}"))
    assert tags["link"] == tags["og:url"] == f"http://testserver/companies/{kept}"


def test_a_further_page_is_a_page_of_its_own(client):
    CompanyFactory.create_batch(51)
    assert head(client.get("/companies/?page=2"))["link"] == "http://testserver/companies/?page=2"


def test_what_is_ticked_for_a_comparison_is_no_content(client):
    CompanyFactory(slug="acme")
    assert head(client.get("/compare/?c=acme&q=a"))["link"] == "http://testserver/compare/?q=a"


def test_a_state_of_a_comparison_leads_to_the_plain_one(client):
    for slug in ("acme", "zeta"):
        CompanyFactory(slug=slug)
    link = head(client.get("/compare/acme-vs-zeta/?differences=on&order=zeta,acme"))["link"]
    assert link == "http://testserver/compare/acme-vs-zeta/"


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/companies/acme/?format=x", "/compare/acme/", "/compare/a-vs-b/"]
)
def test_a_page_that_says_what_is_wrong_is_not_to_be_shared(client, path):
    CompanyFactory(slug="acme")
    tags = head(client.get(path))
    assert tags["title"]
    assert not set(tags) & {*TAGS, "link"}


def test_a_preview_of_a_draft_is_not_to_be_shared(admin_client):
    claim = ClaimFactory(status=Status.DRAFT)
    response = admin_client.get(f"/admin/companies/claim/{claim.pk}/preview/profile/", follow=True)
    assert response.status_code == 200
    assert not set(head(response)) & {*TAGS, "link"}


def test_kept_words_lose_line_breaks_and_stay_escaped():
    template = Template(
        '{% load head %}{% words as kept %} a\n "b" {{ name }} {% endwords %}<p title="{{ kept }}">'
    )
    assert template.render(Context({"name": "<c>"})) == '<p title="a &quot;b&quot; &lt;c&gt;">'


@pytest.mark.parametrize("tag", ["{% words %}", "{% words in kept %}", "{% words as a b %}"])
def test_words_without_a_name_are_refused(tag):
    with pytest.raises(TemplateSyntaxError, match="words as name"):
        Template(f"{{% load head %}}{tag}x{{% endwords %}}")
