import pytest

from companies.models import Claim, Revision
from tests.admin.conftest import address
from tests.admin.posting import claim_data, company_data, data_of, new_source, rows
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def revisions(entry, subject="claim"):
    return list(Revision.objects.of(subject, [entry.pk]))


def said(response):
    return [str(message) for message in response.context["messages"]]


class TestSaving:
    def test_an_addition_is_one_revision_with_its_editor(self, admin_client):
        admin_client.post(address("usecase_add"), claim_data(status="draft"))
        claim = Claim.objects.get()
        (revision,) = revisions(claim)
        assert (revision.action, revision.editor_name, revision.was_public) == (
            "added",
            "admin",
            False,
        )

    def test_a_change_of_claim_and_rows_is_one_revision_with_its_reason(self, admin_client):
        claim = ClaimFactory()
        added = rows("claim_technologies", [{"technology": TechnologyFactory().pk, "role": "uses"}])
        data = data_of(claim, title="New", reason="The post was corrected.") | added
        admin_client.post(address("usecase_change", claim.pk), data)
        before, after = revisions(claim)
        assert "technologies" not in before.content
        assert len(after.content["technologies"]) == 1
        assert (after.content["title"], after.reason) == ("New", "The post was corrected.")

    def test_a_save_that_changes_nothing_is_no_revision(self, admin_client):
        claim = ClaimFactory()
        admin_client.post(address("usecase_change", claim.pk), data_of(claim))
        assert len(revisions(claim)) == 1

    def test_a_source_saved_with_its_claim_has_a_history_of_its_own(self, admin_client):
        admin_client.post(address("usecase_add"), claim_data(source=None) | new_source())
        claim = Claim.objects.get()
        assert [r.action for r in revisions(claim.source, "source")] == ["added"]

    def test_a_former_address_is_part_of_the_history(self, admin_client):
        company = CompanyFactory(slug="facebook")
        url = address("company_change", company.pk)
        admin_client.post(url, company_data(company, slug="meta"))
        assert revisions(company, "company")[-1].content["former_slugs"] == ["facebook"]

    def test_actions_record_who_and_why(self, admin_client):
        claim = ClaimFactory()
        data = {"action": "withdraw", "_selected_action": [claim.pk], "reason": "It was a hoax."}
        admin_client.post(address("claim_changelist"), data)
        last = revisions(claim)[-1]
        assert (last.status, last.reason, last.editor_name) == (
            "withdrawn",
            "It was a hoax.",
            "admin",
        )

    @pytest.mark.parametrize("bulk", [False, True])
    def test_a_deleted_entry_leaves_its_history(self, admin_client, bulk):
        claim = ClaimFactory(title="Gone")
        pk = claim.pk
        data = {"post": "yes", "reason": "Entered twice."}
        if bulk:
            chosen = {"action": "delete_selected", "_selected_action": [pk]}
            admin_client.post(address("usecase_changelist"), data | chosen)
        else:
            admin_client.post(address("usecase_delete", pk), data)
        assert not Claim.objects.exists()
        last = Revision.objects.filter(subject="claim", subject_id=pk).last()
        assert (last.action, last.content["title"], last.reason) == (
            "deleted",
            "Gone",
            "Entered twice.",
        )


class TestReason:
    def test_is_required_when_a_published_claim_changes(self, admin_client, errors):
        claim = ClaimFactory()
        data = data_of(claim, title="New", reason="")
        found = errors(admin_client.post(address("usecase_change", claim.pk), data))
        assert found.keys() == {"reason"}
        claim.refresh_from_db()
        assert claim.title != "New"

    def test_is_required_when_only_its_rows_change(self, admin_client, errors):
        claim = ClaimFactory()
        added = rows("claim_technologies", [{"technology": TechnologyFactory().pk, "role": "uses"}])
        data = data_of(claim, reason="") | added
        found = errors(admin_client.post(address("usecase_change", claim.pk), data))
        assert found.keys() == {"claim_technologies"}
        assert not claim.claim_technologies.exists()

    @pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn"])
    def test_is_not_required_otherwise(self, admin_client, status):
        claim = ClaimFactory(status=status)
        data = data_of(claim, title="New", reason="")
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302

    def test_is_not_required_where_nothing_changes(self, admin_client):
        claim = ClaimFactory()
        data = data_of(claim, reason="")
        assert admin_client.post(address("usecase_change", claim.pk), data).status_code == 302

    def test_may_not_be_longer_than_its_column(self, admin_client, errors):
        claim = ClaimFactory()
        data = data_of(claim, title="New", reason="x" * 301)
        assert "reason" in errors(admin_client.post(address("usecase_change", claim.pk), data))

    @pytest.mark.parametrize("action", ["withdraw", "to_draft"])
    def test_is_required_by_actions_on_published_claims(self, admin_client, action):
        claim = ClaimFactory()
        data = {"action": action, "_selected_action": [claim.pk], "reason": " "}
        response = admin_client.post(address("claim_changelist"), data, follow=True)
        assert "Say why" in said(response)[0]
        claim.refresh_from_db()
        assert claim.status == "published"

    @pytest.mark.parametrize("bulk", [False, True])
    def test_is_required_to_delete_a_published_claim(self, admin_client, bulk):
        claim = ClaimFactory()
        if bulk:
            data = {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
            response = admin_client.post(address("usecase_changelist"), data, follow=True)
        else:
            url = address("usecase_delete", claim.pk)
            response = admin_client.post(url, {"post": "yes"}, follow=True)
        assert "Say why" in said(response)[0]
        assert Claim.objects.exists()


class TestPage:
    def test_tells_each_change_with_who_when_and_why(self, admin_client):
        claim = ClaimFactory(title="Old words")
        data = data_of(claim, title="New words", reason="As the post says.")
        admin_client.post(address("usecase_change", claim.pk), data)
        page = admin_client.get(address("usecase_history", claim.pk))
        latest, first = page.context["changes"]
        assert (latest.verb, first.verb) == ("Changed", "Published")
        html = page.content.decode()
        assert "<del>Old</del><ins>New</ins> words" in html
        assert "by admin" in html
        assert "As the post says." in html

    def test_offers_to_go_back_to_any_but_the_last(self, admin_client):
        claim = ClaimFactory()
        for title in ("One", "Two"):
            admin_client.post(address("usecase_change", claim.pk), data_of(claim, title=title))
        page = admin_client.get(address("usecase_history", claim.pk)).content.decode()
        assert page.count("Go back to this") == 2

    def test_is_for_who_may_look(self, client_with):
        claim = ClaimFactory()
        url = address("usecase_history", claim.pk)
        assert client_with("view_usecase").get(url).status_code == 200

    def test_is_not_for_others(self, client_with):
        claim = ClaimFactory()
        url = address("usecase_history", claim.pk)
        assert client_with("view_company").get(url).status_code == 403

    @pytest.mark.parametrize("number", ["0", "99999999", "9" * 30, "x", "%00"])
    def test_of_nothing_is_not_found(self, admin_client, number):
        url = f"/admin/companies/usecase/{number}/history/"
        assert admin_client.get(url).status_code in (400, 404)

    @pytest.mark.parametrize("number", [1, 3])
    def test_costs_the_same_with_one_and_with_three_changes(
        self, admin_client, django_assert_num_queries, number
    ):
        claim = ClaimFactory()
        for title in "abc"[:number]:
            claim.refresh_from_db()
            admin_client.post(address("usecase_change", claim.pk), data_of(claim, title=title))
        with django_assert_num_queries(5):
            admin_client.get(address("usecase_history", claim.pk))
