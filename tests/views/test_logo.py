from __future__ import annotations

import pytest
from django.urls import reverse

from companies.models import Logo, Status
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


def test_a_logo_is_served_as_a_picture_that_may_be_kept_for_ever(client):
    logo = Logo.objects.keep(b"\x89PNG of meta")
    CompanyFactory(slug="meta", logo=logo)
    response = client.get(logo.get_absolute_url())
    assert response.content == b"\x89PNG of meta"
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response.headers["Cache-Control"]


def test_the_logo_of_an_unpublished_company_is_not_found(client):
    logo = Logo.objects.keep(b"secret")
    CompanyFactory(logo=logo, status=Status.DRAFT)
    assert client.get(logo.get_absolute_url()).status_code == 404


def test_an_unknown_logo_is_not_found(client):
    assert client.get(reverse("companies:logo", args=["0" * 32])).status_code == 404


def test_profile_and_comparison_show_the_logo_of_a_company_that_has_one(client):
    logo = Logo.objects.keep(b"a picture")
    CompanyFactory(slug="meta", logo=logo)
    CompanyFactory(slug="uber")
    address = logo.get_absolute_url().encode()
    assert address in client.get("/companies/meta/").content
    assert b"/logos/" not in client.get("/companies/uber/").content
    assert client.get("/compare/meta-vs-uber/").content.count(address) == 1
