import re

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from companies.exchange.revisions import NOBODY, record, record_missing
from companies.models import Claim, Proposal, ProposalOutcome, Revision, Source, Status
from tests.admin.conftest import address
from tests.admin.posting import data_of, new_source, rows
from tests.factories import ClaimFactory, ProposalFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db
NEW = "It runs its back end on Go."


@pytest.fixture
def claim():
    made = ClaimFactory(technologies=["Python"], locator="first paragraph")
    record_missing()
    return made


def propose(client, claim, **changed):
    data = data_of(claim, **{"text": NEW, "locator": "last paragraph"} | changed)
    # The row that is there stays as it is.
    row = claim.claim_technologies.first()
    if row and "claim_technologies-TOTAL_FORMS" not in changed:
        saved = {"id": row.pk, "claim": claim.pk, "technology": row.technology_id, "role": row.role}
        data |= rows("claim_technologies", [saved], saved=1)
    data.pop("status")
    return client.post(address("usecase_propose", claim.pk), data)


def decide(client, proposal, what, **extra):
    page = client.get(address("proposal_change", proposal.pk))
    data = {"seen": page.context["seen"], what: "1"} | extra
    return client.post(address("proposal_decide", proposal.pk), data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


class TestProposing:
    def test_keeps_the_whole_claim_and_changes_nothing(self, contributor, claim):
        before = Revision.objects.count()
        response = propose(contributor, claim)
        proposal = Proposal.objects.get()
        assert response["Location"] == address("proposal_change", proposal.pk)
        assert proposal.content["text"] == NEW
        assert proposal.content["technologies"] == [
            {"technology": claim.claim_technologies.get().technology.slug, "role": "uses"}
        ]
        assert (proposal.author.username, proposal.author_name) == ("carla", "carla")
        assert proposal.base == Revision.objects.get(subject="claim")
        claim.refresh_from_db()
        assert claim.text == "It runs its back end on Python."
        assert Revision.objects.count() == before

    def test_includes_the_rows(self, contributor, claim):
        go = TechnologyFactory(name="Go", slug="go")
        added = rows("claim_technologies", [{"technology": go.pk, "role": "uses"}])
        propose(contributor, claim, **added)
        named = [row["technology"] for row in Proposal.objects.get().content["technologies"]]
        assert "go" in named
        assert [str(row.technology) for row in claim.claim_technologies.all()] == ["Python"]

    def test_needs_a_reason(self, contributor, claim, errors):
        assert errors(propose(contributor, claim, reason="")).keys() == {"reason"}
        assert not Proposal.objects.exists()

    def test_is_told_what_is_wrong_with_it(self, contributor, claim, errors):
        found = errors(propose(contributor, claim, as_of="2016-13", title=""))
        assert found.keys() == {"as_of", "title"}

    def test_of_what_the_claim_says_already_is_refused(self, contributor, claim):
        response = propose(contributor, claim, text=claim.text, locator=claim.locator)
        assert response.status_code == 302
        assert not Proposal.objects.exists()

    def test_keeps_a_source_described_with_it(self, contributor, claim):
        propose(contributor, claim, source="", **new_source())
        source = Source.objects.get(url="https://example.org/new")
        assert Proposal.objects.get().content["source"] == source.key
        claim.refresh_from_db()
        assert claim.source != source
        assert Revision.objects.filter(subject="source", subject_id=source.pk).count() == 1

    def test_can_not_make_the_claim_anything_but_what_it_is(self, contributor, claim):
        response = propose(contributor, claim, status="withdrawn", _withdraw="1")
        assert response.status_code == 302
        assert "status" not in Proposal.objects.get().content
        claim.refresh_from_db()
        assert claim.status == Status.PUBLISHED

    def test_from_an_outdated_page_shows_both_versions(self, contributor, admin_client, claim):
        outdated = data_of(claim, text=NEW, locator="x")
        admin_client.post(address("usecase_change", claim.pk), data_of(claim, title="New"))
        response = contributor.post(address("usecase_propose", claim.pk), outdated)
        assert response.context["conflict"]
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_is_for_published_claims_only(self, contributor, status):
        claim = ClaimFactory(status=status)
        assert contributor.get(address("usecase_propose", claim.pk)).status_code == 403
        assert propose(contributor, claim).status_code == 403

    def test_is_not_for_who_may_only_look(self, client_with, claim):
        client = client_with("view_usecase")
        assert client.get(address("usecase_propose", claim.pk)).status_code == 403

    def test_the_claims_page_leads_to_it_and_to_what_was_proposed(self, contributor, claim):
        url = address("usecase_change", claim.pk)
        assert address("usecase_propose", claim.pk) in contributor.get(url).content.decode()
        propose(contributor, claim)
        proposal = Proposal.objects.get()
        assert address("proposal_change", proposal.pk) in contributor.get(url).content.decode()

    def test_its_page_has_one_button_and_no_status(self, contributor, claim):
        page = contributor.get(address("usecase_propose", claim.pk)).content.decode()
        assert 'value="Propose this change"' in page
        assert 'name="status"' not in page
        assert 'name="_addanother"' not in page


class TestDeciding:
    @pytest.fixture
    def proposal(self, contributor, claim):
        propose(contributor, claim)
        return Proposal.objects.get()

    def test_an_editor_sees_what_would_change(self, editor, proposal):
        page = editor.get(address("proposal_change", proposal.pk))
        assert [one.label for one in page.context["differences"]] == ["Text", "Locator"]
        assert re.search(rb"<del>\s?Python\.</del><ins>\s?Go\.</ins>", page.content)

    def test_accepting_makes_it_one_revision_by_its_author(self, editor, claim, proposal, client):
        before = Revision.objects.count()
        assert said(decide(editor, proposal, "accept", answer="Thanks.")) == [
            "The proposal was accepted."
        ]
        claim.refresh_from_db()
        assert (claim.text, claim.status) == (NEW, Status.PUBLISHED)
        assert [str(row.technology) for row in claim.claim_technologies.all()] == ["Python"]
        assert Revision.objects.count() == before + 1
        last = Revision.objects.last()
        assert (last.editor.username, last.editor_name) == ("carla", "carla, accepted by edgar")
        assert last.reason == "The source says so."
        proposal.refresh_from_db()
        assert (proposal.outcome, proposal.decided_by, proposal.answer) == (
            ProposalOutcome.ACCEPTED,
            "edgar",
            "Thanks.",
        )
        assert NEW in client.get(claim.get_absolute_url()).content.decode()

    def test_declining_changes_nothing_but_the_proposal(self, editor, claim, proposal):
        before = Revision.objects.count()
        decide(editor, proposal, "decline", answer="The post says Python.")
        claim.refresh_from_db()
        assert claim.text == "It runs its back end on Python."
        assert Revision.objects.count() == before
        proposal.refresh_from_db()
        assert proposal.outcome == ProposalOutcome.DECLINED

    @pytest.mark.parametrize("what", ["accept", "decline"])
    def test_is_done_once(self, editor, claim, proposal, what):
        decide(editor, proposal, "decline")
        assert said(decide(editor, proposal, what)) == ["edgar has decided on this already."]
        claim.refresh_from_db()
        assert claim.text == "It runs its back end on Python."

    def test_accepting_what_was_not_seen_is_refused(self, editor, claim, proposal):
        page = editor.get(address("proposal_change", proposal.pk))
        editor.post(address("usecase_change", claim.pk), data_of(claim, title="New"))
        data = {"seen": page.context["seen"], "accept": "1"}
        url = address("proposal_decide", proposal.pk)
        assert "has changed since you looked" in said(editor.post(url, data, follow=True))[-1]
        claim.refresh_from_db()
        assert (claim.title, claim.text) == ("New", "It runs its back end on Python.")
        assert editor.get(address("proposal_change", proposal.pk)).context["has_moved"]

    def test_a_claim_withdrawn_meanwhile_stays_so(self, editor, claim, proposal):
        Claim.objects.update(status=Status.WITHDRAWN)
        record("claim", [claim.pk], NOBODY)
        decide(editor, proposal, "accept")
        claim.refresh_from_db()
        assert (claim.text, claim.status) == (NEW, Status.WITHDRAWN)

    def test_what_can_not_be_taken_over_says_why(self, editor, claim, contributor):
        gone = SourceFactory()
        propose(contributor, claim, source=gone.pk)
        proposal = Proposal.objects.get()
        gone.delete()
        message = said(decide(editor, proposal, "accept"))[0]
        assert f"source: there is no source “{gone.key}”" in message
        proposal.refresh_from_db()
        assert proposal.outcome == ProposalOutcome.OPEN

    def test_a_contributor_takes_back_their_own_and_accepts_none(
        self, contributor, claim, proposal
    ):
        url = address("proposal_decide", proposal.pk)
        last = Revision.objects.filter(subject="claim").last().pk
        assert contributor.post(url, {"accept": "1", "seen": last}).status_code == 403
        assert contributor.post(url, {"decline": "1"}).status_code == 302
        claim.refresh_from_db()
        assert claim.text == "It runs its back end on Python."

    def test_a_contributor_declines_nobody_elses(self, contributor, claim):
        proposal = ProposalFactory(claim=claim, author=User.objects.create(username="other"))
        url = address("proposal_decide", proposal.pk)
        assert contributor.post(url, {"decline": "1"}).status_code == 403

    def test_needs_a_post(self, editor, proposal):
        assert editor.get(address("proposal_decide", proposal.pk)).status_code == 405

    def test_the_two_person_rule_keeps_an_editor_from_accepting_their_own(self, editor, claim):
        with override_settings(TWO_PERSON_RULE=True):
            propose(editor, claim)
            proposal = Proposal.objects.get()
            page = editor.get(address("proposal_change", proposal.pk))
            assert not page.context["may_accept"]
            assert "can't publish it here" in said(decide(editor, proposal, "accept"))[0]
        claim.refresh_from_db()
        assert claim.text == "It runs its back end on Python."


class TestPages:
    @pytest.mark.parametrize("number", ["0", "999999999", "9" * 30, "x", "%00"])
    def test_a_forged_number_is_not_found(self, editor, number):
        for page in ("change", "decide", "preview/claim"):
            url = f"/admin/companies/proposal/{number}/{page}/"
            response = editor.post(url) if page == "decide" else editor.get(url)
            assert response.status_code in (400, 404), url

    def test_nobody_adds_or_deletes_one_by_hand(self, admin_client, claim):
        proposal = ProposalFactory(claim=claim)
        assert admin_client.get(address("proposal_add")).status_code == 403
        assert admin_client.post(address("proposal_delete", proposal.pk)).status_code == 403

    def test_markup_in_a_proposal_is_text(self, editor, claim):
        content = {**claim_content(claim), "text": "<script>x</script>"}
        proposal = ProposalFactory(claim=claim, content=content, reason="<script>y</script>")
        page = editor.get(address("proposal_change", proposal.pk)).content.decode()
        assert "<script>x" not in page
        assert "<script>y" not in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_costs_the_same_with_one_and_with_three(
        self, editor, django_assert_num_queries, number
    ):
        for _ in range(number):
            ProposalFactory()
        editor.get(address("proposal_changelist"))
        with django_assert_num_queries(6):
            page = editor.get(address("proposal_changelist"))
        assert len(page.context["cl"].result_list) == number


def claim_content(claim):
    return Revision.objects.filter(subject="claim", subject_id=claim.pk).last().content
