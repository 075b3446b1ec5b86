"""Fact-checks as ClaimReview."""

import datetime

import pytest

from companies.evidence import Agreement, Tier, Verdict
from companies.exchange.revisions import record_missing
from companies.fact_check import fact_check
from companies.linked_data import RATINGS, claim_reviews
from companies.models import Claim, Revision
from tests.factories import CitationFactory, ClaimFactory, SourceFactory
from tests.linked_data.vocabulary import faults

REQUIRED = {
    "ClaimReview": {
        "url",
        "claimReviewed",
        "itemReviewed",
        "author",
        "datePublished",
        "reviewRating",
    },
    "Claim": {"author", "appearance"},
    "CreativeWork": {"url", "name", "publisher"},
    "Rating": {"alternateName", "ratingValue", "bestRating", "worstRating"},
    "Organization": {"name"},
    "Person": {"name"},
}


def lacks(item):
    """What a thing or a part of it has not, as `type.property`."""
    kind = item["@type"]
    found = [f"{kind}.{name}" for name in REQUIRED[kind] - set(item)]
    for value in item.values():
        for part in value if isinstance(value, list) else [value]:
            found += lacks(part) if isinstance(part, dict) else []
    return found


def is_sound(review):
    data = {"@context": "https://schema.org", "@graph": [review]}
    return faults(data) == [] and lacks(review) == []


def reviewed(source, page="/sources/article/"):
    statements = fact_check(source).statements
    return claim_reviews(statements, source, page, lambda path: f"https://example.org{path}")


@pytest.fixture
def article():
    return SourceFactory(
        key="article",
        title="An article",
        url="https://example.com/article",
        publisher="A magazine",
        author="Ada Lovelace; A magazine",
        published_on="2019-05",
        tier=Tier.SECONDARY,
    )


@pytest.mark.django_db
class TestReview:
    def one(self, article, **given):
        given = {"agreement": Agreement.DIFFERS, "as_reported": "Over 21.", "note": "21."} | given
        CitationFactory(source=article, claim__key="acme-01", **given)
        (review,) = reviewed(article)
        return review

    def test_says_who_says_what_where_and_what_is_made_of_it(self, article, settings):
        settings.SITE_NAME = "Our facts"
        review = self.one(article)
        assert is_sound(review)
        assert review["url"] == "https://example.org/sources/article/#acme-01"
        assert (review["claimReviewed"], review["reviewBody"]) == ("Over 21.", "21.")
        assert review["author"] == {
            "@type": "Organization",
            "@id": "https://example.org/#publisher",
            "name": "Our facts",
            "url": "https://example.org/",
        }
        item = review["itemReviewed"]
        magazine = {"@type": "Organization", "name": "A magazine"}
        assert item["author"] == [{"@type": "Person", "name": "Ada Lovelace"}, magazine]
        assert item["datePublished"] == "2019-05"
        assert item["appearance"]["url"] == "https://example.com/article"
        assert item["appearance"]["publisher"] == magazine

    def test_keeps_its_address_on_whatever_page_it_stands(self, article):
        CitationFactory(source=article, claim__key="acme-01")
        (review,) = reviewed(article, "/sources/article/?page=2")
        assert review["@id"] == "https://example.org/sources/article/#acme-01"
        assert review["url"] == "https://example.org/sources/article/?page=2#acme-01"

    def test_cites_what_it_rests_on(self, article):
        review = self.one(article, claim__source__url="https://acme.example/post")
        assert review["citation"]["url"] == "https://acme.example/post"

    def test_leaves_out_what_is_not_known(self, article):
        article.author = article.published_on = ""
        article.save()
        review = self.one(article, note="")
        assert is_sound(review)
        assert review["itemReviewed"]["author"] == [{"@type": "Organization", "name": "A magazine"}]
        assert "datePublished" not in review["itemReviewed"]
        assert "reviewBody" not in review

    def test_of_a_statement_that_simply_agrees_is_about_the_claims_words(self, article):
        given = {"agreement": Agreement.AGREES, "as_reported": "", "claim__text": "It was 21."}
        assert self.one(article, **given)["claimReviewed"] == "It was 21."

    @pytest.mark.parametrize(
        ("agreement", "words", "value"),
        [
            (Agreement.AGREES, "Confirmed", 5),
            (Agreement.DIFFERS, "Corrected", 3),
            (Agreement.CONTRADICTS, "Contradicted", 1),
        ],
    )
    def test_rates_by_the_verdict(self, article, agreement, words, value):
        rating = self.one(article, agreement=agreement)["reviewRating"]
        assert (rating["alternateName"], rating["ratingValue"]) == (words, value)
        assert (rating["worstRating"], rating["bestRating"]) == (1, 5)

    def test_is_of_the_day_of_the_check(self, article):
        given = {"claim__checked_on": datetime.date(2026, 2, 1), "claim__checked_by": "ann"}
        assert self.one(article, **given)["datePublished"] == "2026-02-01"

    def test_is_else_of_the_day_of_the_last_public_change(self, article):
        CitationFactory(source=article, claim__key="acme-01")
        record_missing()
        Revision.objects.update(made_at=datetime.datetime(2025, 3, 4, tzinfo=datetime.UTC))
        (review,) = reviewed(article)
        assert review["datePublished"] == "2025-03-04"

    def test_is_without_history_of_the_day_it_was_saved(self, article):
        review = self.one(article)
        assert review["datePublished"] == Claim.objects.get().updated.date().isoformat()


@pytest.mark.django_db
def test_nothing_is_reviewed_that_nothing_first_hand_speaks_of(article):
    ClaimFactory(source=article)
    CitationFactory(source=article, claim__source__tier=Tier.SECONDARY)
    assert reviewed(article) == []
    post = SourceFactory(tier=Tier.PRIMARY)
    CitationFactory(source=post)
    assert reviewed(post) == []


def test_every_verdict_but_the_missing_one_has_a_rating_of_its_own():
    assert set(RATINGS) == set(Verdict) - {Verdict.UNVERIFIED}
    assert len(set(RATINGS.values())) == 3
