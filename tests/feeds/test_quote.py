"""The feed of quotations: what is new, and since when it is as it is."""

import datetime

import pytest

from companies.exchange.revisions import record_missing
from companies.feeds import quote
from companies.models import ClaimKind, Company, Status
from tests.archive.at_days import day, on
from tests.exchange.changing import save
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory
from tests.feeds.reading import ATOM, entries, links, read, texts

pytestmark = pytest.mark.django_db

PATH = "/quotes.atom"


def said(key="acme-01", **given):
    """A quotation that has its history from the moment on."""
    source = SourceFactory(
        url=f"https://acme.example/{key}",
        title="Our servers",
        publisher="Acme Blog",
        author="Bob",
        published_on="2020-05",
    )
    acme = Company.objects.filter(name="Acme").first() or CompanyFactory(
        name="Acme", status=given.pop("company_status", Status.PUBLISHED)
    )
    given = {"company": acme, "speaker": "Ann", "quotation": f"Words of {key}.", **given}
    row = ClaimFactory(**{"key": key, "kind": ClaimKind.QUOTE, "source": source, **given})
    record_missing()
    return row


def noon(number):
    return f"{day(number)}T12:00:00+00:00"


def dates(client):
    (entry,) = entries(client, PATH)
    return entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")


def test_an_entry_has_words_speaker_role_source_and_the_permanent_address(client):
    said(speaker_role="CTO", locator="page 3", quotation="It is <fast> & small.")
    feed = read(client, PATH)
    assert texts([feed], "title") == ["Stackfacts: quotes"]
    assert texts([feed], "id") == ["tag:testserver,2026:quotes"]
    assert links(feed) == {
        "alternate": "http://testserver/quotes/",
        "self": f"http://testserver{PATH}",
    }
    (entry,) = feed.findall(f"{ATOM}entry")
    assert texts([entry], "title") == ["Ann: “It is <fast> & small.”"]
    assert texts([entry], "id") == ["tag:testserver,2026:quote/acme-01"]
    assert links(entry) == {"alternate": "http://testserver/claims/acme-01/"}
    assert entry.findtext(f"{ATOM}summary").split("\n") == [
        '<blockquote cite="https://acme.example/acme-01"><p>It is &lt;fast&gt; &amp; small.</p>'
        "</blockquote>",
        "<p>— Ann, CTO (Acme)</p>",
        '<p>Source: <a href="https://acme.example/acme-01">Our servers</a>, Acme Blog, May 2020, '
        "page 3</p>",
        "",
    ]


def test_without_a_speaker_it_is_the_author_who_says_it(client):
    said(speaker="", quotation="word " * 100)
    (title,) = texts(entries(client, PATH), "title")
    assert title.startswith("Bob: “word word ")
    assert title.endswith("…”")
    assert len(title) < 120


def test_any_claim_with_words_is_there_and_no_other(client):
    said("acme-02", kind=ClaimKind.WEAKNESS)
    ClaimFactory(key="acme-03", kind=ClaimKind.USE_CASE, quotation="")
    record_missing()
    assert texts(entries(client, PATH), "id") == ["tag:testserver,2026:quote/acme-02"]


def test_what_came_to_the_site_last_comes_first_whenever_it_was_said(client):
    with on(1):
        said("acme-01", as_of="2026")
        late = said("acme-02", as_of="2024", status=Status.DRAFT)
        words_later = ClaimFactory(key="acme-03", kind=ClaimKind.USE_CASE, quotation="")
        record_missing()
    with on(2):
        said("acme-04", as_of="1999")
    with on(3):
        save(late, status=Status.PUBLISHED)
    with on(4):
        save(words_later, quotation="Words.", speaker="Ann")
    found = entries(client, PATH)
    keys = [identity.rpartition("/")[2] for identity in texts(found, "id")]
    assert keys == ["acme-03", "acme-02", "acme-04", "acme-01"]
    assert texts(found, "published") == [noon(4), noon(3), noon(2), noon(1)]
    assert texts(found, "updated") == texts(found, "published")


def test_only_the_newest_are_in_the_feed(client, monkeypatch):
    monkeypatch.setattr(quote, "NEWEST", 2)
    for number in range(3):
        said(f"acme-{number}")
    assert [one.rpartition("-")[2] for one in texts(entries(client, PATH), "id")] == ["2", "1"]


CHANGES = {
    "words": lambda row: save(row, quotation="Other words."),
    "speaker": lambda row: save(row, speaker="Eve"),
    "role": lambda row: save(row, speaker_role="CEO"),
    "locator": lambda row: save(row, locator="page 4"),
    "another source": lambda row: save(row, source=another()),
    "company": lambda row: save(row.company, name="Acme & Sons"),
    "title": lambda row: save(row.source, title="Their servers"),
    "publisher": lambda row: save(row.source, publisher="The Blog"),
    "address": lambda row: save(row.source, url="https://acme.example/other"),
    "date": lambda row: save(row.source, published_on="2021"),
}


def another():
    source = SourceFactory()
    record_missing()
    return source


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_updated_when_what_it_shows_changes(client, change):
    with on(1):
        row = said()
    before = client.get(PATH).content
    with on(2):
        change(row)
    assert client.get(PATH).content != before
    assert dates(client) == (noon(1), noon(2))


UNSHOWN = {
    "title": lambda row: save(row, title="Other"),
    "scope": lambda row: save(row, scope="back end"),
    "note": lambda row: save(row, note="Other."),
    "check": lambda row: save(row, checked_on=datetime.date(2026, 3, 1), checked_by="Ann"),
    "summary": lambda row: save(row.company, summary="It makes anvils."),
    "note of the source": lambda row: save(row.source, note="Other."),
    "nothing": save,
}


@pytest.mark.parametrize("change", UNSHOWN.values(), ids=UNSHOWN)
def test_it_stays_byte_for_byte_the_same_when_anything_else_changes(client, change):
    with on(1):
        row = said()
    before = client.get(PATH).content
    with on(2):
        change(row)
    assert client.get(PATH).content == before


def test_it_is_not_updated_while_it_is_away(client):
    with on(1):
        row = said()
    with on(2):
        save(row, status=Status.WITHDRAWN, quotation="Secret.")
    assert entries(client, PATH) == []
    with on(3):
        save(row, quotation="Words of acme-01.")
    with on(4):
        save(row, status=Status.PUBLISHED)
    assert dates(client) == (noon(1), noon(1))


def test_it_is_published_when_its_company_is(client):
    with on(1):
        row = said(company_status=Status.DRAFT)
    assert entries(client, PATH) == []
    with on(2):
        save(row.company, status=Status.PUBLISHED)
    assert dates(client) == (noon(2), noon(2))


def test_a_quotation_that_has_no_history_yet_is_left_out(client):
    ClaimFactory(kind=ClaimKind.QUOTE)
    assert entries(client, PATH) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, number):
    for one in range(number):
        save(said(f"acme-{one}"), quotation="Other words.")
    with django_assert_num_queries(3):
        client.get(PATH)


def test_the_page_of_quotes_leads_to_it(client):
    said()
    assert f'are also <a href="{PATH}">a feed</a>.' in client.get("/quotes/").content.decode()
