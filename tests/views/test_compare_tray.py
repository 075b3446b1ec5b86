"""What the pages give to choose companies by; how it behaves is tested in a browser."""

import re

import pytest

from companies.models import Company, CompanyList
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

TRAY = re.compile(r'<form class="tray" id="compare-tray" action="/compare/" method="get"[^>]*>')
WITH_TICKS = [
    "home",
    "companies",
    "technology",
    "company_list",
    "domain",
    "quotes",
    "source",
]
WITH_A_BUTTON = ["company", "claim"]


@pytest.fixture
def site():
    return small_site()


def body_of(client, site, name):
    page = client.get(site.pages[f"companies:{name}"])
    assert page.status_code == 200
    return page.content.decode()


def ticks_of(body, slug):
    return re.findall(
        rf'<input type="checkbox" name="c" value="{slug}" form="compare-tray" [^>]*>', body
    )


@pytest.mark.parametrize("name", WITH_TICKS)
def test_where_companies_are_rows_each_has_a_tick_that_belongs_to_the_one_tray(client, site, name):
    assert CompanyList.objects.count() == 1
    body = body_of(client, site, name)
    (tray,) = TRAY.findall(body)
    assert "hidden" not in tray
    assert "Compare the ticked</button>" in body
    assert "Keep these ticked</button>" in body
    ticks = [tick for c in (site.company, *site.others) for tick in ticks_of(body, c.slug)]
    assert ticks
    for tick in ticks:
        assert re.search(r'data-compare="([^"]+)" aria-label="Compare \1"', tick)
        assert not tick.endswith(" checked>")
    assert 'name="was"' not in body


@pytest.mark.parametrize("name", WITH_TICKS)
def test_a_remembered_company_is_ticked_in_all_its_rows_and_named_in_the_tray(client, site, name):
    # The newest claims are not of every company.
    shown = re.findall(r'name="c" value="([^"]*)" form="compare-tray"', body_of(client, site, name))
    chosen = Company.objects.get(slug=shown[0])
    client.cookies["compare"] = chosen.slug
    body = body_of(client, site, name)
    ticks = ticks_of(body, chosen.slug)
    assert len(ticks) == shown.count(chosen.slug)
    assert all(tick.endswith(" checked>") for tick in ticks)
    was = f'<input type="hidden" name="was" value="{chosen.slug}" form="compare-tray">'
    assert body.count(was) == len(ticks)
    assert f'aria-label="Remove {chosen.name} from the comparison"' in body
    for other in set(shown) - {chosen.slug}:
        assert not any(tick.endswith(" checked>") for tick in ticks_of(body, other))


@pytest.mark.parametrize("name", WITH_A_BUTTON)
def test_a_page_of_one_company_adds_it_by_a_button_and_hides_an_empty_tray(client, site, name):
    body = body_of(client, site, name)
    (tray,) = TRAY.findall(body)
    assert tray.endswith(" hidden>")
    assert f'<button class="quiet" name="add" value="{site.company.slug}"' in body
    assert "Add to comparison</button>" in body


@pytest.mark.parametrize("name", WITH_A_BUTTON)
def test_a_page_of_one_company_removes_it_where_it_is_remembered(client, site, name):
    client.cookies["compare"] = f"{site.company.slug}.{site.others[0].slug}"
    body = body_of(client, site, name)
    (tray,) = TRAY.findall(body)
    assert "hidden" not in tray
    assert f'<button class="quiet" name="remove" value="{site.company.slug}"' in body
    assert "✓ In the comparison</button>" in body
    assert '<button name="tray" value="compare">Compare</button>' in body


def test_the_first_button_of_the_tray_is_the_one_that_the_enter_key_may_press(client, site):
    client.cookies["compare"] = site.company.slug
    for name in [*WITH_TICKS, *WITH_A_BUTTON]:
        tray = TRAY.split(body_of(client, site, name))[1].partition("</form>")[0]
        first = re.search(r"<button[^>]*>", tray)
        assert first
        assert 'name="tray"' in first[0]


def test_the_tray_leads_back_to_the_very_page_with_its_filters(client, site):
    body = client.get("/companies/?q=%22%3E&kind=company").content.decode()
    assert "compare-tray" not in body
    body = client.get("/companies/?kind=company&sort=claims").content.decode()
    assert '<input type="hidden" name="back" value="/companies/?kind=company&amp;sort=claims">' in (
        body
    )


def test_a_list_without_rows_has_no_tray(client, site):
    for path in (
        "/companies/?q=nobody",
        f"{site.technology.get_absolute_url()}?q=nobody",
        f"{site.domain.get_absolute_url()}?q=nobody",
        "/quotes/?q=nobody",
    ):
        assert "compare-tray" not in client.get(path).content.decode()


@pytest.mark.parametrize("name", [*WITH_TICKS, *WITH_A_BUTTON, "comparison"])
def test_a_page_asks_for_one_module(client, site, name):
    body = body_of(client, site, name)
    assert re.findall(r'<script[^>]*src="([^"]*)"', body) == ["/static/js/public.js"]


def test_the_cookie_costs_each_page_one_query_however_many_are_remembered(
    client, site, django_assert_num_queries
):
    path = site.company.get_absolute_url()
    remembered = [site.company.slug, *(company.slug for company in site.others)]
    for slugs, queries in (([], 8), (remembered[:1], 9), (remembered, 9), (["nobody"], 9)):
        client.cookies["compare"] = ".".join(slugs)
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
