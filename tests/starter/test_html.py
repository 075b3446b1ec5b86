"""Pages against the HTML standard, and how much of them is sent."""

import datetime
import gzip
from itertools import islice

import pytest
from django.db.models import F

from companies.models import Claim, Revision, Status
from companies.reading_day import today
from tests import html_validator
from tests.exchange.changing import save
from tests.promises.small_site import URL_NAMES
from tests.stylesheet import public_stylesheet

# All profiles and comparisons; of the hundreds of others enough to meet every branch of a template.
MOST_OF_A_KIND = {"companies:claim": 30, "companies:source": 30, "companies:technology": 20}
ERRORS = [
    "/no-such-page/",
    "/companies/?page=x&kind=x&evidence=x",
    "/companies/?q=nobody-at-all",
    "/companies/netflix/?format=x",
    "/companies/netflix/?as_of=x",
    "/companies/netflix/?as_of=2020-01-01",
    "/compare/?show=comparison&c=nobody&q=zz",
    "/compare/netflix/",
    "/compare/netflix-vs-nobody/",
    "/technologies/?kind=x",
    "/quotes/?technology=x",
    "/sources/?tier=x",
]

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("starter_catalogue")
def test_every_kind_of_page_is_valid_html(client, site):
    pages = {}
    for name in URL_NAMES:
        for address, page in islice(site.named(name).items(), MOST_OF_A_KIND.get(name)):
            pages[address] = page.body
    for address in ERRORS:
        pages[address] = client.get(address).content
    assert len(pages) > 150
    assert html_validator.errors(pages) == []


@pytest.mark.usefixtures("starter_catalogue")
def test_pages_as_they_stood_are_valid_html(client):
    yesterday, days = today() - datetime.timedelta(days=1), datetime.timedelta(days=2)
    Revision.objects.update(made_at=F("made_at") - days)
    claim = Claim.objects.get(key="netflix-02")
    save(claim, status=Status.WITHDRAWN)
    paths = (claim.get_absolute_url(), "/companies/netflix/", "/compare/netflix-vs-spotify/")
    pages = {path: client.get(path, {"as_of": yesterday.isoformat()}).content for path in paths}
    assert all(b'<aside class="archive' in page for page in pages.values())
    assert html_validator.errors(pages) == []


def test_the_page_of_a_profile_with_its_stylesheets_is_below_40_kb_compressed(site):
    page = site.pages["/companies/netflix/"].body
    assert page.count(b'rel="stylesheet"') == page.count(b"css/public.css") == 1
    assert len(gzip.compress(page)) + len(gzip.compress(public_stylesheet())) < 40 * 1024
