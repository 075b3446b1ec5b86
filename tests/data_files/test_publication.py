"""The published catalogue as one archive: what is in it, and that it makes the same site again."""

import datetime
import hashlib
import io
import json
import re
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from companies.data_files import publication
from companies.data_files.publication import current, folder, publish
from companies.exchange.load import load
from companies.exchange.problem import CatalogueError
from companies.models import (
    Claim,
    CodebaseShare,
    Company,
    CompanyList,
    Domain,
    Gap,
    Logo,
    Revision,
    Source,
    Technology,
)
from tests.data_files.reading import description, files, tables
from tests.factories import ClaimFactory
from tests.logo_png import logo_png
from tests.promises.small_site import PNG, PUBLISHED_AT, small_site

pytestmark = pytest.mark.django_db

SITE = "https://facts.example.org"


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


def content():
    return current().path.read_bytes()


def test_before_the_first_there_is_none(data_dir):
    assert current() is None
    folder().mkdir(parents=True)
    (folder() / "publication.json").write_text("{}")
    assert current() is None


def test_tables_are_as_described_and_counted():
    small_site(size=2)
    published = publish(SITE, moment=PUBLISHED_AT)
    assert published == current()
    assert published.moment == PUBLISHED_AT
    found = tables(content())
    names = "companies claims shares technologies sources domains lists"
    assert list(found) == names.split()
    rows = {table.path: table.rows for table in published.tables}
    assert rows == {f"tables/{name}.csv": len(found[name]) for name in found}
    assert len(found["claims"]) == published.counts["claims"] == Claim.objects.published().count()
    assert len(found["shares"]) == CodebaseShare.objects.published().count() > 1
    assert {row["percentage"] for row in found["shares"]} == {40, 20}
    logos = {row["logo"] for row in found["companies"]} - {None}
    assert logos == {f"{SITE}{Logo.objects.keep(PNG).get_absolute_url()}"}
    assert len(found["companies"]) == published.counts["companies"]
    assert len(found["sources"]) == published.counts["sources"]
    # The files of the exchange also have what only a known gap names.
    assert len(found["technologies"]) == Technology.objects.published().count()
    assert all(row["url"].startswith(f"{SITE}/claims/") for row in found["claims"])
    assert description(content())["created"] == "2026-01-15T12:30:00Z"


def test_checksums_are_of_every_file_and_of_the_whole():
    small_site()
    published = publish(SITE)
    assert hashlib.sha256(content()).hexdigest() == published.sha256
    assert len(content()) == published.size
    inside = files(content())
    listed = dict(line.split("  ")[::-1] for line in inside.pop("SHA256SUMS").decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in inside.items()}
    sums = {table.path: table.sha256 for table in published.tables}
    assert sums == {name: listed[name] for name in sums}


def test_the_same_catalogue_makes_the_same_archive():
    small_site()
    first = publish(SITE, moment=PUBLISHED_AT)
    assert publish(SITE, moment=PUBLISHED_AT) == first
    assert [path.name for path in folder().glob("*.zip")] == [first.name]


def without_dates_of_entry(page):
    """The page but for what tells when something was entered here, and how often it changed."""
    if page["Content-Type"] == "image/png":
        return page.content
    body = page.content.decode()
    body = re.sub(r"<time.*?</time>", "", body, flags=re.DOTALL)
    body = re.sub(r"<section[^>]*history.*?</section>", "", body, flags=re.DOTALL)
    return re.sub(r'"dateModified":"[^"]*"', "", body)


def test_loaded_into_an_empty_site_it_makes_the_same_pages(client, tmp_path):
    call_command("load_catalog", verbosity=0)
    Claim.objects.filter(key="netflix-02").update(status="withdrawn")
    for number, slug in enumerate(("netflix", "meta", "spotify")):
        logo = Logo.objects.keep(logo_png(("red", "teal", "navy")[number]))
        Company.objects.filter(slug=slug).update(logo=logo)
    addresses = [
        "/",
        "/companies/",
        "/companies/netflix/",
        "/companies/meta/",
        "/compare/meta-vs-spotify/",
        "/technologies/",
        "/technologies/python/",
        "/domains/",
        "/domains/web-backend/",
        "/quotes/",
        "/lists/biggest-users-of-python/",
        "/sources/",
        "/sources/aim-python-users/",
        "/claims/netflix-01/",
        "/companies/?format=csv",
        "/companies/netflix/?format=json",
        *(logo.get_absolute_url() for logo in Logo.objects.all()),
    ]
    before = {address: without_dates_of_entry(client.get(address)) for address in addresses}
    publish(SITE)
    with ZipFile(io.BytesIO(content())) as archive:
        archive.extractall(tmp_path / "taken")
    for model in (Gap, CompanyList, Claim):
        model.objects.all().delete()
    Company.objects.update(parent=None)
    for model in (Company, Logo, Source, Technology, Domain, Revision):
        model.objects.all().delete()
    assert "netflix" not in client.get("/companies/").content.decode()
    assert {client.get(address).status_code for address in addresses[-3:]} == {404}
    load(tmp_path / "taken" / "catalogue")
    after = {address: without_dates_of_entry(client.get(address)) for address in addresses}
    assert [address for address in addresses if before[address] != after[address]] == []
    assert "/logos/" in after["/companies/netflix/"]
    assert not Claim.objects.filter(key="netflix-02").exists()


def test_the_one_before_is_kept_for_who_is_taking_it_and_no_other():
    names = []
    for number in range(4):
        ClaimFactory()
        moment = PUBLISHED_AT + datetime.timedelta(number)
        names.append(publish(SITE, moment=moment).name)
    assert {path.name for path in folder().glob("*.zip")} >= {names[-1]}
    assert len(list(folder().glob("*.zip"))) == 2
    assert current().name == names[-1]


def test_what_would_not_load_is_not_published_and_the_last_stays():
    ClaimFactory()
    before = publish(SITE)
    ClaimFactory(key="acme-1", company__slug="acme", as_of="2999")
    with pytest.raises(CatalogueError, match="load_catalog would refuse") as caught:
        publish(SITE)
    assert "2999 lies in the future" in caught.value.report
    assert current() == before
    assert sorted(path.name for path in folder().iterdir()) == ["publication.json", before.name]


def test_a_full_disk_leaves_the_last_in_its_place(monkeypatch):
    ClaimFactory()
    before = publish(SITE)

    def full(path, pieces):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publication, "_write", full)
    with pytest.raises(CatalogueError, match="can't be written: No space left on device"):
        publish(SITE)
    assert current() == before


def test_it_is_of_one_moment_and_takes_the_same_queries(django_assert_num_queries):
    ClaimFactory(technologies=["Go"])
    with django_assert_num_queries(QUERIES):
        publish(SITE)
    for _ in range(2):
        ClaimFactory(technologies=["Go"])
    with django_assert_num_queries(QUERIES):
        publish(SITE)


QUERIES = 28


def test_what_is_known_of_it_is_json_for_anybody():
    ClaimFactory()
    published = publish(SITE)
    known = json.loads((folder() / "publication.json").read_text())
    assert known["sha256"] == published.sha256
    assert known["counts"]["claims"] == 1
