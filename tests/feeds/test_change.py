"""The feed as a reader of Atom takes it (RFC 4287)."""

import datetime
import html
import re

import pytest

from companies.exchange.revisions import Cause, record_missing
from companies.feeds import change
from companies.models import Company, Status
from tests.exchange.changing import ANN, last, save
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    UserFactory,
)
from tests.feeds.reading import ATOM, entries, links, read, texts

pytestmark = pytest.mark.django_db

MARKUP = "<script>x</script>\"'&"


def test_the_feed_has_what_atom_asks_for(client, claim):
    feed = read(client)
    assert client.get("/changes.atom")["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert texts([feed], "title") == ["Stackfacts: what changed"]
    assert texts([feed], "id") == ["tag:testserver,2026:changes"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Stackfacts"
    assert links(feed) == {
        "alternate": "http://testserver/changes/",
        "self": "http://testserver/changes.atom",
    }
    (entry,) = feed.findall(f"{ATOM}entry")
    revision = last(claim)
    assert texts([entry], "title") == ["Published: Acme: Back end"]
    assert texts([entry], "id") == [f"tag:testserver,2026:change/{revision.pk}"]
    assert links(entry) == {"alternate": "http://testserver/claims/acme-01/"}
    for when in texts([feed, entry, entry], "updated") + texts([entry], "published"):
        moment = datetime.datetime.fromisoformat(when)
        assert moment.utcoffset() == datetime.timedelta(0)
        assert moment == revision.made_at


def test_a_change_is_told_with_its_reason_and_words(client, claim):
    save(claim, title="Servers", scope="back end")
    newest = entries(client)[0]
    assert texts([newest], "title") == ["Changed: Acme: Servers"]
    summary = newest.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert " ".join(re.sub(r"<[^>]*>", " ", summary.text).split()) == (
        "The post was corrected. Title Back end Servers Scope back end"
    )
    assert "<del>Back end</del>" in summary.text
    assert "<ins>Servers</ins>" in summary.text


def test_the_latest_change_comes_first_and_identities_stay_and_are_unique(client, claim):
    before = texts(entries(client), "id")
    save(claim, title="Two")
    save(claim, status=Status.WITHDRAWN)
    after = texts(entries(client), "id")
    assert after[2:] == before
    assert len(set(after)) == 3
    assert texts([read(client)], "updated") == texts(entries(client)[:1], "updated")
    numbers = [int(identity.rpartition("/")[2]) for identity in after]
    assert numbers == sorted(numbers, reverse=True)


def test_what_is_not_shown_any_more_leads_to_the_page_of_changes(client, claim):
    save(claim, status=Status.WITHDRAWN)
    newest = entries(client)[0]
    assert texts([newest], "title") == ["Withdrawn: Acme: Back end"]
    assert links(newest)["alternate"] == f"http://testserver/changes/#revision-{last(claim).pk}"


@pytest.mark.parametrize(
    ("host", "tag"),
    [("acme.example", "acme.example"), ("localhost:8000", "localhost"), ("[::1]:8000", "1")],
)
def test_an_identity_holds_the_host_but_no_port(client, settings, claim, host, tag):
    settings.ALLOWED_HOSTS = ["*"]
    feed = read(client, headers={"host": host})
    assert texts([feed], "id") == [f"tag:{tag},2026:changes"]
    assert links(feed)["alternate"] == f"http://{host}/changes/"
    secure = read(client, headers={"host": host}, secure=True)
    assert links(secure)["self"] == f"https://{host}/changes.atom"


def test_markup_in_any_text_is_text_for_the_reader_of_the_feed(client, claim):
    Company.objects.update(name=MARKUP)
    save(claim, title="Two words here")
    save(claim, cause=Cause(reason=MARKUP), title=f"{MARKUP} words here", text=MARKUP)
    save(claim, cause=Cause(reason=MARKUP), title="Two more", text=f"{MARKUP} or so")
    newest, before, *_ = entries(client)
    # A title is plain text, so that it is escaped once, for XML; a summary is HTML, so twice.
    assert texts([before], "title") == [f"Changed: {MARKUP}: {MARKUP} words here"]
    for entry in (newest, before):
        summary = entry.findtext(f"{ATOM}summary")
        assert f'<p class="why">{html.escape(MARKUP)}</p>' in summary
        assert summary.count(html.escape(MARKUP)) == 3
        assert "<script" not in summary
    assert b"<script" not in client.get("/changes.atom").content


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_sign_that_xml_cant_hold_does_not_break_the_feed(client, claim, sign):
    save(claim, cause=Cause(reason=f"a{sign}b"), title=f"a{sign}b", text=f"a{sign}b")
    newest = entries(client)[0]
    assert texts([newest], "title") == ["Changed: Acme: a\N{REPLACEMENT CHARACTER}b"]
    assert newest.findtext(f"{ATOM}summary").count("a\N{REPLACEMENT CHARACTER}b") == 3


def test_signs_of_every_plane_stay(client, claim):
    title = "→ ü 東 \U0001f600 \x7f"
    save(claim, title=title)
    assert texts(entries(client)[:1], "title") == [f"Changed: Acme: {title}"]


def test_drafts_and_the_names_of_editors_are_in_no_feed(client, claim):
    ann = UserFactory(username="ann-the-editor", first_name="Ann", last_name="Leetitia")
    secret = ClaimFactory(title="Secret", status=Status.DRAFT, company=claim.company)
    save(secret, cause=Cause.by(ann, "Secret reason."))
    save(claim, cause=Cause.by(ann, "Withdrawn."), status=Status.WITHDRAWN, title="Secret")
    save(claim, cause=Cause.by(ann, "Secret reason."), title="Secret two")
    save(claim, cause=Cause.by(ann, "Again."), status=Status.PUBLISHED, title="Back end")
    body = client.get("/changes.atom").content.decode()
    assert texts(entries(client), "title") == [
        "Published: Acme: Back end",
        "Withdrawn: Acme: Back end",
        "Published: Acme: Back end",
    ]
    assert [word for word in ("Secret", "ann-the", "Leetitia") if word in body] == []


def test_a_feed_of_nothing_is_a_feed(client):
    feed = read(client)
    assert feed.findall(f"{ATOM}entry") == []
    assert datetime.datetime.fromisoformat(feed.findtext(f"{ATOM}updated")).tzinfo


def test_only_the_newest_are_in_the_feed(client, claim, monkeypatch):
    monkeypatch.setattr(change, "NEWEST", 2)
    for number in range(3):
        save(claim, title=str(number))
    assert texts(entries(client), "title") == ["Changed: Acme: 2", "Changed: Acme: 1"]


def test_a_reader_may_ask_for_the_head_and_send_nothing(client, claim):
    head = client.head("/changes.atom")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == client.get("/changes.atom").headers
    assert client.post("/changes.atom").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_many_changes_take_as_many_queries_as_one(client, django_assert_num_queries, number):
    rows = ClaimFactory.create_batch(number)
    lists = CompanyListFactory.create_batch(number, companies=[CompanyFactory()])
    record_missing()
    with django_assert_num_queries(3):
        client.get("/changes.atom")
    for row in (*rows, *lists):
        save(row, cause=ANN, title="Another")
    # One more, to leave out companies of a list that are not published.
    with django_assert_num_queries(4):
        client.get("/changes.atom")
