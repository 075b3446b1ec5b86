"""The way of an entry to the public: buttons, actions, the rule of two persons."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from companies.models import Claim, Revision, Status
from tests.admin.conftest import address
from tests.admin.posting import claim_data, company_data, data_of, rows
from tests.admin.test_status import act
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory, TechnologyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_persons():
    with override_settings(TWO_PERSON_RULE=True):
        yield


@pytest.fixture
def second(member):
    return member("Editor", "second")


def buttons(response):
    return [name for name, _ in response.context["status_buttons"]]


class TestButtons:
    @pytest.mark.parametrize(
        ("status", "offered"),
        [
            ("draft", ["_submit_for_review", "_publish"]),
            ("in_review", ["_publish", "_to_draft"]),
            ("published", ["_withdraw"]),
            ("withdrawn", ["_submit_for_review", "_publish"]),
        ],
    )
    def test_an_editor_is_offered_the_next_steps(self, editor, status, offered):
        claim = ClaimFactory(status=status)
        assert buttons(editor.get(address("usecase_change", claim.pk))) == offered

    @pytest.mark.parametrize(
        ("status", "offered"), [("draft", ["_submit_for_review"]), ("in_review", ["_to_draft"])]
    )
    def test_a_contributor_is_offered_review_only(self, contributor, status, offered):
        claim = ClaimFactory(status=status)
        assert buttons(contributor.get(address("usecase_change", claim.pk))) == offered

    def test_a_contributor_is_offered_none_on_what_is_published(self, contributor):
        claim = ClaimFactory()
        page = contributor.get(address("usecase_change", claim.pk))
        assert buttons(page) == []

    @pytest.mark.parametrize(
        ("button", "before", "after"),
        [
            ("_submit_for_review", "draft", "in_review"),
            ("_publish", "in_review", "published"),
            ("_to_draft", "in_review", "draft"),
            ("_withdraw", "published", "withdrawn"),
        ],
    )
    def test_a_button_saves_and_moves(self, editor, button, before, after):
        claim = ClaimFactory(status=before)
        data = data_of(claim, title="New") | {button: "1"}
        assert editor.post(address("usecase_change", claim.pk), data).status_code == 302
        claim.refresh_from_db()
        assert (claim.status, claim.title) == (after, "New")

    def test_a_new_claim_is_added_and_submitted_at_once(self, contributor):
        data = claim_data() | {"_submit_for_review": "1"}
        assert contributor.post(address("usecase_add"), data).status_code == 302
        assert Claim.objects.get().status == Status.IN_REVIEW


class TestActions:
    def test_drafts_are_submitted(self, contributor):
        claims = [ClaimFactory(status=Status.DRAFT) for _ in range(2)]
        assert act(contributor, "claim", "submit_for_review", claims) == [
            "2 claims submitted for review."
        ]
        assert set(Claim.objects.values_list("status", flat=True)) == {Status.IN_REVIEW}

    def test_what_may_move_does_and_the_rest_is_told(self, contributor):
        claims = [ClaimFactory(status=Status.DRAFT), ClaimFactory()]
        assert act(contributor, "claim", "submit_for_review", claims) == [
            "1 claim submitted for review.",
            "1 left as before. Only an editor may change that.",
        ]

    def test_a_move_is_one_revision_each(self, editor):
        claims = [ClaimFactory(status=Status.IN_REVIEW) for _ in range(3)]
        act(editor, "claim", "publish", claims)
        moved = Revision.objects.filter(action="changed")
        assert [(r.status, r.editor_name) for r in moved] == [("published", "edgar")] * 3


@pytest.mark.usefixtures("two_persons")
class TestTwoPersons:
    def draft(self, client, **given):
        data = claim_data(status="in_review", **given)
        assert client.post(address("usecase_add"), data).status_code == 302
        return Claim.objects.get()

    def test_who_wrote_it_can_not_publish_it_by_the_form(self, editor, errors):
        claim = self.draft(editor)
        url = address("usecase_change", claim.pk)
        found = errors(editor.post(url, data_of(claim, status="published")))
        assert found.keys() == {"status"}

    def test_nor_by_adding_it_published(self, editor, errors):
        found = errors(editor.post(address("usecase_add"), claim_data(status="published")))
        assert found.keys() == {"status"}
        assert not Claim.objects.exists()

    def test_nor_by_an_action(self, editor):
        claim = self.draft(editor)
        assert "can't publish it here" in act(editor, "claim", "publish", [claim])[-1]
        claim.refresh_from_db()
        assert claim.status == Status.IN_REVIEW

    def test_somebody_else_publishes_it(self, editor, second):
        claim = self.draft(editor)
        url = address("usecase_change", claim.pk)
        assert second.post(url, data_of(claim, status="published")).status_code == 302
        claim.refresh_from_db()
        assert claim.status == Status.PUBLISHED

    def test_somebody_else_who_changes_it_on_the_way_has_written_it_too(
        self, editor, second, errors
    ):
        claim = self.draft(editor)
        url = address("usecase_change", claim.pk)
        data = data_of(claim, status="published", title="Mine")
        assert errors(second.post(url, data)).keys() == {"status"}

    def test_somebody_else_who_changes_its_rows_on_the_way_has_written_it_too(
        self, editor, second, errors
    ):
        claim = self.draft(editor)
        added = rows("claim_technologies", [{"technology": TechnologyFactory().pk, "role": "uses"}])
        data = data_of(claim, status="published") | added
        found = errors(second.post(address("usecase_change", claim.pk), data))
        assert found.keys() == {"claim_technologies"}
        assert not claim.claim_technologies.exists()

    def test_moving_it_is_no_writing(self, contributor, editor):
        claim = self.draft(contributor)
        act(editor, "claim", "to_draft", [claim])
        act(editor, "claim", "submit_for_review", [claim])
        act(editor, "claim", "publish", [claim])
        claim.refresh_from_db()
        assert claim.status == Status.PUBLISHED

    def test_what_was_published_before_counts_no_more(self, editor, second):
        claim = self.draft(editor)
        act(second, "claim", "publish", [claim])
        act(second, "claim", "withdraw", [claim])
        act(editor, "claim", "publish", [claim])
        claim.refresh_from_db()
        assert claim.status == Status.PUBLISHED

    def test_a_published_claim_changes_by_proposal_only(self, admin_client):
        claim = ClaimFactory()
        url = address("usecase_change", claim.pk)
        page = admin_client.get(url)
        assert page.context["propose_url"] == address("usecase_propose", claim.pk)
        assert admin_client.post(url, data_of(claim, title="New")).status_code == 403

    def test_an_editor_still_withdraws_a_published_claim(self, editor):
        claim = ClaimFactory()
        act(editor, "claim", "withdraw", [claim])
        claim.refresh_from_db()
        assert claim.status == Status.WITHDRAWN

    def test_it_holds_for_companies(self, editor, second, errors):
        url = address("company_add")
        assert errors(editor.post(url, company_data(status="published"))).keys() == {"status"}
        company = CompanyFactory(status=Status.IN_REVIEW)
        assert act(second, "company", "publish", [company]) == ["1 company published."]

    def test_it_holds_for_superusers(self, db, errors):
        root = Client()
        root.force_login(User.objects.create_superuser("root"))
        found = errors(root.post(address("usecase_add"), claim_data(status="published")))
        assert found.keys() == {"status"}


class TestSameSource:
    """“The value changed, its source did not.”"""

    def figure(self, **given):
        return ClaimFactory(kind="key_figure", **given)

    def post(self, client, claim, page="keyfigure", **changed):
        return client.post(address(f"{page}_change", claim.pk), data_of(claim, **changed))

    def test_a_changed_value_is_doubted_once(self, admin_client, errors):
        claim = self.figure()
        refused = self.post(admin_client, claim, figure_value="15")
        assert errors(refused) == {
            "figure_value": [
                "The value changed, its source did not. If the source says so, save again."
            ]
        }
        token = refused.context["adminform"].form.confirmation
        assert f'name="_confirmed" value="{token}"' in refused.content.decode()
        again = self.post(admin_client, claim, figure_value="15", _confirmed=token)
        assert again.status_code == 302
        claim.refresh_from_db()
        assert claim.figure_value == 15

    @pytest.mark.parametrize("field", ["text", "quotation"])
    def test_changed_words_are_doubted(self, admin_client, errors, field):
        claim = ClaimFactory(kind="quote")
        refused = self.post(admin_client, claim, "quote", **{field: "Other words."})
        assert errors(refused).keys() == {field}

    def test_a_value_in_the_sources_words_is_doubted_too(self, admin_client, errors):
        refused = self.post(admin_client, self.figure(), figure_as_worded="several million")
        assert errors(refused).keys() == {"figure_as_worded"}

    def test_a_confirmation_is_of_one_value_only(self, admin_client, errors):
        claim = self.figure()
        refused = self.post(admin_client, claim, figure_value="15")
        token = refused.context["adminform"].form.confirmation
        other = self.post(admin_client, claim, figure_value="16", _confirmed=token)
        assert errors(other).keys() == {"figure_value"}

    def test_another_source_or_place_in_it_is_no_reason_to_doubt(self, admin_client):
        claim = self.figure()
        response = self.post(admin_client, claim, figure_value="15", locator="page 2")
        assert response.status_code == 302

    def share_data(self, claim, percentage, **given):
        share = claim.shares.get()
        row = {"id": share.pk, "claim": claim.pk, "technology": share.technology_id}
        row |= {"qualifier": "exactly", "percentage": percentage}
        return data_of(claim, **given) | rows("shares", [row], saved=1)

    def test_a_changed_percentage_is_doubted_once(self, admin_client, errors):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 60})
        url = address("codebaseshareclaim_change", claim.pk)
        data = self.share_data(claim, 50)
        refused = admin_client.post(url, data)
        assert errors(refused)["shares"] == [
            "A percentage changed, its source did not. If the source says so, save again."
        ]
        (token,) = re.findall(r'name="_confirmed_shares" value="(\w+)"', refused.content.decode())
        data |= {"_confirmed_shares": token, "_seen": refused.context["seen"]}
        assert admin_client.post(url, data).status_code == 302
        assert claim.shares.get().percentage == 50

    @pytest.mark.parametrize("given", [{"locator": "page 2"}, {"source": None}])
    def test_a_percentage_with_another_source_is_not_doubted(self, admin_client, given):
        claim = ClaimFactory(kind="codebase_share", shares={"Python": 60})
        if "source" in given:
            given = {"source": SourceFactory().pk}
        url = address("codebaseshareclaim_change", claim.pk)
        assert admin_client.post(url, self.share_data(claim, 50, **given)).status_code == 302

    def test_a_changed_title_is_not_doubted(self, admin_client):
        assert self.post(admin_client, self.figure(), title="New").status_code == 302


def test_enter_in_a_field_presses_save_and_nothing_that_moves(editor):
    claim = ClaimFactory()
    page = editor.get(address("usecase_change", claim.pk)).content.decode()
    form = page[page.index('id="usecase_form"') :]
    assert form.index('name="_save"') < form.index('name="_withdraw"')
