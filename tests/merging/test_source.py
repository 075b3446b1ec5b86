import datetime

import pytest

from companies.evidence import Agreement, Tier
from companies.exchange.apply import apply
from companies.exchange.problem import CatalogueError
from companies.merging import plan
from companies.models import Citation, ClaimKind, Revision, Subject
from tests.factories import (
    CitationFactory,
    ClaimFactory,
    CompanyListFactory,
    FormerSourceKeyFactory,
    GapFactory,
    SourceFactory,
)
from tests.merging.conftest import CAUSE

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return SourceFactory(key="post", title="The post", publisher="Blog")


@pytest.fixture
def copy():
    return SourceFactory(key="copy", title="The post, again", publisher="Blog")


class TestClaims:
    def test_rest_on_the_survivor_and_tell_why(self, merged, post, copy):
        claim = ClaimFactory(source=copy)
        before = claim.updated
        merged(post, copy)
        claim.refresh_from_db()
        assert claim.source == post
        assert claim.updated > before
        (_before, after) = Revision.objects.of(Subject.CLAIM, [claim.pk])
        assert (after.content["source"], after.reason) == ("post", "They are the same.")

    def test_lists_and_findings_come_along(self, merged, post, copy):
        made, gap = CompanyListFactory(source=copy), GapFactory(source=copy)
        merged(post, copy)
        made.refresh_from_db()
        gap.refresh_from_db()
        assert made.source == gap.source == post
        for subject, pk in ((Subject.LIST, made.pk), (Subject.COMPANY, gap.company_id)):
            (_before, after) = Revision.objects.of(subject, [pk])
            assert after.reason == "They are the same."


