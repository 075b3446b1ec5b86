import pytest

from companies.models import ClaimKind, Status
from tests.factories import ClaimFactory, SourceFactory, TechnologyFactory
from tests.views.reading import listed, words

pytestmark = pytest.mark.django_db

PATH = "/quotes/"


def test_a_quote_shows_words_speaker_company_evidence_date_and_place(client):
    ClaimFactory(
        kind=ClaimKind.QUOTE,
        company__name="Acme",
        title="On Python",
        quotation="We love it.",
        speaker="Ada Lovelace",
        speaker_role="engineer",
        as_of="2016-05",
        source=SourceFactory(title="A talk", publisher="PyCon", published_on="2017"),
        locator="minute 3",
    )
    shown = words(client.get(PATH))
    assert "1 quote" in shown
    assert "We love it. Ada Lovelace, engineer Acme · On Python · Primary · May 2016 ·" in shown
    assert "A talk, PyCon, 2017, minute 3 original" in shown


def test_words_in_a_claim_of_any_kind_are_a_quote(client):
    weakness = ClaimFactory(kind=ClaimKind.WEAKNESS, quotation="It is slow.", as_of="2020")
    quote = ClaimFactory(kind=ClaimKind.QUOTE, as_of="2019")
    ClaimFactory(kind=ClaimKind.USE_CASE)
    assert listed(client, PATH) == [weakness.key, quote.key]


def test_filters_narrow_page_and_files_alike(client):
    rust = TechnologyFactory(slug="rust", name="Rust")
    named = ClaimFactory(kind=ClaimKind.QUOTE, technologies=[rust], speaker="Grace Hopper")
    other = ClaimFactory(kind=ClaimKind.QUOTE, as_of="2010", quotation="Grace matters.")
    assert listed(client, PATH) == [named.key, other.key]
    assert listed(client, PATH, technology="rust") == [named.key]
    assert listed(client, PATH, q="grace") == [named.key, other.key]
    assert listed(client, PATH, q="hopper") == [named.key]
    assert listed(client, PATH, q="matters", technology="rust") == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_unpublished_quotes_are_neither_shown_nor_counted(client, status):
    ClaimFactory(kind=ClaimKind.QUOTE, quotation="Hidden", status=status)
    ClaimFactory(kind=ClaimKind.QUOTE, quotation="Hidden", company__status=status)
    assert listed(client, PATH) == []
    assert "No quotes yet." in words(client.get(PATH))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"technology": "no-such"}, "Select a valid choice."),
        ({"page": "x"}, "page: Enter a whole number."),
        ({"q": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
    ids=["technology", "page", "q"],
)
def test_a_bad_parameter_is_refused_with_a_message(client, query, message):
    page = client.get(PATH, query)
    assert page.status_code == 400
    assert message in words(page)


def test_a_page_past_the_last_says_how_many_there_are(client):
    page = client.get(PATH, {"page": 2})
    assert page.status_code == 404
    assert "This list has 1 page; there is no page 2." in words(page)
