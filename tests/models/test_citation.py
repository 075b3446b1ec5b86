import pytest
from django.core.exceptions import ValidationError

from companies.evidence import Agreement, Support, Tier
from tests.factories import CitationFactory, ClaimFactory

pytestmark = pytest.mark.django_db


def test_the_claims_own_source_is_no_further_one():
    claim = ClaimFactory()
    with pytest.raises(ValidationError) as refusal:
        CitationFactory.build(claim=claim, source=claim.source).full_clean()
    assert refusal.value.message_dict == {
        "source": ["The claim rests on this source already; cite a further one."]
    }


def test_a_citation_may_agree_without_a_word():
    citation = CitationFactory(agreement=Agreement.AGREES, as_reported="")
    citation.full_clean()


def test_a_source_may_state_several_things_about_a_claim():
    first = CitationFactory(as_reported="80 %")
    CitationFactory(claim=first.claim, source=first.source, as_reported="four fifths").full_clean()
    assert first.claim.citations.count() == 2


def test_a_report_of_the_longest_words_fits_the_unique_index():
    """PostgreSQL's index takes 2,704 bytes; these characters take four each and don't compress."""
    words = "".join(chr(0x20000 + number * 7919 % 40_000) for number in range(600))
    citation = CitationFactory(as_reported=words)
    citation.full_clean()
    citation.refresh_from_db()
    assert citation.as_reported == words


def test_a_citation_supports_as_its_source_does():
    citation = CitationFactory.build(
        source__tier=Tier.SECONDARY, source__publisher="Times", agreement=Agreement.DIFFERS
    )
    assert citation.as_support == Support("secondary", "Times", "differs")
