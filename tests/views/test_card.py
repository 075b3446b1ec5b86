import io
from decimal import Decimal

import pytest
from django.utils.translation import override
from PIL import Image

from companies.charts import raster
from companies.models import CodebaseShare, FormerSlug, Logo, Status
from companies.views import card
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db

PATH = "/companies/acme/card.png"
HOSTILE = "</text><script>x</script>\"'&\x0b"
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]


@pytest.fixture
def acme():
    return CompanyFactory(slug="acme", name="Acme", summary="Makes rockets.")


@pytest.fixture
def zeta():
    return CompanyFactory(slug="zeta", name="Zeta")


@pytest.fixture
def drawn(monkeypatch):
    """The drawings that are turned into pictures."""
    drawings = []

    def png(svg):
        drawings.append(svg)
        return raster.png(svg)

    monkeypatch.setattr(card, "png", png)
    return drawings


def picture(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content)).convert("RGB")


@pytest.mark.parametrize("path", [PATH, "/compare/acme-vs-zeta/card.png", "/card.png"])
def test_a_card_has_the_size_that_previews_want_and_ink_on_it(client, acme, zeta, path):
    shown = picture(client.get(path))
    assert shown.size == (1200, 630)
    dark = sum(shown.convert("L").histogram()[:120])
    assert dark > 20_000


def test_a_card_of_a_company_says_what_it_is_and_what_it_names_most(client, acme, drawn, settings):
    source = SourceFactory()
    for technologies in (["Go"], ["Go", "Rust"], ["Rejected"]):
        role = "rejected" if technologies == ["Rejected"] else "uses"
        ClaimFactory(company=acme, technologies=dict.fromkeys(technologies, role), source=source)
    client.get(PATH)
    (svg,) = drawn
    for words in ("Acme", "Makes rockets.", "Named most", "Go", "Rust", settings.SITE_NAME):
        assert f">{words}</text>" in svg
    assert ">testserver/companies/acme</text>" in svg
    assert ">3 claims · 1 source</text>" in svg
    assert "Rejected" not in svg
    assert svg.index(">Go<") < svg.index(">Rust<")


def test_the_newest_shares_are_drawn_with_basis_scope_date_and_source(client, acme, drawn):
    ClaimFactory(company=acme, kind="codebase_share", as_of="2012", shares={"Old": 1})
    ClaimFactory(
        company=acme,
        kind="codebase_share",
        title="Languages",
        basis="lines of code",
        scope="back end",
        as_of="2016-05",
        source=SourceFactory(publisher="Acme Blog"),
        shares={"Go": 62.5, "Java": 20},
        technologies=["Named"],
    )
    client.get(PATH)
    (svg,) = drawn
    assert ">Languages</text>" in svg
    assert ">62.5%</text>" in svg
    assert ">not stated</text>" in svg
    assert ">Lines of code · back end · May 2016 · source: Acme Blog</text>" in svg
    assert "Old" not in svg
    assert ">Named<" not in svg


def test_a_logo_is_on_the_card(client, acme):
    red = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 0, 0)).save(red, "PNG")
    acme.logo = Logo.objects.keep(red.getvalue())
    acme.save()
    assert picture(client.get(PATH)).getpixel((132, 124)) == (200, 0, 0)


def test_a_logo_that_is_no_picture_leaves_the_card_whole(client, acme):
    acme.logo = Logo.objects.keep(b"\x89PNG\r\n\x1a\n nothing")
    acme.save()
    picture(client.get(PATH))


def test_a_comparison_names_every_company_with_its_claims(client, acme, zeta, drawn):
    ClaimFactory(company=acme, technologies=["Go"])
    ClaimFactory(company=acme, technologies=["Go"])
    ClaimFactory(company=zeta, technologies=["Rust"])
    client.get("/compare/acme-vs-zeta/card.png")
    (svg,) = drawn
    for words in ("Acme", "Zeta", "vs", "2 claims", "1 claim", "Go", "Rust"):
        assert f">{words}</text>" in svg
    assert ">testserver/compare/acme-vs-zeta</text>" in svg
    assert ">3 claims · 3 sources</text>" in svg


