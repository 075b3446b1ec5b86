from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from companies.models import Logo, Status
from tests.admin.conftest import address
from tests.admin.posting import company_data, rows
from tests.factories import CompanyFactory, LogoFactory


def upload(colour: str = "teal") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (600, 300), colour).save(file, "JPEG")
    return SimpleUploadedFile("logo.jpg", file.getvalue(), content_type="image/jpeg")


def save(client, company, **given):
    return client.post(address("company_change", company.pk), company_data(company) | given)


def test_an_uploaded_logo_is_kept_as_a_small_png(admin_client):
    company = CompanyFactory()
    assert save(admin_client, company, logo_file=upload()).status_code == 302
    company.refresh_from_db()
    with Image.open(io.BytesIO(bytes(company.logo.png))) as picture:
        assert (picture.format, picture.size) == ("PNG", (256, 128))


def test_another_upload_replaces_the_logo(admin_client):
    company = CompanyFactory(logo=LogoFactory())
    assert save(admin_client, company, logo_file=upload()).status_code == 302
    before, company = company.logo_id, type(company).objects.get(pk=company.pk)
    assert company.logo_id not in (None, before)


def test_saving_without_an_upload_keeps_the_logo(admin_client):
    company = CompanyFactory(logo=LogoFactory())
    assert save(admin_client, company, name="Another name").status_code == 302
    company.refresh_from_db()
    assert company.name == "Another name"
    assert company.logo is not None


def test_a_logo_can_be_removed(admin_client):
    company = CompanyFactory(logo=LogoFactory())
    assert save(admin_client, company, no_logo="on").status_code == 302
    company.refresh_from_db()
    assert company.logo is None


def test_what_is_no_picture_is_told_at_the_field_and_nothing_is_saved(admin_client, errors):
    company = CompanyFactory(name="Meta")
    script = SimpleUploadedFile("logo.svg", b"<svg><script>alert(1)</script></svg>")
    response = save(admin_client, company, name="Changed", logo_file=script)
    assert errors(response) == {
        "logo_file": ["This is not a picture that can be read: use PNG, JPEG, WebP or GIF."]
    }
    company.refresh_from_db()
    assert (company.name, Logo.objects.count()) == ("Meta", 0)


def test_an_upload_and_its_removal_at_once_are_refused(admin_client, errors):
    response = save(admin_client, CompanyFactory(), logo_file=upload(), no_logo="on")
    assert errors(response).keys() == {"no_logo"}


def test_a_refused_row_keeps_no_logo_behind(admin_client, errors):
    data = rows("aliases", [{"name": "x" * 200}])
    response = save(admin_client, CompanyFactory(), logo_file=upload(), **data)
    assert errors(response).keys() == {"aliases-0-name"}
    assert not Logo.objects.exists()


def test_who_may_only_look_is_asked_for_no_file(client_with):
    company = CompanyFactory(logo=LogoFactory())
    html = client_with("view_company").get(address("company_change", company.pk)).content.decode()
    assert company.logo.get_absolute_url() in html
    assert "logo_file" not in html


@pytest.mark.parametrize(("status", "shown"), [(Status.PUBLISHED, True), (Status.DRAFT, False)])
def test_the_page_shows_the_logo_only_where_it_has_an_address(admin_client, status, shown):
    company = CompanyFactory(status=status, logo=LogoFactory())
    html = admin_client.get(address("company_change", company.pk)).content.decode()
    assert (company.logo.get_absolute_url() in html) == shown
