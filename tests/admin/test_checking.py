import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from companies.admin import checking
from companies.exchange.revisions import record_missing
from companies.models import Claim, Revision, Status
from tests.admin.conftest import address
from tests.admin.test_status import act
from tests.factories import ClaimFactory

EDITOR = ("view_claim", "change_claim", "publish_claim")


def today():
    return datetime.datetime.now(tz=datetime.UTC).date()


def check_address(claim, page="claim"):
    return address(f"{page}_check", claim.pk)


def check(client, claim, page="claim"):
    return client.post(check_address(claim, page), follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def columns(claim):
    return Claim.objects.filter(pk=claim.pk).values().get()


@pytest.fixture
def editor(client_with):
    return client_with(*EDITOR)


class TestOneClick:
    def test_it_records_day_and_name_and_nothing_else(self, editor):
        claim = ClaimFactory(checked_on=datetime.date(2020, 1, 1), checked_by="Ann")
        before = columns(claim)
        response = check(editor, claim)
        after = columns(claim)
        assert after.pop("updated") > before.pop("updated")
        assert after == before | {"checked_on": today(), "checked_by": "bob"}
        assert response.redirect_chain == [(address("claim_change", claim.pk), 302)]
        said = f"“{claim.title}” is recorded as checked against its source today."
        assert messages(response) == [said]

    def test_it_is_kept_in_the_history_and_in_the_log(self, editor):
        claim = ClaimFactory()
        check(editor, claim)
        before, after = Revision.objects.filter(subject="claim", subject_id=claim.pk)
        assert (before.editor_name, "checked_by" in before.content) == ("", False)
        assert (after.editor_name, after.reason) == ("bob", "Checked against its source.")
        assert after.content["checked_by"] == "bob"
        assert str(after.content["checked_on"]) == today().isoformat()
        entry = LogEntry.objects.get()
        assert entry.get_change_message() == "Changed Checked on and Checked by."
        assert entry.object_repr == str(claim)

    def test_a_second_click_on_the_same_day_changes_nothing(self, editor):
        claim = ClaimFactory()
        check(editor, claim)
        before = columns(claim), Revision.objects.count(), LogEntry.objects.count()
        assert messages(check(editor, claim)) == ["You have checked this claim today already."]
        assert before == (columns(claim), Revision.objects.count(), LogEntry.objects.count())

    def test_a_second_reader_on_the_same_day_is_named_in_place_of_the_first(self, editor):
        claim = ClaimFactory(checked_on=today(), checked_by="Ann")
        check(editor, claim)
        assert columns(claim)["checked_by"] == "bob"

    def test_the_longest_names_fit(self, editor):
        User.objects.filter(username="bob").update(first_name="B" * 150, last_name="C" * 150)
        claim = ClaimFactory()
        check(editor, claim)
        assert columns(claim)["checked_by"] == "B" * 150

    def test_the_forms_of_the_kinds_have_it_too(self, client_with):
        claim = ClaimFactory(kind="quote")
        editor = client_with("view_quote", "change_quote", "publish_claim")
        response = check(editor, claim, "quote")
        assert columns(claim)["checked_on"] == today()
        assert response.redirect_chain == [(address("quote_change", claim.pk), 302)]
        assert LogEntry.objects.get().content_type.model == "quote"

    def test_the_way_back_to_the_filtered_list_is_kept(self, editor):
        claim = ClaimFactory()
        filters = "_changelist_filters=attention%3Dcheck_due"
        page = f"{address('claim_change', claim.pk)}?{filters}"
        html = editor.get(page).content.decode()
        assert f'action="{check_address(claim)}?{filters}"' in html
        response = editor.post(f"{check_address(claim)}?{filters}")
        assert response.url == page

    def test_what_is_no_longer_due_leaves_the_list(self, editor):
        claim = ClaimFactory(checked_on=datetime.date(2000, 1, 1), checked_by="Ann")
        assert list(Claim.objects.check_due(today())) == [claim]
        check(editor, claim)
        assert list(Claim.objects.check_due(today())) == []

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_with_one_and_with_three_rows(
        self, editor, django_assert_num_queries, number
    ):
        claim = ClaimFactory(technologies=[f"Technology {n}" for n in range(number)])
        check(editor, claim)
        User.objects.filter(username="bob").update(first_name="Bob")
        # Where the search follows, PostgreSQL also waits for who else writes to it.
        with django_assert_num_queries(34 + 2 * (connection.vendor == "postgresql")):
            editor.post(check_address(claim))


class TestRefused:
    @pytest.mark.parametrize(
        ("permissions", "status", "allowed"),
        [
            (EDITOR, Status.PUBLISHED, True),
            (("view_claim", "change_claim"), Status.DRAFT, True),
            (("view_claim", "change_claim"), Status.IN_REVIEW, True),
            (("view_claim", "change_claim"), Status.PUBLISHED, False),
            (("view_claim", "publish_claim"), Status.DRAFT, False),
            (("view_claim", "add_claim", "delete_claim"), Status.DRAFT, False),
            ((), Status.DRAFT, False),
        ],
    )
    def test_by_permission(self, client_with, permissions, status, allowed):
        claim = ClaimFactory(status=status)
        client = client_with(*permissions)
        response = client.post(check_address(claim))
        assert response.status_code == (302 if allowed else 403)
        assert (columns(claim)["checked_on"] is not None) == allowed
        if "view_claim" in permissions:
            html = client.get(address("claim_change", claim.pk)).content.decode()
            assert ("Checked against its source today" in html) == allowed

    def test_a_stranger_is_sent_to_the_login(self, client, db):
        claim = ClaimFactory()
        response = client.post(check_address(claim))
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")
        assert columns(claim)["checked_on"] is None

    @pytest.mark.parametrize("method", ["get", "head", "put"])
    def test_only_a_post_changes_anything(self, editor, method):
        claim = ClaimFactory()
        assert getattr(editor, method)(check_address(claim)).status_code == 405
        assert columns(claim)["checked_on"] is None

    def test_a_forged_form_without_the_token(self, admin_user):
        claim = ClaimFactory()
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        assert client.post(check_address(claim)).status_code == 403
        assert columns(claim)["checked_on"] is None

    def test_the_form_of_the_page_carries_the_token(self, admin_user):
        claim = ClaimFactory()
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        html = client.get(address("claim_change", claim.pk)).content.decode()
        form = html[html.index('class="checking-tools"') :]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form).group(1)
        client.post(check_address(claim), {"csrfmiddlewaretoken": token})
        assert columns(claim)["checked_on"] == today()

    @pytest.mark.parametrize(
        "bad", ["0", "999", "-1", "x", "1_0", "٣", "1" * 19, "9" * 400, "1/2", "a%00b", "1%20"]
    )
    def test_an_address_of_no_claim_is_not_found(self, editor, bad):
        ClaimFactory()
        assert editor.post(f"/admin/companies/claim/{bad}/check/").status_code == 404

    def test_a_nul_in_the_filters_is_refused(self, editor):
        claim = ClaimFactory()
        assert editor.post(f"{check_address(claim)}?_changelist_filters=%00").status_code == 400

    def test_a_claim_of_another_kind_is_not_found(self, admin_client):
        claim = ClaimFactory(kind="quote")
        assert admin_client.post(check_address(claim, "usecase")).status_code == 404


