"""What holds for every feed: for a real reader's parser, and for who asks again."""

import datetime
from email.utils import parsedate_to_datetime

import feedparser
import pytest

from companies.exchange.revisions import record_missing
from companies.models import ClaimKind, Company, Role, Source, Status
from tests.exchange.changing import save
from tests.factories import ClaimFactory, TechnologyFactory
from tests.feeds.reading import read, valid
from tests.promises.small_site import small_site

pytestmark = pytest.mark.django_db

FEEDS = (
    "/changes.atom",
    "/companies/acme/changes.atom",
    "/technologies/python/changes.atom",
    "/quotes.atom",
)
# What each kind of text has to survive.
HOSTILE = "<script>x</script>\"'& ü 東 \U0001f600 \x01\x0b\ufffe ]]> &amp; é"


@pytest.fixture
def quote():
    row = ClaimFactory(
        key="acme-01",
        kind=ClaimKind.QUOTE,
        company__slug="acme",
        technologies={TechnologyFactory(slug="python", name="Python"): Role.USES},
    )
    record_missing()
    return row


def parsed(client, path):
    feed = feedparser.parse(client.get(path).content)
    assert feed.bozo is False, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_readers_parser_finds_nothing_to_complain_of(client, quote, path):
    feed = parsed(client, path)
    assert feed.feed.id.startswith("tag:testserver,2026:")
    assert feed.feed.author == "Stackfacts"
    assert feed.feed.title.startswith("Stackfacts: ")
    assert {link.rel for link in feed.feed.links} == {"alternate", "self"}
    assert client.get(feed.feed.link).status_code == 200
    assert feed.entries
    for entry in feed.entries:
        assert entry.published_parsed <= entry.updated_parsed
        assert entry.title
        assert client.get(entry.link).status_code == 200
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_identities_and_first_dates_stay_when_everything_is_edited(client, quote, path):
    before = {entry.id: entry.published for entry in parsed(client, path).entries}
    save(quote, title="Other", quotation="Other words.", speaker="Somebody else")
    save(quote.company, name="Other", summary="Other.")
    save(quote.source, title="Other", publisher="Other")
    after = {entry.id: entry.published for entry in parsed(client, path).entries}
    assert after.items() >= before.items()


@pytest.mark.parametrize("path", FEEDS)
def test_any_text_leaves_a_feed_valid(client, quote, path):
    save(quote, title=HOSTILE, text=HOSTILE, quotation=HOSTILE, speaker=HOSTILE, locator=HOSTILE)
    save(quote.company, name=HOSTILE)
    save(quote.source, title=HOSTILE, publisher=HOSTILE)
    feed = parsed(client, path)
    valid(client.get(path).content)
    assert b"<script" not in client.get(path).content
    # feedparser hands on what it holds harmless, so that this is only what we wrote.
    assert all("<script" not in entry.summary for entry in feed.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_who_has_a_feed_already_is_told_so(client, quote, path):
    first = client.get(path)
    for known in (
        {"if-none-match": first["ETag"]},
        {"if-none-match": f'"other", W/{first["ETag"]}'},
        {"if-modified-since": first["Last-Modified"]},
    ):
        again = client.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    # Whoever names the answer has said more than its date.
    both = {"if-none-match": '"other"', "if-modified-since": first["Last-Modified"]}
    assert client.get(path, headers=both).status_code == 200
    assert parsedate_to_datetime(first["Last-Modified"]) <= datetime.datetime.now(datetime.UTC)


@pytest.mark.parametrize("path", FEEDS)
def test_a_draft_changes_no_validator_and_a_change_does(client, quote, path):
    def validators():
        answer = client.get(path)
        return answer["ETag"], answer["Last-Modified"]

    before = validators()
    draft = ClaimFactory(
        status=Status.DRAFT, company=quote.company, technologies={"Python": Role.USES}
    )
    record_missing()
    save(draft, title="Other", quotation="Secret.")
    assert validators() == before
    save(quote, quotation="Other words.")
    assert validators()[0] != before[0]


def test_a_feed_that_lost_an_entry_is_new_to_who_asks_by_date(client, quote, monkeypatch):
    first = client.get("/quotes.atom")
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1)
    monkeypatch.setattr("companies.exchange.revisions.timezone.now", lambda: later)
    save(quote, status=Status.WITHDRAWN)
    again = client.get("/quotes.atom", headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 200
    assert b"<entry" not in again.content


def test_a_compressed_feed_is_known_again(client, quote):
    save(quote, quotation="Words upon words. " * 40)
    first = client.get("/changes.atom", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    headers = {"accept-encoding": "gzip", "if-none-match": first["ETag"]}
    assert client.get("/changes.atom", headers=headers).status_code == 304


def test_a_feed_of_nothing_stays_the_same(client):
    for path in ("/changes.atom", "/quotes.atom"):
        assert client.get(path)["ETag"] == client.get(path)["ETag"]
        assert read(client, path).findtext("{*}updated") == "2026-01-01T00:00:00+00:00"


def test_feeds_are_valid_on_a_site_with_everything(client):
    site = small_site()
    for name, path in site.addresses.items():
        if name.endswith("_feed"):
            assert read(client, path).findall("{*}entry"), name


def test_pages_name_their_feeds(client, quote):
    for page, feed in (
        ("/", FEEDS[0]),
        ("/companies/acme/", FEEDS[1]),
        ("/technologies/python/", FEEDS[2]),
        ("/quotes/", FEEDS[3]),
    ):
        body = client.get(page).content.decode()
        (door,) = [line for line in body.split("<link ") if f'href="{feed}"' in line.split(">")[0]]
        assert door.startswith('rel="alternate" type="application/atom+xml" title="')
        assert f'<a href="{feed}">' in body


BREAKING = [
    (b"<entry>", b"<entry><p/>"),
    (b"<id>tag:", b"<id>changes:"),
    (b"</published>", b" </published>"),
    (b"<updated>", b"<updated>on "),
    (b'rel="self"', b'rel="other"'),
    (b"<author>", b"<!--"),
    (b"<summary type=", b"<summary x="),
]


@pytest.mark.parametrize(("right", "wrong"), BREAKING)
def test_what_is_no_atom_is_noticed(client, quote, right, wrong):
    content = client.get("/quotes.atom").content
    assert right in content
    with pytest.raises((AssertionError, SyntaxError)):
        valid(content.replace(right, wrong, 1))


def test_a_source_or_company_deleted_from_history_is_no_error(client, quote):
    # As after a script that wrote behind the history's back.
    Company.objects.update(name="Another")
    Source.objects.update(title="Another")
    assert "Another" in parsed(client, "/quotes.atom").entries[0].summary
