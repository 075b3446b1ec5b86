"""What the admin shows of the last time a source's document was asked for."""

import datetime

import pytest

from companies.admin.link_check import STATES
from companies.models import LinkOutcome as Outcome
from companies.models import Source
from tests.admin.conftest import address
from tests.factories import LinkCheckFactory, SourceFactory

NOW = datetime.datetime(2026, 3, 9, 3, 0, tzinfo=datetime.UTC)
MOVED = {"outcome": Outcome.MOVED, "moved_to": "https://example.org/moved"}
KEPT = {
    "archive_url": "https://web.archive.org/web/2016/x",
    "archived_on": datetime.date(2016, 5, 27),
}


@pytest.fixture
def sources(db):
    """One in every state, and one that was asked at another address."""
    SourceFactory(key="never")
    for key, given in {
        "not-answering": {"failures": 4},
        "failing": {"failures": 2},
        "moved": MOVED,
        "robots": {"outcome": Outcome.REFUSED},
        "robots-round": {"outcome": Outcome.ROUND},
        "answers": {},
        "never-here": {"failures": 9, "url": "https://example.org/elsewhere"},
        # Counted as often, but refused since.
        "robots-since": {"failures": 5, "outcome": Outcome.REFUSED},
    }.items():
        LinkCheckFactory(source__key=key, **given)


def listed(client, **query):
    response = client.get(address("source_changelist"), query)
    return {source.key for source in response.context["cl"].result_list}


def section(client, source):
    html = client.get(address("source_change", source.pk)).content.decode()
    part = html.split("field-address_check")[1].split("</fieldset>")[0]
    return " ".join(part.split())


@pytest.mark.parametrize("state", STATES)
def test_the_list_is_filtered_by_each_state(admin_client, sources, state):
    keys = set(Source.objects.values_list("key", flat=True))
    assert listed(admin_client, document=state) == {key for key in keys if key.startswith(state)}


def test_the_states_share_out_all_sources(admin_client, sources):
    keys = [key for state in STATES for key in listed(admin_client, document=state)]
    assert sorted(keys) == sorted(Source.objects.values_list("key", flat=True))


@pytest.mark.parametrize("unknown", ["dead", "1", "<b>"])
def test_an_unknown_state_filters_nothing(admin_client, sources, unknown):
    assert len(listed(admin_client, document=unknown)) == Source.objects.count()


def test_the_column_says_the_state_where_somebody_asked(admin_client, sources):
    html = admin_client.get(address("source_changelist")).content.decode()
    assert html.count('<span class="state') == 7
    assert html.count('<span class="state disputed">not answering</span>') == 1
    for words, number in (("failing", 1), ("moved", 1), ("refuses robots", 3), ("answers", 1)):
        assert html.count(f'<span class="state">{words}</span>') == number


def test_the_list_is_sorted_by_the_state(admin_client, sources):
    assert len(listed(admin_client, o="8")) == Source.objects.count()


class TestSection:
    def test_of_a_document_that_nobody_asked_for(self, admin_client, db):
        assert "Nobody has asked for it at this address yet" in section(
            admin_client, SourceFactory()
        )

    def test_of_one_that_was_asked_for_elsewhere(self, admin_client, db):
        source = LinkCheckFactory(url="https://example.org/elsewhere", failures=9).source
        assert "Nobody has asked for it at this address yet" in section(admin_client, source)

    def test_of_one_that_answers(self, admin_client, db):
        shown = section(admin_client, LinkCheckFactory(checked_at=NOW).source)
        assert "<strong>Answers</strong> (200), when asked on 9 March 2026." in shown
        assert "No archived copy is known." in shown
        assert "It has been failing since" not in shown

    def test_of_one_that_does_not_answer(self, admin_client, db):
        check = LinkCheckFactory(
            checked_at=NOW,
            failures=5,
            outcome=Outcome.BAD_TLS,
            detail="Expired & <gone>.",
            **KEPT,
        )
        shown = section(admin_client, check.source)
        assert '<strong class="disputed">No valid certificate</strong>, when asked' in shown
        assert "Expired &amp; &lt;gone&gt;." in shown
        assert (
            "It has been failing since 4 March 2026, on 5 days. Its page tells visitors so."
            in shown
        )
        assert "Nothing is unpublished by that." in shown
        assert f'<a href="{KEPT["archive_url"]}" rel="noopener noreferrer">Archived copy' in shown
        assert "of 27 May 2016</a>" in shown

    def test_of_one_whose_failures_do_not_count_yet(self, admin_client, db, settings):
        settings.LINK_FAILURES, settings.LINK_FAILURE_DAYS = 7, 1
        shown = section(admin_client, LinkCheckFactory(checked_at=NOW, failures=1).source)
        assert "It has been failing since 8 March 2026, on 1 day." in shown
        assert "It counts as not answering after 7 failures over 1 day." in shown

    def test_of_one_that_has_moved(self, admin_client, db):
        shown = section(admin_client, LinkCheckFactory(**MOVED).source)
        assert '<a href="https://example.org/moved" rel="noopener noreferrer">' in shown

    def test_of_one_whose_site_refuses_robots(self, admin_client, db):
        shown = section(admin_client, LinkCheckFactory(outcome=Outcome.REFUSED).source)
        assert "This says nothing about the document: open it in a browser." in shown

    def test_it_stands_on_no_page_of_a_new_source(self, admin_client):
        html = admin_client.get(address("source_add")).content.decode()
        assert "address_check" not in html

    def test_it_can_be_read_and_nothing_else(self, client_with, db):
        source = LinkCheckFactory().source
        assert "<strong>Answers</strong>" in section(client_with("view_source"), source)


def test_a_check_is_deleted_with_its_source(admin_client, db):
    source = LinkCheckFactory().source
    data = {"post": "yes"}
    assert admin_client.post(address("source_delete", source.pk), data).status_code == 302
    assert not Source.objects.exists()