class TestCitations:
    def test_move(self, merged, post, copy):
        citation = CitationFactory(source=copy, agreement=Agreement.DIFFERS)
        merged(post, copy)
        citation.refresh_from_db()
        assert citation.source == post

    @pytest.mark.parametrize("rests_on_survivor", [True, False])
    def test_of_a_claim_that_rests_on_the_other_go_if_they_only_agree(
        self, merged, post, copy, rests_on_survivor
    ):
        own, cited = (post, copy) if rests_on_survivor else (copy, post)
        claim = ClaimFactory(source=own, locator="page 2")
        CitationFactory(claim=claim, source=cited, locator="page 2")
        further = CitationFactory(claim=claim)
        made = merged(post, copy)
        claim.refresh_from_db()
        assert claim.source == post
        assert claim.citations.get() == further
        assert len(made.dropped) == 1

    @pytest.mark.parametrize(
        "says",
        [
            {"agreement": Agreement.CONTRADICTS},
            {"agreement": Agreement.DIFFERS},
            {"as_reported": "In other words."},
            {"note": "Only in part."},
            {"locator": "page 3"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("rests_on_survivor", [True, False])
    def test_of_a_claim_that_rests_on_the_other_are_in_the_way_if_they_say_more(
        self, obstacles, post, copy, says, rests_on_survivor
    ):
        own, cited = (post, copy) if rests_on_survivor else (copy, post)
        claim = ClaimFactory(source=own, title="Both")
        CitationFactory(claim=claim, source=cited, **says)
        ((sentence, rows),) = obstacles(post, copy)
        assert sentence.startswith("“Both” rests on one of them and cites another")
        assert rows == [claim]

    def test_with_the_same_words_become_one_that_keeps_both_notes(self, merged, post, copy):
        claim = ClaimFactory()
        CitationFactory(claim=claim, source=copy, locator="page 2", note="Late.")
        CitationFactory(claim=claim, source=post, locator="page 1", note="Early.")
        made = merged(post, copy)
        citation = claim.citations.get()
        assert citation.source == post
        assert (citation.locator, citation.note) == ("page 1; page 2", "Early. Late.")
        assert len(made.dropped) == len(made.rewritten) == 1

    def test_with_other_words_stay_two(self, merged, post, copy):
        claim = ClaimFactory()
        CitationFactory(claim=claim, source=post, as_reported="This.")
        CitationFactory(claim=claim, source=copy, as_reported="That.")
        merged(post, copy)
        assert claim.citations.filter(source=post).count() == 2

    def test_with_the_same_words_and_another_agreement_are_in_the_way(self, obstacles, post, copy):
        claim = ClaimFactory(title="Both")
        CitationFactory(claim=claim, source=post, as_reported="So.")
        CitationFactory(
            claim=claim, source=copy, as_reported="So.", agreement=Agreement.CONTRADICTS
        )
        ((sentence, rows),) = obstacles(post, copy)
        assert sentence.startswith("“Both” cites them with the same words, once as agreeing")
        assert rows == [claim]

    def test_with_notes_too_long_for_one_are_in_the_way(self, obstacles, post, copy):
        claim = ClaimFactory(title="Long")
        for source in (post, copy):
            CitationFactory(claim=claim, source=source, note=source.key + "x" * 600)
        ((sentence, rows),) = obstacles(post, copy)
        assert sentence.startswith("“Long” cites both with the same words, and what it notes")
        assert rows == [claim]


class TestSpeakers:
    def quote(self, source, **given):
        return ClaimFactory(kind=ClaimKind.QUOTE, title="Words", source=source, **given)

    def test_whom_only_the_source_names_come_with_its_author(self, merged, post, copy):
        copy.author = "Ada Lovelace"
        copy.save()
        claim = self.quote(copy, speaker="")
        merged(post, copy)
        claim.refresh_from_db()
        assert post.author == claim.said_by == "Ada Lovelace"

    def test_are_never_exchanged_for_another_author(self, obstacles, post, copy):
        for source, author in ((post, "Ada Lovelace"), (copy, "Jean Jennings")):
            source.author = author
            source.save()
        claim = self.quote(copy, speaker="")
        self.quote(copy, speaker="Grace Hopper")
        ((sentence, rows),) = obstacles(post, copy)
        assert "quotes Jean Jennings, because it names no speaker" in sentence
        assert "would quote Ada Lovelace" in sentence
        assert rows == [claim]

    def test_nobody_gets_words_that_were_nobodys(self, obstacles, post, copy):
        copy.author = "Jean Jennings"
        copy.save()
        claim = ClaimFactory(title="Words", source=post, quotation="We use it.")
        ((sentence, rows),) = obstacles(post, copy)
        assert "somebody who is not named" in sentence
        assert rows == [claim]


class TestGrades:
    def test_that_change_are_counted(self, post, copy):
        copy.tier = Tier.SECONDARY
        copy.save()
        changing = ClaimFactory(source=copy)
        ClaimFactory(source=copy, source__tier=Tier.SECONDARY)
        ClaimFactory(source=post)
        agreeing = ClaimFactory(source=SourceFactory(tier=Tier.SECONDARY, publisher="Blog"))
        CitationFactory(claim=agreeing, source=copy)
        made = plan(post, [copy])
        (remark,) = made.remarks
        assert remark.sentence.startswith("The evidence grade changes")
        assert set(remark.rows) >= {changing, agreeing}
        assert made.obstacles == []

    def test_that_stay_are_not_mentioned(self, post, copy):
        ClaimFactory(source=copy)
        assert plan(post, [copy]).remarks == []

    def test_lost_with_a_second_publisher_are_counted(self, post, copy):
        for source, publisher in ((post, "One"), (copy, "Two")):
            source.tier, source.publisher = Tier.SECONDARY, publisher
            source.save()
        claim = ClaimFactory(source=post)
        CitationFactory(claim=claim, source=copy)
        (remark,) = plan(post, [copy]).remarks
        assert remark.rows == [claim]


def test_empty_fields_are_filled(merged, post, copy):
    copy.published_on, copy.note = "2019-04-29", "The second edition."
    copy.accessed_on = datetime.date(2026, 1, 15)
    copy.save()
    merged(post, copy)
    assert (post.published_on, post.note) == ("2019-04-29", "The second edition.")
    assert post.accessed_on == datetime.date(2026, 1, 15)
    assert post.url.endswith(str(post.url.rpartition("-")[2]))


def test_addresses_redirect_in_one_step_along_a_chain(merged, client, post, copy):
    FormerSourceKeyFactory(source=copy, key="older-copy")
    ClaimFactory(source=copy)
    merged(post, copy)
    for key in ("copy", "older-copy"):
        page = client.get(f"/sources/{key}/?verdict=confirmed")
        assert (page.status_code, page["Location"]) == (301, "/sources/post/?verdict=confirmed")
    last = SourceFactory(key="last")
    merged(last, post)
    for key in ("copy", "older-copy", "post"):
        assert client.get(f"/sources/{key}/")["Location"] == "/sources/last/"
    assert client.get("/sources/last/").status_code == 200


class TestOldContents:
    """Revisions and proposals written before a merge name what is no longer there."""

    def test_of_a_claim_are_taken_over_with_the_survivor(self, merged, post, copy):
        claim = ClaimFactory(source=copy, title="As it was")
        CitationFactory(claim=claim, source__key="further")
        merged(post, copy)
        before = Revision.objects.of(Subject.CLAIM, [claim.pk]).first()
        assert before.content["source"] == "copy"
        claim.refresh_from_db()
        claim.title = "As it is"
        claim.save()
        apply(Subject.CLAIM, claim.pk, before.content, CAUSE)
        claim.refresh_from_db()
        assert (claim.title, claim.source) == ("As it was", post)
        assert claim.citations.get().source.key == "further"
        last = Revision.objects.of(Subject.CLAIM, [claim.pk]).last()
        assert last.content["source"] == "post"

    def test_of_a_claim_that_rested_on_one_and_cited_the_other(self, merged, post, copy):
        claim = ClaimFactory(source=post, title="As it was")
        CitationFactory(claim=claim, source=copy)
        merged(post, copy)
        before = Revision.objects.of(Subject.CLAIM, [claim.pk]).first()
        assert before.content["citations"] == [{"source": "copy", "agreement": "agrees"}]
        claim.refresh_from_db()
        claim.title = "As it is"
        claim.save()
        apply(Subject.CLAIM, claim.pk, before.content, CAUSE)
        assert not Citation.objects.filter(claim=claim).exists()

    def test_that_would_lose_words_are_refused(self, merged, post, copy):
        claim = ClaimFactory(source=post)
        merged(post, copy)
        content = Revision.objects.of(Subject.SOURCE, [post.pk]).last().content
        assert content["former_keys"] == ["copy"]
        cited = {"source": "copy", "agreement": "differs", "as_reported": "Otherwise."}
        claim_content = {
            "company": claim.company.slug,
            "key": claim.key,
            "kind": "use_case",
            "title": "T",
            "text": "T",
            "source": "post",
            "citations": [cited],
        }
        with pytest.raises(CatalogueError):
            apply(Subject.CLAIM, claim.pk, claim_content, CAUSE)

    def test_of_the_survivor_keep_its_former_keys(self, merged, post, copy):
        merged(post, copy)
        before = Revision.objects.of(Subject.SOURCE, [post.pk]).first()
        assert "former_keys" not in before.content
        apply(Subject.SOURCE, post.pk, before.content | {"note": "Read again."}, CAUSE)
        assert post.former_keys.get().key == "copy"
        post.refresh_from_db()
        assert post.note == "Read again."
