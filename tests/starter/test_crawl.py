"""Whatever a visitor can reach from the first page is there, whole and named for what it is."""

from collections import defaultdict

import pytest
from django.urls import reverse

from companies.models import Claim, Company, Source, Technology
from tests.promises.small_site import URL_NAMES
from tests.starter.conftest import DRAFT_LIST, WITHDRAWN_CLAIM, WITHDRAWN_COMPANY
from tests.starter.crawler import url_name

# Most tests here only read what was crawled, but all belong into the same phase of the run.
pytestmark = pytest.mark.django_db


def test_every_link_leads_to_a_page(site):
    broken = {
        address: (page.status, site.found_on[address])
        for address, page in site.pages.items()
        if page.status not in (200, 301, 302)
    }
    assert broken == {}


def test_a_redirect_leads_to_a_page_at_once(site):
    chained = [
        address
        for address, page in site.pages.items()
        if page.redirected_to and site.pages[page.redirected_to].status != 200
    ]
    assert chained == []


# Named in robots.txt, and asked by the script of the search box.
NOT_LINKED = {"companies:sitemap", "companies:sitemap_index", "companies:suggestions"}


@pytest.mark.parametrize("name", sorted({*URL_NAMES} - NOT_LINKED))
def test_every_url_is_reached(site, name):
    assert site.reached(name)


@pytest.mark.parametrize("format", ["csv", "json"])
@pytest.mark.parametrize("name", ["company", "comparison", "technology", "domain", "source"])
def test_files_are_reached(site, name, format):
    reached = [a for a in site.pages if f"format={format}" in a]
    assert f"companies:{name}" in {url_name(address) for address in reached}


@pytest.mark.parametrize("format", ["ndjson", "zip"])
@pytest.mark.parametrize("name", ["company", "technology", "domain", "source", "company_list"])
def test_files_for_programs_and_packages_are_reached(site, name, format):
    reached = [a for a in site.pages if f"format={format}" in a]
    assert f"companies:{name}" in {url_name(address) for address in reached}


@pytest.mark.usefixtures("starter_catalogue")
@pytest.mark.parametrize("model", [Company, Claim, Source, Technology])
def test_everything_published_is_reached(site, model):
    unpublished = {reverse("companies:company", args=[WITHDRAWN_COMPANY])}
    things = model.objects.published()
    if model is Claim:
        things = things.exclude(key=WITHDRAWN_CLAIM).exclude(company__slug=WITHDRAWN_COMPANY)
    if model in (Source, Technology):
        # What only the withdrawn entries name is gone with them.
        others = Claim.objects.published().exclude(company__slug=WITHDRAWN_COMPANY)
        others = others.exclude(key=WITHDRAWN_CLAIM)
        things = things.filter(pk__in=_named(model, others))
    addresses = {thing.get_absolute_url() for thing in things} - unpublished
    assert len(addresses) > 40
    assert addresses - set(site.pages) == set()


def _named(model, claims):
    if model is Source:
        return {*claims.values_list("source", flat=True)} | {
            *claims.values_list("citations__source", flat=True)
        }
    return {*claims.values_list("claim_technologies__technology", flat=True)} | {
        *claims.values_list("shares__technology", flat=True)
    }


def test_nothing_unpublished_is_linked(site):
    for address in (
        reverse("companies:company", args=[WITHDRAWN_COMPANY]),
        reverse("companies:claim", args=[WITHDRAWN_CLAIM]),
        reverse("companies:company_list", args=[DRAFT_LIST]),
    ):
        assert address not in site.found_on


def test_every_page_has_one_heading_of_the_first_level(site):
    counts = {address: page.text.count("<h1") for address, page in site.html_pages.items()}
    assert {address: count for address, count in counts.items() if count != 1} == {}


def test_every_link_into_a_page_finds_its_place(site):
    missing = [
        (address, target, fragment)
        for address, target, fragment in site.fragments
        if (page := site.pages.get(target)) and page.is_html and fragment not in page.ids
    ]
    assert site.fragments
    assert missing == []


def test_pages_of_different_things_have_different_titles(site):
    pages = defaultdict(list)
    for address, page in site.html_pages.items():
        if "?" not in address:
            (title,) = page.titles
            pages[title].append(address)
    assert {title: addresses for title, addresses in pages.items() if len(addresses) > 1} == {}


def test_links_to_elsewhere_are_web_addresses(site):
    assert site.external
    strange = {link for link in site.external if not link[1].startswith(("https://", "http://"))}
    assert strange == set()


def test_static_files_that_pages_name_are_there(site):
    files = {address: page for address, page in site.pages.items() if "/static/" in address}
    assert {page.status for page in files.values()} == {200}
    assert any(address.endswith(".css") for address in files)
