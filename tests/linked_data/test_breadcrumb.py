import html
import re

import pytest

from tests.linked_data.reading import item_in
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

NAMES = ["company", "comparison", "technology", "domain", "company_list", "source", "claim"]
_CRUMBS = re.compile(r'<p class="crumbs">(.*?)</p>')
_LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def heading_of(page):
    text = re.sub(r"<svg.*?</svg>|<[^>]*>", "", _HEADING.search(page)[1], flags=re.DOTALL)
    return html.unescape(" ".join(text.split()))


@pytest.mark.parametrize("name", NAMES)
def test_machines_read_the_crumbs_that_are_seen_and_then_the_heading(client, name):
    path = small_site().path(f"companies:{name}")
    page = client.get(path).content.decode()
    seen = [(html.unescape(words), a) for a, words in _LINK.findall(_CRUMBS.search(page)[1])]
    assert seen
    places = item_in(page, "BreadcrumbList")["itemListElement"]
    assert [place["position"] for place in places] == [*range(1, len(places) + 1)]
    read = [(p["name"], p["item"]["@id"].removeprefix("http://testserver")) for p in places]
    assert read == [*seen, (heading_of(page), path)]
    for _words, address in seen:
        answer = client.get(address)
        fragment = address.partition("#")[2]
        assert answer.status_code == 200
        assert f'id="{fragment}"' in answer.content.decode() or not fragment


def test_no_other_page_has_crumbs(client):
    pages = small_site().pages
    found = {
        n for n, path in pages.items() if 'class="crumbs"' in client.get(path).content.decode()
    }
    assert found == {f"companies:{name}" for name in NAMES}


def test_crumbs_are_in_the_language_of_the_page(client):
    page = client.get(small_site().pages["companies:company"], {"language": "de"}).content.decode()
    assert ">Unternehmen</a></p>" in page
    assert item_in(page, "BreadcrumbList")["itemListElement"][0]["name"] == "Companies"
