import pytest
from django.core.exceptions import ValidationError

from companies.evidence import Tier
from companies.models import ClaimKind, FormerSourceKey, Source, SourceKind
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    FormerSourceKeyFactory,
    SourceFactory,
)
from tests.test_source_address import SAME

pytestmark = pytest.mark.django_db


def test_a_known_address_is_told_at_the_url():
    source = SourceFactory()
    with pytest.raises(ValidationError) as refusal:
        SourceFactory.build(url=source.url).full_clean()
    assert refusal.value.message_dict == {
        "url": ["A source with this address exists already: use that one."]
    }


@pytest.mark.parametrize("field", ["title", "publisher", "author"])
def test_matching_looks_into_title_publisher_and_author(field):
    found = SourceFactory(**{field: "Ada Lovelace"})
    SourceFactory()
    assert list(Source.objects.matching(q="lovelace")) == [found]


def test_matching_narrows_by_tier_and_kind():
    talk = SourceFactory(kind=SourceKind.TALK, tier=Tier.SECONDARY)
    other = SourceFactory()
    assert list(Source.objects.matching(kind=SourceKind.TALK)) == [talk]
    assert list(Source.objects.matching(tier=Tier.SECONDARY)) == [talk]
    assert set(Source.objects.matching()) == {talk, other}


def test_sorting_by_statements_by_date_or_by_title():
    often = SourceFactory(title="Z", published_on="2016")
    once = SourceFactory(title="Y")
    CitationFactory(source=often, claim=ClaimFactory(source=once))
    CitationFactory(source=often)
    SourceFactory(title="A", published_on="2026-05")
    sources = Source.objects.filter(title__in="AYZ")

    def titles(sort):
        return "".join(source.title for source in sources.matching(sort=sort))

    assert titles("") == "ZYA"
    assert titles("newest") == "AZY"
    assert titles("title") == "AYZ"


def test_the_key_is_the_address():
    assert SourceFactory.build(key="netflix-2019").get_absolute_url() == "/sources/netflix-2019/"


@pytest.mark.parametrize("author", ["", "  "])
def test_an_author_whom_a_quote_needs_is_told_at_the_author(author):
    claim = ClaimFactory(kind=ClaimKind.QUOTE, speaker="", source__author="Ada Lovelace")
    claim.source.full_clean()
    claim.source.author = author
    with pytest.raises(ValidationError) as refusal:
        claim.source.full_clean()
    assert refusal.value.message_dict == {
        "author": ["A quote without a speaker rests on this author's name."]
    }


def test_an_author_whom_no_quote_needs_may_be_missing():
    source = ClaimFactory(kind=ClaimKind.QUOTE, source__author="Ada Lovelace").source
    ClaimFactory(source=source)
    source.author = ""
    source.full_clean()


SPELLINGS = [
    "https://example.org/a/Post?x=1&y=2",
    "http://www.Example.org/a/Post/?y=2&utm_source=mail&x=1#top",
    "https://EXAMPLE.ORG:443//a/./Post?x=1&y=2",
]


@pytest.mark.parametrize("stored", SPELLINGS)
@pytest.mark.parametrize("asked", SPELLINGS)
def test_the_same_address_is_found_in_any_spelling(stored, asked):
    known = SourceFactory(url=stored)
    SourceFactory(url="https://example.org/a/Post?x=1&y=3")
    SourceFactory(url="https://example.org/b/Post?x=1&y=2")
    SourceFactory(url="https://other.example.org/a/Post?x=1&y=2")
    assert list(Source.objects.same_address(asked)) == [known]


# Plain letters as escapes have the same form, but are no part of what a search promises.
@pytest.mark.parametrize(
    ("stored", "asked"), [pair for pair in SAME if "%61" not in pair[1] and " " not in pair[0]]
)
def test_what_has_the_same_form_is_found(stored, asked):
    known = SourceFactory(url=stored)
    assert list(Source.objects.same_address(asked)) == [known]


@pytest.mark.parametrize("asked", ["", "nonsense", "https://", "https://100%.org/_%", "ftp://a/b"])
def test_what_is_no_known_address_finds_nothing(asked):
    SourceFactory(url="https://example.org/100x")
    assert list(Source.objects.same_address(asked)) == []


def test_the_same_address_is_looked_for_among_few(django_assert_num_queries):
    for number in range(3):
        SourceFactory(url=f"https://example.org/post-{number}")
    with django_assert_num_queries(2) as captured:
        assert len(Source.objects.same_address("http://example.org/post-1/")) == 1
    assert "LIKE" in captured[0]["sql"]


class TestFormerKeys:
    def test_one_is_refused_for_a_new_source_and_told_at_the_key(self):
        FormerSourceKeyFactory(key="post", source__title="Post", source__publisher="Blog")
        with pytest.raises(ValidationError) as refusal:
            SourceFactory.build(key="post").full_clean()
        assert refusal.value.message_dict == {
            "key": ["This address redirects to “Post (Blog)”: choose another."]
        }

    def test_one_that_a_source_has_now_is_refused_and_told(self):
        source = SourceFactory(key="post")
        with pytest.raises(ValidationError) as refusal:
            FormerSourceKey(source=source, key="post").full_clean()
        assert refusal.value.message_dict == {"key": ["A source has this address now."]}
