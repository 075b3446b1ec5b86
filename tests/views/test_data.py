import re
import shlex
import subprocess

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


@pytest.mark.parametrize("whole", [10_000_000, 10], ids=["at once", "as a stream"])
def test_a_download_that_broke_off_goes_on_where_it_stopped(client, published, monkeypatch, whole):
    monkeypatch.setattr(listing, "WHOLE", whole)
    content = published.path.read_bytes()
    first = client.get(FILE, headers={"range": "bytes=0-99"})
    begun = first.getvalue()
    assert (first.status_code, begun) == (206, content[:100])
    assert first["Content-Length"] == "100"
    assert first["Content-Range"] == f"bytes 0-99/{len(content)}"
    assert first["Content-Type"] == "application/zip"
    headers = {"range": "bytes=100-", "if-range": first["ETag"], "accept-encoding": "gzip"}
    rest = client.get(FILE, headers=headers)
    assert (rest.status_code, begun + rest.getvalue()) == (206, content)
    assert "Content-Encoding" not in rest.headers


def test_what_began_with_another_archive_begins_anew(client, published):
    known = client.get(FILE)["ETag"]
    ClaimFactory()
    now = publish("https://facts.example.org")
    answer = client.get(FILE, headers={"range": "bytes=100-", "if-range": known})
    assert (answer.status_code, answer.getvalue()) == (200, now.path.read_bytes())
    assert "Content-Range" not in answer.headers


def test_several_ranges_get_the_whole_file_and_one_behind_the_end_a_416(client, published):
    several = client.get(FILE, headers={"range": "bytes=0-1,5-6"})
    assert (several.status_code, several.getvalue()) == (200, published.path.read_bytes())
    assert several["Accept-Ranges"] == "bytes"
    behind = client.get(FILE, headers={"range": f"bytes={published.size}-"})
    assert behind.status_code == 416
    assert behind["Content-Range"] == f"bytes */{published.size}"
    assert str(published.size) in behind.content.decode()
    assert behind["ETag"] == several["ETag"]


def test_who_has_the_file_is_told_so_before_any_range(client, published):
    etag = client.get(FILE)["ETag"]
    same = client.get(FILE, headers={"if-none-match": etag, "range": "bytes=0-1"})
    assert same.status_code == 304
    assert same["ETag"] == etag
    other = client.get(FILE, headers={"if-match": '"other"', "range": "bytes=0-1"})
    assert other.status_code == 412


def test_head_tells_the_whole_length_whatever_range_is_asked_for(client, published):
    answer = client.head(FILE, headers={"range": "bytes=0-1"})
    assert (answer.status_code, answer.getvalue()) == (200, b"")
    assert answer["Content-Length"] == str(published.size)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"] == client.get(FILE)["ETag"]


def test_the_commands_on_the_page_check_what_was_downloaded(client, published, tmp_path):
    (block,) = re.findall(r"<pre.*?><code>(.*?)</code>", client.get(PATH).content.decode(), re.S)
    *downloads, check = map(shlex.split, block.splitlines())
    for *_, address in downloads:
        name = address.rpartition("/")[2]
        (tmp_path / name).write_bytes(client.get(address).getvalue())
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "stackfacts.zip: OK\n"
    (tmp_path / "stackfacts.zip").write_bytes(client.get(FILE).getvalue()[:-1])
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_before_the_first_publication_there_is_no_checksum(client):
    answer = client.get(f"{FILE}.sha256")
    assert answer.status_code == 404
    assert "The data has not been published yet." in words(answer)