class TestOnThePage:
    def page(self, client, claim):
        return client.get(address("claim_change", claim.pk)).content.decode()

    def test_the_source_is_one_click_away(self, editor):
        claim = ClaimFactory(source__url="https://example.org/?a=1&b=<2>", source__title="A <b>")
        html = self.page(editor, claim)
        assert (
            '<a href="https://example.org/?a=1&amp;b=&lt;2&gt;" target="_blank" '
            'rel="noopener noreferrer">Open the source<span class="visually-hidden">, A &lt;b&gt;, '
            "in a new tab</span></a>"
        ) in html

    def test_the_button_is_no_part_of_the_form(self, editor):
        html = self.page(editor, ClaimFactory())
        button = html.index("Checked against its source today")
        assert html.index("</form>", button) < html.index('id="claim_form"')

    @pytest.mark.parametrize(
        ("kind", "checked_on", "said"),
        [
            ("key_figure", None, "Never checked against its source since it was entered. A claim "),
            ("key_figure", "2020-05-27", "Last checked on 27 May 2020 by Ann. A claim of this "),
            ("key_figure", "2020-05-27", "is due every 12 months."),
            ("quote", "2020-05-27", "by Ann. A claim of this kind needs no regular check."),
        ],
    )
    def test_it_says_how_the_last_check_stands(self, editor, kind, checked_on, said):
        checked = {"checked_on": checked_on, "checked_by": "Ann"} if checked_on else {}
        assert said in self.page(editor, ClaimFactory(kind=kind, **checked))

    def test_a_new_claim_has_nothing_to_check_yet(self, admin_client):
        html = admin_client.get(address("claim_add")).content.decode()
        assert "Open the source" not in html

    def test_a_popup_has_no_button(self, editor):
        page = f"{address('claim_change', ClaimFactory().pk)}?_popup=1"
        assert "Open the source" not in editor.get(page).content.decode()


