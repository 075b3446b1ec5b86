"""What a contributor, an editor and an administrator may do, asked at every address."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from companies.models import (
    Claim,
    ClaimKind,
    Company,
    CompanyList,
    Domain,
    Revision,
    Source,
    Status,
)
from tests.admin.conftest import address
from tests.admin.posting import (
    claim_data,
    company_data,
    data_of,
    list_data,
    new_source,
    rows,
    seen,
)
from tests.admin.test_catalogue_pages import source_data
from tests.factories import (
    ClaimFactory,
    CompanyFactory,
    CompanyListFactory,
    DomainFactory,
    SourceFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db

WITH_STATUS = {
    "usecase": (ClaimFactory, claim_data, data_of, Claim),
    "company": (CompanyFactory, company_data, company_data, Company),
    "companylist": (CompanyListFactory, list_data, list_data, CompanyList),
}
each = pytest.mark.parametrize("page", WITH_STATUS)
PUBLIC_OR_SETTLED = [Status.PUBLISHED, Status.WITHDRAWN]
DRAFTING = [Status.DRAFT, Status.IN_REVIEW]


def choices(response):
    return [value for value, _ in response.context["adminform"].form.fields["status"].choices]


def test_a_site_comes_with_three_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Contributor",
        "Editor",
        "Administrator",
    }


def test_only_editors_and_administrators_publish():
    publish = Permission.objects.get(codename="publish_claim")
    assert set(publish.group_set.values_list("name", flat=True)) == {"Editor", "Administrator"}


def test_only_administrators_manage_accounts():
    accounts = Permission.objects.filter(content_type__app_label="auth")
    names = Group.objects.filter(permissions__in=accounts).values_list("name", flat=True)
    assert set(names) == {"Administrator"}


@pytest.mark.parametrize("group", ["Contributor", "Editor", "Administrator"])
def test_every_list_of_the_catalogue_opens_for_every_group(member, group):
    client = member(group)
    for model in admin.site._registry:
        if model._meta.app_label == "companies":
            url = reverse(f"admin:companies_{model._meta.model_name}_changelist")
            assert client.get(url).status_code == 200, url
    accounts = client.get(reverse("admin:auth_user_changelist")).status_code
    assert accounts == (200 if group == "Administrator" else 403)


class TestContributor:
    @each
    def test_drafts_and_submits(self, contributor, page):
        _, add, change, model = WITH_STATUS[page]
        assert contributor.post(address(f"{page}_add"), add()).status_code == 302
        entry = model.objects.order_by("-pk")[0]
        assert entry.status == Status.DRAFT
        data = change(entry, status="in_review")
        assert contributor.post(address(f"{page}_change", entry.pk), data).status_code == 302
        entry.refresh_from_db()
        assert entry.status == Status.IN_REVIEW

    @each
    def test_is_offered_draft_and_review_only(self, contributor, page):
        assert choices(contributor.get(address(f"{page}_add"))) == DRAFTING

    @each
    @pytest.mark.parametrize("status", PUBLIC_OR_SETTLED)
    def test_can_not_add_in_another_status(self, contributor, errors, page, status):
        _, add, _, model = WITH_STATUS[page]
        response = contributor.post(address(f"{page}_add"), add(status=status))
        assert errors(response).keys() == {"status"}
        assert not model.objects.filter(status=status).exists() or model is Company

    @each
    @pytest.mark.parametrize("status", PUBLIC_OR_SETTLED)
    @pytest.mark.parametrize("before", DRAFTING)
    def test_can_not_take_a_draft_further(self, contributor, errors, page, before, status):
        make, _, change, _ = WITH_STATUS[page]
        entry = make(status=before)
        url = address(f"{page}_change", entry.pk)
        assert errors(contributor.post(url, change(entry, status=status))).keys() == {"status"}
        entry.refresh_from_db()
        assert entry.status == before

    @each
    @pytest.mark.parametrize("button", ["_publish", "_withdraw"])
    def test_a_forged_button_does_no_more_than_the_choice(self, contributor, page, button):
        make, _, change, _ = WITH_STATUS[page]
        entry = make(status=Status.IN_REVIEW)
        url = address(f"{page}_change", entry.pk)
        assert contributor.post(url, change(entry) | {button: "1"}).status_code == 200
        entry.refresh_from_db()
        assert entry.status == Status.IN_REVIEW

    @each
    @pytest.mark.parametrize("status", PUBLIC_OR_SETTLED)
    def test_can_not_change_what_was_decided(self, contributor, page, status):
        make, _, change, _ = WITH_STATUS[page]
        entry = make(status=status)
        before = Revision.objects.count()
        url = address(f"{page}_change", entry.pk)
        assert contributor.get(url).status_code == 200
        assert b'name="_save"' not in contributor.get(url).content
        assert contributor.post(url, change(entry, status="draft")).status_code == 403
        entry.refresh_from_db()
        assert (entry.status, Revision.objects.count()) == (status, before)

    @each
    @pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected"])
    def test_has_no_action_of_an_editor(self, contributor, page, action):
        make, _, _, model = WITH_STATUS[page]
        entry = make(status=Status.IN_REVIEW)
        offered = contributor.get(address(f"{page}_changelist")).context["action_form"]
        assert action not in [value for value, _ in offered.fields["action"].choices]
        data = {"action": action, "_selected_action": [entry.pk], "post": "yes", "reason": "x"}
        contributor.post(address(f"{page}_changelist"), data)
        assert model.objects.get(pk=entry.pk).status == Status.IN_REVIEW

    @each
    @pytest.mark.parametrize("action", ["submit_for_review", "to_draft"])
    def test_moves_no_decided_entry_by_an_action(self, contributor, page, action):
        make = WITH_STATUS[page][0]
        entry = make(status=Status.PUBLISHED)
        data = {"action": action, "_selected_action": [entry.pk], "reason": "Mine."}
        response = contributor.post(address(f"{page}_changelist"), data, follow=True)
        entry.refresh_from_db()
        assert entry.status == Status.PUBLISHED
        assert "Only an editor may change that." in str(list(response.context["messages"])[-1])

    @each
    def test_deletes_nothing(self, contributor, page):
        entry = WITH_STATUS[page][0](status=Status.DRAFT)
        url = address(f"{page}_delete", entry.pk)
        assert contributor.get(url).status_code == 403
        assert contributor.post(url, {"post": "yes", "reason": "x"}).status_code == 403

    @each
    def test_reverts_nothing_that_was_decided(self, contributor, admin_client, page):
        make, _, change, _ = WITH_STATUS[page]
        entry = make()
        name = "name" if page == "company" else "title"
        admin_client.post(address(f"{page}_change", entry.pk), change(entry, **{name: "New"}))
        first = Revision.objects.filter(subject_id=entry.pk).first()
        url = address(f"{page}_revert", entry.pk, first.pk)
        assert contributor.post(url).status_code == 403
        assert (
            b"Go back to this" not in contributor.get(address(f"{page}_history", entry.pk)).content
        )

    def test_changes_no_source_that_visitors_see(self, contributor):
        used, unused = ClaimFactory().source, SourceFactory()
        for source, status in ((used, 403), (unused, 302)):
            url = address("source_change", source.pk)
            data = source_data(source, title="Mine")
            assert contributor.post(url, data).status_code == status

    def test_changes_no_technology_that_visitors_see(self, contributor):
        used, unused = TechnologyFactory(), TechnologyFactory()
        ClaimFactory(technologies=[used])
        for technology, status in ((used, 403), (unused, 302)):
            data = {"name": "Mine", "kind": "tool", "website": "", "summary": ""}
            url = address("technology_change", technology.pk)
            assert contributor.post(url, data | seen(technology)).status_code == status

    def test_adds_a_source_with_a_draft_and_nothing_of_it_is_public(self, contributor, client):
        data = claim_data(source=None) | new_source()
        assert contributor.post(address("usecase_add"), data).status_code == 302
        source = Source.objects.get()
        assert client.get(source.get_absolute_url()).status_code == 404
        assert client.get(Claim.objects.get().get_absolute_url()).status_code == 404

    def test_changes_no_domain(self, contributor):
        domain = DomainFactory()
        assert contributor.get(address("domain_add")).status_code == 403
        url = address("domain_change", domain.pk)
        assert contributor.post(url, {"name": "x"} | seen(domain)).status_code == 403
        assert Domain.objects.get().name == domain.name

    def test_puts_no_draft_company_onto_a_published_list(self, contributor):
        made = CompanyListFactory(companies=[CompanyFactory()])
        draft = CompanyFactory(status=Status.DRAFT)
        data = list_data(made) | rows("entries", [{"position": 2, "company": draft.pk}])
        assert contributor.post(address("companylist_change", made.pk), data).status_code == 403
        assert made.entries.count() == 1

    @pytest.mark.parametrize("kind", ClaimKind)
    def test_makes_no_claim_of_any_kind_public(self, contributor, client, kind):
        claim = ClaimFactory(kind=kind, status=Status.DRAFT)
        for model in admin.site._registry:
            if not issubclass(model, Claim):
                continue
            name = model._meta.model_name
            for status in PUBLIC_OR_SETTLED:
                data = data_of(claim, status=status) | {"_publish": "1"}
                contributor.post(address(f"{name}_change", claim.pk), data)
        claim.refresh_from_db()
        assert claim.status == Status.DRAFT
        assert client.get(claim.get_absolute_url()).status_code == 404

    def test_sees_no_popup_way_around(self, contributor):
        claim = ClaimFactory()
        url = address("usecase_change", claim.pk)
        for extra in ({"_popup": "1"}, {"_to_field": "id"}):
            assert contributor.post(url, data_of(claim) | extra).status_code == 403
        # Django takes this for an addition, in which the status is not theirs to choose.
        assert contributor.post(url, data_of(claim) | {"_saveasnew": "1"}).status_code == 200
        assert list(Claim.objects.values_list("title", flat=True)) == [claim.title]


class TestEditor:
    @each
    def test_publishes_and_changes_what_is_published(self, editor, page):
        make, _, change, _ = WITH_STATUS[page]
        entry = make(status=Status.IN_REVIEW)
        url = address(f"{page}_change", entry.pk)
        assert editor.post(url, change(entry) | {"_publish": "1"}).status_code == 302
        entry.refresh_from_db()
        assert entry.status == Status.PUBLISHED
        data = change(entry, reason="It was wrong.") | {"_withdraw": "1"}
        assert editor.post(url, data).status_code == 302
        entry.refresh_from_db()
        assert entry.status == Status.WITHDRAWN

    def test_has_no_accounts(self, editor):
        assert editor.get(reverse("admin:auth_user_changelist")).status_code == 403
