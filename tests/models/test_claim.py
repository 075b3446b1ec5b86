from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from companies.evidence import Agreement, Support, Tier
from companies.models import Claim, ClaimKind
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def unsaved(**given):
    """A claim as an editor hands it in: related rows exist, it doesn't."""
    return ClaimFactory.build(company=CompanyFactory(slug="meta"), source=SourceFactory(), **given)


class TestKey:
    @pytest.mark.parametrize(
        ("taken", "key"),
        [
            ([], "meta-01"),
            (["meta-01"], "meta-02"),
            (["meta-01", "meta-07"], "meta-08"),
            (["meta-9"], "meta-10"),
            (["meta-99"], "meta-100"),
            # Neither a number of this company …
            (["meta-ai-05", "metal-06", "facebook-07"], "meta-01"),
            # … nor a number.
            (["meta-hhvm", "meta-2b", "meta-2016-05"], "meta-01"),
        ],
    )
    def test_an_empty_key_becomes_the_companys_next_number(self, taken, key):
        for other in taken:
            ClaimFactory(key=other)
        claim = unsaved(key="")
        claim.save()
        assert Claim.objects.get(pk=claim.pk).key == key

    def test_an_empty_key_is_valid(self):
        claim = unsaved(key="")
        claim.full_clean()
        assert claim.key == "meta-01"

    def test_without_a_company_only_the_company_is_missing(self):
        claim = ClaimFactory.build(key="", company=None, source=SourceFactory())
        with pytest.raises(ValidationError) as refusal:
            claim.full_clean()
        assert list(refusal.value.message_dict) == ["company"]

    def test_a_given_key_is_kept(self):
        claim = unsaved(key="meta-hhvm")
        claim.full_clean()
        claim.save()
        claim.title = "Another title"
        claim.save()
        assert claim.key == "meta-hhvm"

    def test_a_key_outlives_the_companys_slug(self):
        claim = ClaimFactory(company__slug="facebook", key="")
        claim.company.slug = "meta"
        claim.company.save()
        claim.save()
        assert claim.key == "facebook-01"

    def test_a_taken_key_is_told_at_the_key(self):
        ClaimFactory(key="meta-01")
        with pytest.raises(ValidationError) as refusal:
            unsaved(key="meta-01").full_clean()
        assert list(refusal.value.message_dict) == ["key"]

    def test_the_key_is_the_address(self):
        claim = ClaimFactory.build(key="meta-01")
        assert claim.get_absolute_url() == reverse("companies:claim", args=["meta-01"])
        assert claim.get_absolute_url() == "/claims/meta-01/"


class TestSpeaker:
    @pytest.mark.parametrize("speaker", ["", "  ", "\xa0"])
    @pytest.mark.parametrize("author", ["", " "])
    def test_a_quote_that_nobody_says_is_told_at_the_speaker(self, speaker, author):
        claim = unsaved(kind=ClaimKind.QUOTE, speaker=speaker)
        claim.source.author = author
        with pytest.raises(ValidationError) as refusal:
            claim.full_clean()
        assert refusal.value.message_dict == {
            "speaker": ["Name the speaker: the source doesn't name its author either."]
        }

    def test_a_quote_without_a_source_is_told_at_the_source(self):
        claim = unsaved(kind=ClaimKind.QUOTE, speaker="")
        claim.source = None
        with pytest.raises(ValidationError) as refusal:
            claim.full_clean()
        assert list(refusal.value.message_dict) == ["source"]

    def test_words_of_the_author_need_no_speaker(self):
        claim = unsaved(kind=ClaimKind.QUOTE, speaker="")
        claim.source.author = "Ada Lovelace"
        claim.full_clean()
        assert claim.said_by == "Ada Lovelace"

    def test_the_speaker_says_it_rather_than_the_author(self):
        claim = ClaimFactory.build(speaker="Ada Lovelace", source__author="Jean Jennings")
        assert claim.said_by == "Ada Lovelace"


class TestEvidence:
    def test_supports_are_the_own_source_and_every_citation(self):
        claim = ClaimFactory(source__tier=Tier.PRIMARY, source__publisher="Meta")
        CitationFactory(
            claim=claim,
            source__tier=Tier.SECONDARY,
            source__publisher="Times",
            agreement=Agreement.DIFFERS,
        )
        assert claim.supports == [
            Support(Tier.PRIMARY, "Meta", Agreement.AGREES),
            Support(Tier.SECONDARY, "Times", Agreement.DIFFERS),
        ]


def test_a_stored_figure_reads_as_it_was_stated():
    claim = ClaimFactory(
        kind=ClaimKind.MIGRATION,
        figure_before=Decimal("7.5"),
        figure_value=Decimal("2.5"),
        figure_unit="seconds",
        figure_qualifier="about",
    )
    assert Claim.objects.get(pk=claim.pk).figure_in_words == "7.5 → about 2.5 seconds"
    assert ClaimFactory().figure_in_words == ""


class TestFigure:
    @pytest.mark.parametrize("field", ["figure_value", "figure_before"])
    def test_a_number_that_sqlite_would_round_is_refused_at_its_field(self, field):
        figures = {"figure_value": 1, "figure_before": 2} | {field: Decimal("1234567890123456")}
        claim = unsaved(kind=ClaimKind.KEY_FIGURE, **figures)
        with pytest.raises(ValidationError) as refusal:
            claim.full_clean()
        assert list(refusal.value.message_dict) == [field]

    def test_a_number_of_fifteen_digits_comes_back_as_it_was(self):
        claim = unsaved(kind=ClaimKind.KEY_FIGURE, figure_value=Decimal("123456789.123456"))
        claim.full_clean()
        claim.save()
        assert Claim.objects.get().figure_value == Decimal("123456789.123456")


@pytest.mark.parametrize(
    "value",
    ["0.000001", "123456789.012345", "999999999.999999", "123456789012345", "999999999999999000"],
)
def test_a_figure_of_up_to_15_digits_comes_back_as_it_was(value):
    claim = ClaimFactory(kind=ClaimKind.MIGRATION, figure_value=value, figure_before=value)
    claim.full_clean()
    claim.refresh_from_db()
    assert (claim.figure_value, claim.figure_before) == (Decimal(value), Decimal(value))


@pytest.mark.parametrize("field", ["figure_value", "figure_before"])
def test_a_figure_of_more_digits_is_refused_and_told(field):
    claim = ClaimFactory(kind=ClaimKind.MIGRATION)
    setattr(claim, field, Decimal("1234567890.123456"))
    with pytest.raises(ValidationError) as refusal:
        claim.full_clean()
    assert refusal.value.message_dict == {field: ["At most 15 digits can be kept exactly."]}
