"""The starter catalogue, loaded once for all tests of this directory, and once crawled."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from companies.data_files.publication import publish
from companies.models import Claim, Company, Logo, Status
from tests.factories import CompanyListFactory
from tests.logo_png import logo_png
from tests.starter.crawler import Crawl, crawl

# Taken from the site for the crawl, so that a link which still leads there is found broken.
WITHDRAWN_COMPANY, WITHDRAWN_CLAIM, DRAFT_LIST = "whatsapp", "dropbox-01", "not-ready"


@pytest.fixture(scope="package")
def starter_catalogue(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test's own transaction is nested in this one, which is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalog", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def site(starter_catalogue: None, django_db_blocker: Any) -> Crawl:
    """The site as a visitor reaches it from its first page, with a few things unpublished."""
    with django_db_blocker.unblock(), transaction.atomic():
        for unpublished in (
            Company.objects.filter(slug=WITHDRAWN_COMPANY),
            Claim.objects.filter(key=WITHDRAWN_CLAIM),
        ):
            assert unpublished.update(status=Status.WITHDRAWN) == 1
        # The starter catalogue has no logos.
        Company.objects.filter(slug="netflix").update(logo=Logo.objects.keep(logo_png()))
        CompanyListFactory(slug=DRAFT_LIST, status=Status.DRAFT, companies=Company.objects.all())
        publish("http://testserver")
        crawled = crawl(Client(), "/")
        transaction.set_rollback(True)
    return crawled