class TestListAction:
    def test_several_at_once(self, editor):
        claims = [ClaimFactory(), ClaimFactory(checked_on=today(), checked_by="bob")]
        claims.append(ClaimFactory(status="draft"))
        untouched = ClaimFactory()
        assert act(editor, "claim", "check_today", claims) == [
            "2 claims recorded as checked today.",
            "1 claim checked by you today already.",
        ]
        assert {columns(claim)["checked_by"] for claim in claims} == {"bob"}
        assert columns(untouched)["checked_on"] is None
        assert LogEntry.objects.count() == 2
        assert Revision.objects.filter(reason="Checked against its source.").count() == 2

    def test_in_a_list_that_the_change_empties(self, editor):
        claims = [ClaimFactory(), ClaimFactory()]
        said = act(editor, "claim", "check_today", claims, attention="never_checked")
        assert said == ["2 claims recorded as checked today."]

    def test_what_is_published_is_left_to_who_may_publish(self, client_with):
        draft, published = ClaimFactory(status="draft"), ClaimFactory()
        client = client_with("view_claim", "change_claim")
        assert act(client, "claim", "check_today", [draft, published]) == [
            "1 claim recorded as checked today.",
            "1 claim left as before: you may not vouch for what is published.",
        ]
        assert columns(draft)["checked_by"] == "bob"
        assert columns(published)["checked_on"] is None

    def test_who_may_only_look_is_not_offered_it(self, client_with):
        claim = ClaimFactory()
        act(client_with("view_claim", "publish_claim"), "claim", "check_today", [claim])
        assert columns(claim)["checked_on"] is None

    def test_more_than_anybody_reads_in_a_day_are_refused(self, editor, monkeypatch):
        monkeypatch.setattr(checking, "AT_ONCE", 2)
        claims = [ClaimFactory() for _ in range(3)]
        said = act(editor, "claim", "check_today", claims)
        assert said == ["Nothing was changed: at most 2 claims can be checked at once."]
        assert {columns(claim)["checked_on"] for claim in claims} == {None}
        assert len(act(editor, "claim", "check_today", claims[:2])) == 1

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(
        self, editor, django_assert_num_queries, number
    ):
        claims = [ClaimFactory(technologies=["Python"]) for _ in range(number)]
        check(editor, claims[0])
        record_missing()
        for claim in claims:
            Claim.objects.filter(pk=claim.pk).update(checked_on=None, checked_by="")
        data = {"action": "check_today", "_selected_action": [claim.pk for claim in claims]}
        with django_assert_num_queries(37 + 2 * (connection.vendor == "postgresql")):
            editor.post(address("claim_changelist"), data)

    def test_it_is_offered_beside_publish_and_withdraw(self, admin_client):
        ClaimFactory()
        html = admin_client.get(address("usecase_changelist")).content.decode()
        for word in ("publish", "withdraw", "check_today"):
            assert f'<option value="{word}">' in html
        assert "Checked the selected use cases against their sources today" in html
