"""What the pages give to choose companies by; how it behaves is tested in a browser."""

import re

import pytest

from companies.models import CompanyList
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

TRAY = (
    '<form class="tray" id="compare-tray" action="/compare/" method="get" aria-label="Comparison"'
)


@pytest.fixture
def site():
    return small_site()


@pytest.mark.parametrize("name", ["companies", "technology", "company_list"])
def test_a_list_has_a_tick_for_each_company_that_belongs_to_the_form_of_the_page(
    client, site, name
):
    assert CompanyList.objects.count() == 1
    body = client.get(site.pages[f"companies:{name}"]).content.decode()
    assert f"{TRAY}>" in body
    ticks = re.findall(
        r'<input type="checkbox" name="c" value="([^"]*)" form="compare-tray"'
        r' data-compare="([^"]*)" aria-label="Compare ([^"]*)">',
        body,
    )
    assert (site.company.slug, site.company.name, site.company.name) in ticks


def test_a_profile_names_its_company_to_the_module_and_hides_the_tray_without_it(client, site):
    body = client.get(site.company.get_absolute_url()).content.decode()
    assert f"{TRAY} hidden>" in body
    assert f'data-compare-add="{site.company.slug}" data-name="{site.company.name}"' in body


def test_a_list_without_rows_has_no_tray(client, site):
    for path in ("/companies/?q=nobody", f"{site.technology.get_absolute_url()}?q=nobody"):
        assert "compare-tray" not in client.get(path).content.decode()
