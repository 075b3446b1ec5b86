"""Nothing that is not published changes a single byte of what visitors get."""

import io
from zipfile import ZipFile

import pytest

from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Logo, Role, Status
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    ClaimTechnologyFactory,
    CompanyAliasFactory,
    CompanyFactory,
    CompanyListEntryFactory,
    CompanyListFactory,
    FormerSlugFactory,
    FormerSourceKeyFactory,
    FormerTechnologySlugFactory,
    GapFactory,
    SourceFactory,
    TechnologyFactory,
)
from tests.logo_png import logo_png
from tests.promises.small_site import WITH_FILES, publish_small_site, small_site

pytestmark = pytest.mark.django_db


def add_unpublished(site, status):
    """One of everything that can be unpublished, tied to all that is published.

    Returns the addresses that must not answer.
    """
    secret_source, secret_technology = SourceFactory(), TechnologyFactory()
    secret_list = CompanyListFactory(
        title="A", status=status, source=secret_source, companies=[site.company]
    )
    secret_company = CompanyFactory(
        name="A",
        slug="a-secret",
        status=status,
        parent=site.company,
        industry="Secret",
        logo=Logo.objects.keep(logo_png("red")),
    )
    CompanyAliasFactory(company=secret_company, name=site.company.name)
    FormerSlugFactory(company=secret_company, slug="former-secret")
    FormerTechnologySlugFactory(technology=secret_technology, slug="former-secret")
    FormerSourceKeyFactory(source=secret_source, key="former-secret")
    GapFactory(company=secret_company, technology=site.technology, source=secret_source)
    CompanyListEntryFactory(company_list=site.company_list, company=secret_company, position=0)
    addresses = [
        "/companies/former-secret/",
        "/technologies/former-secret/",
        "/sources/former-secret/",
        f"/compare/a-secret-vs-{site.company.slug}/",
        *(
            thing.get_absolute_url()
            for thing in (
                secret_source,
                secret_technology,
                secret_list,
                secret_company,
                secret_company.logo,
            )
        ),
    ]
    for kind in ClaimKind:
        is_share = kind == ClaimKind.CODEBASE_SHARE
        for company, claim_status in ((site.company, status), (secret_company, Status.PUBLISHED)):
            claim = ClaimFactory(
                company=company,
                kind=kind,
                status=claim_status,
                # Newer than any other, so that it would come first.
                as_of="2020-01-01",
                domain=site.domain,
                source=site.source,
                quotation="Secret.",
                shares={site.technology: 99, secret_technology: 1} if is_share else None,
                technologies={site.technology: Role.REJECTED, secret_technology: Role.USES},
            )
            if kind == ClaimKind.MIGRATION:
                for role in (Role.MIGRATED_FROM, Role.MIGRATED_TO):
                    ClaimTechnologyFactory(claim=claim, role=role)
            CitationFactory(claim=claim, source=secret_source)
            CitationFactory(source=site.source, claim__company=company, claim__status=claim_status)
            addresses.append(claim.get_absolute_url())
    record_missing()
    entries = [path for path in addresses if not path.startswith(("/compare/", "/logos/"))]
    compared = f"/api/v1/comparison?companies=a-secret,{site.company.slug}"
    return [*addresses, compared, *(f"/api/v1{path.rstrip('/')}" for path in entries)]


def tables_of(client, site):
    """The table in each package, which has a description with its moment beside it."""
    found = {}
    for name in WITH_FILES:
        answer = client.get(site.addresses[name], {"format": "zip"})
        with ZipFile(io.BytesIO(answer.content)) as package:
            found[name] = [package.read(n) for n in package.namelist() if n.endswith(".csv")]
    return found


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_unpublished_entries_change_no_page_and_no_file(client, status):
    site = small_site()
    before = {path: client.get(path).content for path in site.everything}
    packages = tables_of(client, site)
    hidden = add_unpublished(site, status)
    publish_small_site()
    assert tables_of(client, site) == packages
    after = {path: client.get(path).content for path in site.everything}
    assert [path for path in before if before[path] != after[path]] == []
    assert [path for path in hidden if client.get(path).status_code != 404] == []


def test_the_same_entries_change_every_page_and_file_once_they_are_published(client):
    site = small_site()
    before = {path: client.get(path).content for path in site.everything}
    shown = add_unpublished(site, Status.PUBLISHED)
    publish_small_site()
    after = {path: client.get(path).content for path in site.everything}
    unmoved = {site.addresses[f"companies:{name}"] for name in ("claim", "claim_chart", "logo")}
    unmoved |= {site.api[f"api:{name}"] for name in ("docs", "openapi", "v1:claim")}
    assert {path for path in before if before[path] == after[path]} == unmoved
    assert [path for path in shown if client.get(path, follow=True).status_code != 200] == []
