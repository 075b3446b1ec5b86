"""Which entries stand side by side, and what the page says will happen."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType

from companies.models import (
    Company,
    Role,
    Source,
    Status,
    Technology,
)
from tests.admin.conftest import address
from tests.admin.merging import each, merge, said, shown_in, url
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    GapFactory,
    LogoFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def test_candidates_stand_side_by_side_with_what_differs(admin_client):
    one = CompanyFactory(name="Meta", slug="meta", industry="Software", founded="2004")
    two = CompanyFactory(
        name="Facebook",
        slug="facebook",
        industry="Networks",
        founded="2004",
        status=Status.DRAFT,
        parent=one,
        logo=LogoFactory(),
    )
    ClaimFactory(company=two)
    response = admin_client.get(url("company", one, two))
    rows = {row.label: row for row in response.context["rows"]}
    assert rows["Industry"].values == ["Software", "Networks"]
    assert rows["Status"].values == ["Published", "Draft"]
    assert rows["Parent"].values == [None, one]
    assert rows["Claims"].values == [0, 1]
    assert rows["Industry"].differs
    assert not rows["Founded"].differs
    html = response.content.decode()
    assert '<a href="/companies/meta/">/companies/meta/</a>' in html
    assert '/companies/facebook/ <span class="quiet">not shown to visitors</span>' in html
    assert response.context["plan"] is None
    assert "Merge into" not in html


@each
def test_every_field_that_a_merge_leaves_behind_is_compared(admin_client, page, make, model):
    response = admin_client.get(url(page, make(), make()))
    labels = {row.label.casefold() for row in response.context["rows"]}
    kept = {"id", "created", "updated", "name", "title", "logo"}
    for field in model._meta.concrete_fields:
        if field.name not in kept and not field.generated:
            assert field.verbose_name.casefold() in labels


def test_the_preview_names_what_moves_is_filled_dropped_and_redirected(admin_client):
    go, golang = (
        TechnologyFactory(slug="go", name="Go"),
        TechnologyFactory(slug="golang", name="Golang", summary="A language."),
    )
    claim = ClaimFactory(title="Servers", technologies={golang: Role.CHOSE})
    twice = ClaimFactory(title="Twice", technologies={go: Role.USES, golang: Role.USES})
    response = admin_client.get(url("technology", go, golang, keep=go.pk))
    html = re.sub(r"\s+", " ", response.content.decode())
    assert "Claims that name it: 1" in html
    assert f'{address("usecase_change", claim.pk)}">{claim}</a>' in html
    assert 'Summary: A language. <span class="quiet">from Golang</span>' in html
    assert "Named in the same role by “Twice” already: Golang (uses)." in html
    assert address("usecase_change", twice.pk) in html
    assert "/technologies/golang/ → /technologies/go/" in html
    assert 'Name: Golang <span class="quiet">of Golang</span>' in html
    assert "Merge into Go" in html


def test_a_long_list_is_cut_and_counted(admin_client):
    one, two = CompanyFactory(), CompanyFactory()
    for _ in range(13):
        ClaimFactory(company=two)
    html = admin_client.get(url("company", one, two, keep=one.pk)).content.decode()
    assert "Claims, each with its address: 13" in html
    assert "and 3 more" in html


def test_an_obstacle_is_linked_and_leaves_no_way_to_merge(admin_client):
    one, two = TechnologyFactory(), TechnologyFactory()
    claim = ClaimFactory(kind="codebase_share", shares={one: 10, two: 20}, title="Lines")
    here = url("technology", one, two, keep=one.pk)
    response = admin_client.get(here)
    html = response.content.decode()
    assert "“Lines” states a share of each" in html
    assert address("codebaseshareclaim_change", claim.pk) in html
    assert "Merge into" not in html
    answer = admin_client.post(here, {"reason": "Try.", "shown": shown_in(response)})
    assert said(answer) == ["Nothing was merged: first solve what stands in the way."]
    assert Technology.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "a\0b"])
def test_a_bad_reason_is_told_and_nothing_is_merged(admin_client, reason):
    one, two = CompanyFactory(), CompanyFactory()
    response = merge(admin_client, "company", one, two, reason=reason)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"reason"}
    assert Company.objects.count() == 2


def test_names_are_text_and_never_markup(admin_client):
    bad = "<script>x</script>"
    one, two = CompanyFactory(name=f"{bad}1"), CompanyFactory(name=f"{bad}2", summary=bad)
    ClaimFactory(company=two, title=bad)
    GapFactory(company=two, note=bad)
    CompanyListFactory(title=bad, companies=[one, two])
    html = admin_client.get(url("company", one, two, keep=one.pk)).content.decode()
    assert "<script>x" not in html
    response = merge(admin_client, "company", one, two, reason=bad)
    assert "<script>x" not in response.content.decode()
    assert Company.objects.count() == 1


@pytest.fixture
def _known_content_types(db):
    for model in (Company, Technology, Source):
        ContentType.objects.get_for_model(model)


def two_companies(number):
    one, two = CompanyFactory(), CompanyFactory()
    for _ in range(number):
        ClaimFactory(company=two)
        GapFactory(company=two, technology=TechnologyFactory())
        CompanyListFactory(companies=[two])
        CompanyFactory(parent=two)
    return one, two


def two_technologies(number):
    one, two = TechnologyFactory(), TechnologyFactory()
    for _ in range(number):
        ClaimFactory(technologies=[two])
        ClaimFactory(technologies=[one, two])
        ClaimFactory(kind="codebase_share", shares={two: 10})
        GapFactory(technology=two)
    return one, two


def two_sources(number):
    one, two = SourceFactory(), SourceFactory()
    for _ in range(number):
        CitationFactory(claim=ClaimFactory(source=two))
        CitationFactory(source=two, claim=ClaimFactory(source=one))
        CitationFactory(source=two)
        GapFactory(source=two)
        CompanyListFactory(source=two)
    return one, two


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("page", "make", "queries"),
    [
        ("company", two_companies, 10),
        ("technology", two_technologies, 9),
        ("source", two_sources, 11),
    ],
)
@pytest.mark.usefixtures("_known_content_types")
def test_the_preview_costs_the_same_with_one_and_with_three_of_everything(
    admin_client, django_assert_num_queries, page, make, queries, number
):
    one, two = make(number)
    with django_assert_num_queries(queries):
        assert admin_client.get(url(page, one, two, keep=one.pk)).status_code == 200
