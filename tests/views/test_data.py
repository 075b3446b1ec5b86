import pytest

from companies.data_files.publication import publish
from companies.views import listing
from tests.factories import ClaimFactory
from tests.views.reading import links, words

pytestmark = pytest.mark.django_db

PATH, FILE = "/data/", "/data/stackfacts.zip"


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def published():
    ClaimFactory()
    return publish("https://facts.example.org")


def test_the_page_says_what_there_is(client, published):
    page = client.get(PATH)
    assert published.sha256 in words(page)
    assert "tables/claims.csv 1 " in words(page)
    assert "has not chosen one" in words(page)
    assert FILE in links(page)


def test_the_page_names_the_licence(client, settings):
    settings.DATA_LICENSE = "CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/"
    publish("https://facts.example.org")
    page = client.get(PATH)
    assert "https://creativecommons.org/licenses/by/4.0/" in links(page)
    assert "Licence CC-BY-4.0" in words(page)


def test_before_the_first_publication_the_page_says_so(client):
    page = client.get(PATH)
    assert "has not been published yet" in words(page)
    assert FILE not in links(page)
    answer = client.get(FILE)
    assert answer.status_code == 404
    assert "The data has not been published yet." in words(answer)


@pytest.mark.parametrize("whole", [10_000_000, 10], ids=["at once", "as a stream"])
def test_the_file_is_sent_with_its_length_and_never_compressed_again(
    client, published, monkeypatch, whole
):
    monkeypatch.setattr(listing, "WHOLE", whole)
    answer = client.get(FILE, headers={"accept-encoding": "gzip"})
    assert answer.getvalue() == published.path.read_bytes()
    assert answer["Content-Length"] == str(published.size)
    assert "Content-Encoding" not in answer.headers
    assert answer["Content-Disposition"] == 'attachment; filename="stackfacts.zip"'
    head = client.head(FILE)
    assert head.getvalue() == b""
    assert head["Content-Length"] == str(published.size)


def test_who_has_the_file_is_told_so(client, published):
    answer = client.get(FILE)
    same = client.get(FILE, headers={"if-none-match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    since = client.get(FILE, headers={"if-modified-since": answer["Last-Modified"]})
    assert since.status_code == 304
    ClaimFactory()
    publish("https://facts.example.org")
    assert client.get(FILE, headers={"if-none-match": answer["ETag"]}).status_code == 200