def test_a_hostile_name_stays_text_and_is_drawn(client, zeta, drawn):
    CompanyFactory(slug="acme", name=HOSTILE, summary=HOSTILE)
    claim = ClaimFactory(
        company__slug="hostile",
        company__name=HOSTILE,
        kind="codebase_share",
        title=HOSTILE,
        basis=HOSTILE,
        scope=HOSTILE,
        source=SourceFactory(publisher=HOSTILE),
        shares={},
    )
    technology = TechnologyFactory(name=HOSTILE)
    CodebaseShare.objects.create(claim=claim, technology=technology, percentage=Decimal(5))
    for path in (PATH, "/companies/hostile/card.png", "/compare/acme-vs-zeta/card.png"):
        picture(client.get(path))
    assert [svg for svg in drawn if "<script" in svg] == []


def test_whoever_has_the_picture_gets_it_again_only_when_it_differs(client, acme, drawn):
    first = client.get(PATH)
    assert first["Cache-Control"] == "public, max-age=3600"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    kept = client.get(PATH, headers={"If-None-Match": first["ETag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    assert (kept["ETag"], kept["Cache-Control"]) == (first["ETag"], "public, max-age=3600")
    acme.summary = "Makes balloons."
    acme.save()
    changed = client.get(PATH, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_same_picture_is_drawn_once(client, acme, drawn):
    CompanyFactory(slug="once", name="Drawn only once")
    answers = [client.get("/companies/once/card.png") for _ in range(3)]
    assert len(drawn) == 1
    assert len({answer.content for answer in answers}) == 1


def test_a_card_has_one_language(client, acme):
    shares = {"Go": 62.5}
    ClaimFactory(company=acme, kind="codebase_share", as_of="2016-05-27", shares=shares)
    english = client.get(PATH)
    with override("de"):
        german = client.get(PATH, headers={"Accept-Language": "de"})
    assert german["ETag"] == english["ETag"]


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_nothing_unpublished_is_drawn(client, acme, zeta, drawn, status):
    ClaimFactory(company=acme, technologies=["Secret"], status=status)
    client.get(PATH)
    client.get("/compare/acme-vs-zeta/card.png")
    client.get("/card.png")
    assert [svg for svg in drawn if "Secret" in svg or "0 claims · 0 sources" not in svg] == []
    acme.status = status
    acme.save()
    assert client.get(PATH).status_code == 404
    assert client.get("/compare/acme-vs-zeta/card.png").status_code == 404


def test_a_former_address_leads_to_the_card_of_today(client, acme, zeta):
    FormerSlug.objects.create(company=acme, slug="old")
    response = client.get("/companies/old/card.png")
    assert (response.status_code, response["Location"]) == (301, PATH)
    response = client.get("/compare/zeta-vs-old/card.png")
    assert (response.status_code, response["Location"]) == (301, "/compare/acme-vs-zeta/card.png")


def test_every_other_order_of_a_comparison_leads_to_its_one_card(client, acme, zeta):
    response = client.get("/compare/zeta-vs-acme/card.png")
    assert (response.status_code, response["Location"]) == (301, "/compare/acme-vs-zeta/card.png")


@pytest.mark.parametrize(
    "path",
    [
        "/companies/nobody/card.png",
        "/companies/%00/card.png",
        "/compare/acme/card.png",
        "/compare/acme-vs-acme/card.png",
        "/compare/acme-vs-old/card.png",
        "/compare/acme-vs-nobody/card.png",
        "/compare/a-vs-b-vs-c-vs-d-vs-e-vs-f/card.png",
        f"/compare/acme-vs-{'x' * 500}/card.png",
    ],
)
def test_there_is_no_card_of_what_has_no_page(client, acme, path):
    FormerSlug.objects.create(company=acme, slug="old")
    assert client.get(path).status_code == 404
