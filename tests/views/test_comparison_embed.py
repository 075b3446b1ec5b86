import html

import pytest

from companies.models import FormerSlug, Status
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory
from tests.views.reading import links, words

pytestmark = pytest.mark.django_db

PAGE = "/compare/acme-vs-zeta/"
PATH = f"{PAGE}embed/"


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme", industry="Rockets")


@pytest.fixture
def zeta():
    return CompanyFactory(slug="zeta", name="Zeta")


@pytest.fixture
def claims(acme, zeta):
    common = {"kind": "codebase_share", "basis": "lines of code", "scope": ""}
    source = SourceFactory(publisher="Blog")
    ClaimFactory(key="acme-01", company=acme, shares={"Go": 62.5}, source=source, **common)
    ClaimFactory(key="zeta-01", company=zeta, shares={"Go": 20}, source=source, **common)
    ClaimFactory(key="acme-02", company=acme, kind="key_figure", source=source)
    ClaimFactory(company=acme, kind="strength", title="Strong", source=source)


def test_a_frame_shows_facts_shares_and_figures_and_nothing_else(client, claims):
    shown = words(client.get(PATH))
    assert shown.startswith("Acme vs Zeta")
    for expected in ("At a glance", "Rockets", "Codebase shares", "62.5%", "Key figures"):
        assert expected in shown
    assert "Strong" not in shown


def test_every_entry_leads_to_its_claim_out_of_the_frame(client, claims):
    response = client.get(PATH)
    assert {"/claims/acme-01/", "/claims/zeta-01/", "/claims/acme-02/"} <= set(links(response))
    assert '<base target="_blank">' in response.content.decode()


def test_a_frame_says_where_it_is_from_and_leads_back(client, claims, settings):
    settings.SITE_NAME = "Facts & Stacks"
    body = client.get(PATH).content.decode()
    assert f'<a href="http://testserver{PAGE}" target="_blank" rel="noopener">' in body
    assert "the whole comparison on Facts &amp; Stacks" in body
    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in body
    assert '<meta name="robots" content="noindex">' in body


def test_other_sites_may_frame_it_and_it_can_run_and_send_nothing(client, claims):
    response = client.get(PATH)
    assert "X-Frame-Options" not in response
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    )
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    body = response.content.decode()
    assert "<script" not in body
    assert "<form" not in body


@pytest.mark.parametrize("path", [PAGE, "/companies/acme/", "/", "/companies/acme/codebase.svg"])
def test_no_other_page_may_be_framed(client, claims, path):
    response = client.get(path)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_an_address_that_moved_may_not_be_framed_but_leads_to_what_may(client, acme, zeta):
    FormerSlug.objects.create(company=acme, slug="old")
    for path in ("/compare/old-vs-zeta/embed/", "/compare/zeta-vs-acme/embed/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, PATH)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_nothing_unpublished_is_framed(client, acme, zeta, status):
    ClaimFactory(company=acme, kind="codebase_share", shares={"Secret": 5}, status=status)
    assert "Secret" not in words(client.get(PATH))
    acme.status = status
    acme.save()
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize(
    "slugs", ["acme", "acme-vs-acme", "acme-vs-nobody", "a-vs-b-vs-c-vs-d-vs-e-vs-f"]
)
def test_there_is_no_frame_of_what_has_no_comparison(client, acme, slugs):
    assert client.get(f"/compare/{slugs}/embed/").status_code == 404


def test_cells_that_do_not_compare_say_why(client, acme, zeta):
    for company, basis in ((acme, "lines of code"), (zeta, "services")):
        ClaimFactory(company=company, kind="codebase_share", basis=basis, shares={"Go": 20})
    shown = words(client.get(PATH))
    assert "does not compare" in shown
    assert "These do not compare: Acme counts" in shown


def test_a_comparison_gives_the_code_that_embeds_it(client, acme, zeta):
    acme.name = 'A "B" & <c>'
    acme.save()
    body = client.get(f"{PAGE}?differences=on").content.decode()
    code = body.partition("<pre><code>")[2].partition("</code>")[0]
    pasted = html.unescape(code)
    assert pasted == (
        f'<iframe src="http://testserver{PATH}" width="100%" height="600" loading="lazy" '
        'title="A &quot;B&quot; &amp; &lt;c&gt; vs Zeta"></iframe>'
    )
    assert f'<a href="{PATH}">See it by itself</a>' in body
