import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.exchange.revisions import record_missing
from companies.models import Role
from companies.search import Facet, look_up
from tests.factories import ClaimFactory, CompanyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entries():
    for company, title, text in (
        ("Discord", "Read States", "The service moved to it after spikes of latency."),
        ("Spotify", "Players", "Nobody wants to leave it; go and see."),
    ):
        ClaimFactory(
            company=CompanyFactory(name=company),
            title=title,
            text=text,
            technologies={"Rust": Role.USES, "Go": Role.REJECTED} if company == "Discord" else {},
        )
    record_missing()


def found_by(text, **narrowed):
    return look_up(text, {Facet(facet): value for facet, value in narrowed.items()})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # “leave” and “go” stand together elsewhere, but as words of a text.
        ("why did discord leave go", "discord go"),
        ("discord xylophone rust", "discord rust"),
        ("xylophone spikes qqq", "spikes"),
        ("spotify latency", "spotify"),
        # A misspelt name is put right as well.
        ("discrod xylophone rust", "discord rust"),
        ("the “read states” of xylophones", '"read states"'),
    ],
)
def test_as_many_words_are_kept_as_anything_has_and_names_before_texts(text, kept):
    results = found_by(text)
    assert results.corrected == kept
    assert results.matches


@pytest.mark.parametrize("text", ["xylophone", "xylophone qqq", '"states read"', "", "?!"])
def test_without_any_known_word_nothing_is_found(text):
    results = found_by(text)
    assert (results.matches, results.corrected) == ([], "")


def test_what_has_all_words_is_left_alone():
    assert found_by("discord rust latency").corrected == ""


def test_words_are_left_out_within_what_the_search_is_narrowed_to():
    assert found_by("discord xylophone", kind="company").corrected == "discord"
    assert found_by("discord xylophone", kind="quote").matches == []


def test_a_long_question_costs_a_bounded_number_of_queries():
    text = "discord rust go latency spikes service moved leave nobody wants see read states players"
    with CaptureQueriesContext(connection) as asked:
        assert found_by(text).corrected
    # Twelve words count, each looked up and perhaps held against names; then fourteen sets of four.
    assert len(asked) < 70
